import type { Composition, Encounter, EncounterParticipant, Reference } from 'fhir/r4';
import { local, protocolCoding } from '#src/fhir/codes.ts';
import { appointmentId } from './appointment-records.ts';
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { recordId, type Person } from './person.ts';
import { localConcept, toChair, toOrganization, toPatient, toStaff } from './references.ts';
import { hasRideHome, toRideHome } from './related-person-records.ts';
import { clinicianOf, nurseOf } from './staff.ts';
import { isSession, isSigned, type Visit } from './visits.ts';

/** The id of the session of a visit, by its number among all visits of the patient, from 0. */
export function sessionId(person: Person, visitNumber: number): string {
  return recordId('session', person, visitNumber + 1);
}

/** The sessions of a course, and the note of each that is not signed yet or was withdrawn. */
export function sessionRecords(
  person: Person,
  plan: CoursePlan,
  time: ClinicTime,
): (Encounter | Composition)[] {
  const escort = hasRideHome(person) ? toRideHome(person) : undefined;
  return plan.visits.flatMap((visit, index) => {
    if (!isSession(visit, time)) return [];
    const number = plan.firstVisit + index;
    const encounter = encounterOf(person, plan, visit, number, escort, time);
    return isSigned(visit, time) ? [encounter] : [encounter, openNote(person, visit, number, time)];
  });
}

function encounterOf(
  person: Person,
  plan: CoursePlan,
  visit: Visit,
  number: number,
  escort: Reference | undefined,
  time: ClinicTime,
): Encounter {
  const { slot } = visit;
  const signed = isSigned(visit, time);
  const over = signed || visit.voided === true;
  const codings = [
    local('ketamine-infusion'),
    local(visit.service === 'induction' ? 'phase-induction' : 'phase-maintenance'),
    ...(plan.protocol ? [protocolCoding(plan.protocol.id, plan.protocol.name)] : []),
    ...(signed ? [local(`outcome-${visit.outcome}`)] : []),
  ];
  return {
    resourceType: 'Encounter',
    id: sessionId(person, number),
    status: visit.voided ? 'entered-in-error' : signed ? 'finished' : 'in-progress',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    type: codings.map((coding) => ({ coding: [coding] })),
    subject: toPatient(person),
    participant: [
      participant('PPRF', 'primary performer', toStaff(nurseOf(slot))),
      participant('ATND', 'attender', toStaff(clinicianOf(slot.day))),
      ...(escort && visit.voided !== true ? [participant('ESC', 'escort', escort)] : []),
    ],
    ...(visit.voided !== true && {
      appointment: [{ reference: `Appointment/${appointmentId(person, number)}` }],
    }),
    period: {
      start: time.at(slot.day, visit.begins),
      ...(over && { end: time.at(slot.day, visit.leaves) }),
    },
    location: [{ location: toChair(person.site, slot) }],
    serviceProvider: toOrganization(),
  };
}

function participant(code: string, display: string, individual: Reference): EncounterParticipant {
  return {
    type: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code, display }] },
    ],
    individual,
  };
}

function openNote(
  person: Person,
  { slot, begins, voided }: Visit,
  number: number,
  time: ClinicTime,
): Composition {
  return {
    resourceType: 'Composition',
    id: recordId('note', person, number + 1),
    status: voided ? 'entered-in-error' : 'preliminary',
    type: localConcept('infusion-session-note'),
    subject: toPatient(person),
    encounter: { reference: `Encounter/${sessionId(person, number)}` },
    date: time.at(slot.day, begins),
    author: [toStaff(nurseOf(slot))],
    title: 'Infusion session',
  };
}
