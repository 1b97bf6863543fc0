import type { Appointment, AppointmentParticipant, CodeableConcept } from 'fhir/r4';
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { recordId, type Person } from './person.ts';
import { localConcept, toChair, toCourse, toPatient, toStaff } from './references.ts';
import { clinicianOf, nurseOf } from './staff.ts';
import { visitStatus, type Visit } from './visits.ts';

/** The appointment book goes this far back; older sessions stand without their appointment. */
const DAYS_BACK = 14;

/** The id of the appointment of a course's visit, by the visit's place in the course. */
export function appointmentId(person: Person, visitIndex: number): string {
  return recordId('appointment', person, visitIndex + 1);
}

/** Whether the appointment of a visit is still, or already, in the book. */
export function hasAppointment({ slot }: Visit): boolean {
  return slot.day >= -DAYS_BACK;
}

/** The appointments of a course: those of the last two weeks, today's and all that are booked. */
export function appointmentRecords(person: Person, plan: CoursePlan, time: ClinicTime): Appointment[] {
  return plan.visits.flatMap((visit, index) =>
    hasAppointment(visit) ? [appointmentOf(person, visit, index, time)] : [],
  );
}

function appointmentOf(person: Person, visit: Visit, index: number, time: ClinicTime): Appointment {
  const { slot, service } = visit;
  const status = visitStatus(visit, time);
  const cancellation = status === 'cancelled' ? cancellationOf(person) : undefined;
  const accepted = (actor: AppointmentParticipant['actor']): AppointmentParticipant => ({
    ...(actor && { actor }),
    status: 'accepted',
  });
  return {
    resourceType: 'Appointment',
    id: appointmentId(person, index),
    status,
    ...(cancellation && { cancelationReason: cancellation.reason }),
    serviceType: [localConcept(service)],
    supportingInformation: [toCourse(person)],
    start: time.at(slot.day, slot.start),
    end: time.at(slot.day, slot.start + visit.chairMinutes),
    created: time.at(Math.min(slot.day, 0) - 9, 9 * 60),
    participant: [
      { actor: toPatient(person), status: cancellation?.participation ?? 'accepted' },
      accepted(toChair(person.site, slot)),
      accepted(toStaff(service === 'consultation' ? clinicianOf(slot.day) : nurseOf(slot))),
    ],
  };
}

/** Who called it off, as the reason and, so that it can be searched, as the patient's participation. */
function cancellationOf(person: Person): {
  readonly reason: CodeableConcept;
  readonly participation: AppointmentParticipant['status'];
} {
  const system = 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason';
  return person.random('cancellation').weighted([
    [
      60,
      {
        reason: { coding: [{ system, code: 'pat', display: 'Patient' }], text: 'Patient: has a cold' },
        participation: 'declined',
      },
    ],
    [
      20,
      {
        reason: { coding: [{ system, code: 'other', display: 'Other' }], text: 'Medical: blood pressure' },
        participation: 'tentative',
      },
    ],
    [
      20,
      {
        reason: { coding: [{ system, code: 'prov', display: 'Provider' }], text: 'Clinic: nurse ill' },
        participation: 'needs-action',
      },
    ],
  ]);
}
