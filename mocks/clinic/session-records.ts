import type { Composition, Encounter, EncounterParticipant } from 'fhir/r4';
import { local, protocolCoding } from '#src/fhir/codes.ts';
import { appointmentId, hasAppointment } from './appointment-records.ts';
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { recordId, type Person } from './person.ts';
import { localConcept, toChair, toOrganization, toPatient, toStaff } from './references.ts';
import { clinicianOf, nurseOf, type StaffMember } from './staff.ts';
import { isSession, isSigned, type Visit } from './visits.ts';

/** The id of the session of a course's visit, by the visit's place in the course. */
export function sessionId(person: Person, visitIndex: number): string {
  return recordId('session', person, visitIndex + 1);
}

/** The sessions of a course, and the note of each that is not signed yet. */
export function sessionRecords(
  person: Person,
  plan: CoursePlan,
  time: ClinicTime,
): (Encounter | Composition)[] {
  return plan.visits.flatMap((visit, index) => {
    if (!isSession(visit, time)) return [];
    const encounter = encounterOf(person, plan, visit, index, time);
    return isSigned(visit, time) ? [encounter] : [encounter, openNote(person, visit, index, time)];
  });
}

function encounterOf(
  person: Person,
  plan: CoursePlan,
  visit: Visit,
  index: number,
  time: ClinicTime,
): Encounter {
  const { slot } = visit;
  const signed = isSigned(visit, time);
  const codings = [
    local('ketamine-infusion'),
    local(visit.service === 'induction' ? 'phase-induction' : 'phase-maintenance'),
    ...(plan.protocol ? [protocolCoding(plan.protocol.id, plan.protocol.name)] : []),
    ...(signed ? [local(`outcome-${visit.outcome}`)] : []),
  ];
  return {
    resourceType: 'Encounter',
    id: sessionId(person, index),
    status: signed ? 'finished' : 'in-progress',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    type: codings.map((coding) => ({ coding: [coding] })),
    subject: toPatient(person),
    participant: [
      participant('PPRF', 'primary performer', nurseOf(slot)),
      participant('ATND', 'attender', clinicianOf(slot.day)),
    ],
    ...(hasAppointment(visit) && {
      appointment: [{ reference: `Appointment/${appointmentId(person, index)}` }],
    }),
    period: {
      start: time.at(slot.day, visit.begins),
      ...(signed && { end: time.at(slot.day, visit.leaves) }),
    },
    location: [{ location: toChair(person.site, slot) }],
    serviceProvider: toOrganization(),
  };
}

function participant(code: string, display: string, member: StaffMember): EncounterParticipant {
  return {
    type: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code, display }] },
    ],
    individual: toStaff(member),
  };
}

function openNote(person: Person, { slot, begins }: Visit, index: number, time: ClinicTime): Composition {
  return {
    resourceType: 'Composition',
    id: recordId('note', person, index + 1),
    status: 'preliminary',
    type: localConcept('infusion-session-note'),
    subject: toPatient(person),
    encounter: { reference: `Encounter/${sessionId(person, index)}` },
    date: time.at(slot.day, begins),
    author: [toStaff(nurseOf(slot))],
    title: 'Infusion session',
  };
}
