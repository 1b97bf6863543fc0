import type { Resource } from 'fhir/r4';
import { adverseEventRecords, incidentOf } from './adverse-event-records.ts';
import { checklistDefinition, checklistRecord } from './checklist-records.ts';
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { doseRecords, doseTotal, infusionOf, segmentAt } from './dose-records.ts';
import { noteRecords } from './note-records.ts';
import { opioidRecords } from './opioid-records.ts';
import { orders } from './order-records.ts';
import { otherMedicationRecords } from './other-medication-records.ts';
import { outcomeRecords } from './outcome-records.ts';
import type { Person } from './person.ts';
import { toldStory } from './relief-durations.ts';
import { scoreContacts } from './score-contacts.ts';
import { scoreRecords } from './score-records.ts';
import { sessionFacts, type SessionFacts } from './session-facts.ts';
import { constitutionOf, vitalsRecords } from './vitals-records.ts';
import { weights } from './weight-records.ts';

/** The definitions that clinical records point at, once per clinic. */
export function clinicalDefinitions(): Resource[] {
  return [checklistDefinition()];
}

/** The clinical history of a person over all courses, oldest first: nothing in it lies after the clinic's now. */
export function clinicalRecords(
  person: Person,
  courses: readonly CoursePlan[],
  time: ClinicTime,
): Resource[] {
  const ordered = courses.toSorted((a, b) => a.startDay - b.startDay);
  const sessions = sessionFacts(person, ordered, time);
  const contacts = scoreContacts(person, ordered, sessions, time);
  const { story, sheets } = toldStory(person, ordered, sessions, contacts);
  const weight = weights(person, sessions, contacts, time);
  const order = orders(person, ordered, sessions, time);
  const constitution = constitutionOf(person);
  const asked = sheets.filter(({ session }) => session?.voided !== true);
  const pains = new Map(sheets.map(({ session, pain }) => [session, pain]));
  const sessionRecords = (session: SessionFacts): Resource[] => {
    const incident = incidentOf(session);
    const infusion = infusionOf(session, order.of(session), weight.of(session), incident);
    const segment = incident && segmentAt(infusion, incident.minute);
    const pain = pains.get(session) ?? story.baseline;
    return [
      // The segments of an older session are known where an adverse event is suspected of one.
      ...(session.detailed || incident ? doseRecords(session, infusion) : []),
      ...(session.detailed
        ? [checklistRecord(session), ...vitalsRecords(session, infusion, constitution, pain, incident)]
        : []),
      ...(incident && segment ? adverseEventRecords(person, session, incident, segment.id, time) : []),
      ...doseTotal(session, infusion),
      ...noteRecords(session, infusion, incident),
    ];
  };
  const [first] = asked;
  return [
    ...(first ? otherMedicationRecords(person, first.day, time) : []),
    ...opioidRecords(person, story, asked, time),
    ...order.records,
    ...weight.records,
    ...scoreRecords(sheets, story, time),
    ...sessions.flatMap(sessionRecords),
    ...outcomeRecords(person, ordered, sessions, sheets, time),
  ];
}
