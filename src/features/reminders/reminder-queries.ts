import { searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { localToken } from '#src/fhir/codes.ts';
import { clinicDay, dayStart } from '#src/lib/time.ts';
import type { Clinic } from '#src/config/clinic.ts';
import {
  loadList,
  patientReferences,
  rowsWithPatients,
  type ListPage,
  type ListPlace,
} from '../patients/list-page.ts';
import { REMINDER_CODES, toReminder, type Reminder, type ReminderKind } from './reminder.ts';

export interface ReminderListSearch {
  readonly kind: ReminderKind | undefined;
  /** Only these patients, 100 at most. */
  readonly patientIds: readonly string[] | undefined;
}

/** Reminders whose next action is due today or before, the longest due first. Throws FhirError. */
export async function dueReminderPage(
  clinic: Clinic,
  { kind, patientIds }: ReminderListSearch,
  place: ListPlace,
): Promise<ListPage<Reminder>> {
  const request = searchRequest('Task', {
    ...dueNow(clinic, kind),
    patient: patientIds && patientReferences(patientIds),
    _include: 'Task:patient',
    _sort: 'period,_id',
    _count: 100,
    _total: 'accurate',
  });
  return rowsWithPatients(clinic, await loadList(clinic.fhir, request, place), toReminder);
}

/** The reminders of a patient, open and closed, the latest first; a mistake is none. */
export function remindersOf(patientId: string, count: number): SearchRequest {
  return searchRequest('Task', {
    patient: patientReferences([patientId]),
    code: Object.values(REMINDER_CODES).map(localToken).join(','),
    status: `${OPEN},accepted,completed,rejected,cancelled`,
    _sort: '-period,_id',
    _count: count,
    _total: 'accurate',
  });
}

const OPEN = 'requested,received,on-hold';

/** Counts what is due now. */
export function dueCountRequest(clinic: Clinic) {
  return searchRequest('Task', dueNow(clinic, undefined));
}

/** Elapsed snoozes come back by themselves: a next action before tomorrow is due, whatever was put off. */
function dueNow({ config, now }: Clinic, kind: ReminderKind | undefined) {
  const { timeZone } = config.clinic;
  const tomorrow = clinicDay(now(), timeZone).add({ days: 1 });
  const kinds = kind === undefined ? (['maintenance', 'followUpCall'] as const) : [kind];
  return {
    code: kinds.map((one) => localToken(REMINDER_CODES[one])).join(','),
    status: OPEN,
    period: `lt${dayStart(tomorrow, timeZone)}`,
  };
}
