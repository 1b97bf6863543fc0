import type { Task } from 'fhir/r4';
import { appointmentId } from './appointment-records.ts';
import type { ClinicTime } from './clinic-time.ts';
import { recordId, type Person } from './person.ts';
import { localConcept, toCourse, toOrganization, toPatient } from './references.ts';
import type { Reminder, ReminderState } from './reminder.ts';
import { sessionId } from './session-records.ts';

/** The id of a reminder, by its place among all reminders of the patient. */
export function reminderId(person: Person, place: number): string {
  return recordId('task', person, place + 1);
}

/** The reminders of a patient, those that are closed too. */
export function reminderRecords(person: Person, reminders: readonly Reminder[], time: ClinicTime): Task[] {
  return reminders.map((reminder, place) => task(person, reminder, reminderId(person, place), time));
}

function task(person: Person, reminder: Reminder, id: string, time: ClinicTime): Task {
  const { code, state, answeredBy, plan } = reminder;
  const nextAction = time.midnight(reminder.nextDay);
  return {
    resourceType: 'Task',
    id,
    basedOn: [toCourse(person, plan)],
    ...stateFields(state),
    intent: 'plan',
    code: localConcept(code),
    ...(answeredBy !== undefined && {
      focus: { reference: `Appointment/${appointmentId(person, plan.firstVisit + answeredBy)}` },
    }),
    for: toPatient(person),
    encounter: { reference: `Encounter/${sessionId(person, plan.firstVisit + reminder.madeBy)}` },
    executionPeriod: { start: nextAction, end: nextAction },
    owner: toOrganization(),
    restriction: { period: { end: time.midnight(reminder.dueDay) } },
  };
}

/** The one status, and business status, of each state. */
function stateFields(state: ReminderState): Pick<Task, 'status' | 'businessStatus' | 'statusReason'> {
  switch (state) {
    case 'due':
      return { status: 'requested' };
    case 'contacted':
      return { status: 'received', businessStatus: localConcept('contacted') };
    case 'snoozed':
      return { status: 'on-hold', businessStatus: localConcept('snoozed') };
    case 'booked':
      return { status: 'accepted', businessStatus: localConcept('booked') };
    case 'attended':
      return { status: 'completed' };
    default:
      return { status: state.status, statusReason: { text: state.because } };
  }
}
