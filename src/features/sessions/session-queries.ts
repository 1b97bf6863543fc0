import { localToken } from '#src/fhir/codes.ts';
import { anyOf, searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { dayStart } from '#src/lib/time.ts';
import { patientReferences } from '../patients/list-page.ts';
import type { Reading } from '../patients/reading.ts';

/** Notes of patients, 100 at most, that were left unsigned before today: one of today may belong to a running session. */
export function unsignedNotesOf(
  patientIds: readonly string[],
  { today, timeZone }: Reading,
  count: number,
): SearchRequest {
  return searchRequest('Composition', {
    patient: patientReferences(patientIds),
    type: localToken('infusion-session-note'),
    status: 'preliminary',
    date: `lt${dayStart(today, timeZone)}`,
    _count: count,
  });
}

/** Sessions by id, 100 at most. */
export function sessionsById(ids: readonly string[], count: number): SearchRequest {
  return searchRequest('Encounter', { _id: anyOf(ids), _count: count });
}
