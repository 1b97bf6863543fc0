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

/** A patient's infusions, the newest first: those that run, and also those that were voided. */
export function sessionsOf(patientId: string, count: number): SearchRequest {
  return searchRequest('Encounter', {
    patient: patientReferences([patientId]),
    type: localToken('ketamine-infusion'),
    _sort: '-date,_id',
    _count: count,
    _total: 'accurate',
  });
}

/** The total doses of a patient's sessions, the newest first. */
export function sessionDosesOf(patientId: string, count: number): SearchRequest {
  return searchRequest('Observation', {
    patient: patientReferences([patientId]),
    code: localToken('session-dose-total'),
    _sort: '-date,_id',
    _count: count,
  });
}

/** A patient's adverse events, the newest first. `subject`, since they have no parameter `patient`. */
export function adverseEventsOf(patientId: string, count: number): SearchRequest {
  return searchRequest('AdverseEvent', {
    subject: patientReferences([patientId]),
    _sort: '-date,_id',
    _count: count,
  });
}

/** The notes of a patient's sessions with their addenda, signed or not, the newest first. */
export function sessionNotesOf(patientId: string, count: number): SearchRequest {
  return searchRequest('Composition', {
    patient: patientReferences([patientId]),
    type: localToken('infusion-session-note'),
    _sort: '-date,_id',
    _count: count,
  });
}
