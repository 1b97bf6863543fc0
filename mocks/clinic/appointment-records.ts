import type { Appointment, AppointmentParticipant, CodeableConcept } from 'fhir/r4';
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { recordId, type Person } from './person.ts';
import { localConcept, toChair, toCourse, toPatient, toStaff } from './references.ts';
import { clinicianOf, nurseOf } from './staff.ts';
import { visitStatus, type Visit } from './visits.ts';

const DAYS_AHEAD = 9;

/** The id of the appointment of a visit, by its number among all visits of the patient, from 0. */
export function appointmentId(person: Person, visitNumber: number): string {
  return recordId('appointment', person, visitNumber + 1);
}

/** The appointments of a course, past ones and those ahead; a session that was somebody else's had none. */
export function appointmentRecords(person: Person, plan: CoursePlan, time: ClinicTime): Appointment[] {
  return plan.visits.flatMap((visit, index) =>
    visit.voided === true ? [] : [appointmentOf(person, plan, visit, plan.firstVisit + index, time)],
  );
}

function appointmentOf(
  person: Person,
  plan: CoursePlan,
  visit: Visit,
  number: number,
  time: ClinicTime,
): Appointment {
  const { slot, service } = visit;
  const status = visitStatus(visit, time);
  const cancellation = status === 'cancelled' ? cancellationOf(person, visit, number) : undefined;
  const accepted = (actor: AppointmentParticipant['actor']): AppointmentParticipant => ({
    ...(actor && { actor }),
    status: 'accepted',
  });
  const created = Math.min(slot.day, 0) - DAYS_AHEAD;
  return {
    resourceType: 'Appointment',
    id: appointmentId(person, number),
    status,
    ...(cancellation && { cancelationReason: cancellation.reason }),
    serviceType: [localConcept(service)],
    supportingInformation: [toCourse(person, plan)],
    start: time.at(slot.day, slot.start),
    end: time.at(slot.day, slot.start + visit.chairMinutes),
    // What is given in a course is booked once there is a course.
    created: time.at(service === 'consultation' ? created : Math.max(plan.startDay, created), 9 * 60),
    participant: [
      { actor: toPatient(person), status: cancellation?.participation ?? 'accepted' },
      accepted(toChair(person.site, slot)),
      accepted(toStaff(service === 'consultation' ? clinicianOf(slot.day) : nurseOf(slot))),
    ],
  };
}

/** Why an appointment was called off: as the reason and, so that it can be searched, as the patient's participation. */
interface Cancellation {
  readonly reason: CodeableConcept;
  readonly participation: AppointmentParticipant['status'];
}

const BY_PATIENT = ['has a cold', 'family matter', 'no ride home', 'at work', 'feels well enough'] as const;
const MEDICAL = ['blood pressure', 'infection', 'new medication to be reviewed'] as const;
const BY_CLINIC = ['nurse ill', 'chair out of service', 'clinician away'] as const;

/** Who called a visit off, and why. A few past ones were written by another system, which mirrors nothing. */
export function cancellationOf(person: Person, { slot }: Visit, number: number): Cancellation {
  const random = person.random(`cancellation/${number}`);
  return random.weighted([
    [60, calledOff('pat', 'Patient', `Patient: ${random.pick(BY_PATIENT)}`, 'declined')],
    [18, calledOff('other', 'Other', `Medical: ${random.pick(MEDICAL)}`, 'tentative')],
    [18, calledOff('prov', 'Provider', `Clinic: ${random.pick(BY_CLINIC)}`, 'needs-action')],
    [slot.day < 0 ? 6 : 0, { reason: { text: 'Rescheduled' }, participation: 'accepted' }],
  ]);
}

function calledOff(
  code: string,
  display: string,
  text: string,
  participation: AppointmentParticipant['status'],
): Cancellation {
  const system = 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason';
  return { reason: { coding: [{ system, code, display }], text }, participation };
}
