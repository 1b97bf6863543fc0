import { searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { dayStart } from '#src/lib/time.ts';
import { patientReferences } from '../patients/list-page.ts';
import type { Reading } from '../patients/reading.ts';

/** Booked, and here. */
const EXPECTED = 'booked,arrived,checked-in';

/** The appointments of patients, 100 at most, from today on, the next first. */
export function appointmentsAhead(
  patientIds: readonly string[],
  { today, timeZone }: Reading,
  count: number,
): SearchRequest {
  return searchRequest('Appointment', {
    patient: patientReferences(patientIds),
    status: EXPECTED,
    date: `ge${dayStart(today, timeZone)}`,
    _sort: 'date,_id',
    _count: count,
  });
}

/** Everybody's appointments of today, with the patients. */
export function appointmentsToday({ today, timeZone }: Reading, count: number): SearchRequest {
  return searchRequest('Appointment', {
    status: EXPECTED,
    date: [`ge${dayStart(today, timeZone)}`, `lt${dayStart(today.add({ days: 1 }), timeZone)}`],
    _include: 'Appointment:patient',
    _sort: 'date,_id',
    _count: count,
  });
}

/** All appointments of a patient, past ones and those ahead, the latest first. */
export function appointmentsOf(patientId: string, count: number): SearchRequest {
  return searchRequest('Appointment', {
    patient: patientReferences([patientId]),
    status: `${EXPECTED},fulfilled,noshow,cancelled`,
    _sort: '-date,_id',
    _count: count,
    _total: 'accurate',
  });
}
