import type { Observation } from 'fhir/r4';
import type { ClinicTime } from './clinic-time.ts';
import { observation, tenths } from './observation-parts.ts';
import { bell } from './pain-story.ts';
import { recordId, type Person } from './person.ts';
import { toPatient, toStaff } from './references.ts';
import type { Contact } from './score-contacts.ts';
import type { SessionFacts } from './session-facts.ts';
import { nurseOf } from './staff.ts';

interface Weights {
  readonly records: readonly Observation[];
  /** The weight that a session's dose is worked out from: of the day, or the last one known. */
  of(session: SessionFacts): number;
}

/** What a patient weighed at consultations and before sessions; it drifts by a few kilograms over the months. */
export function weights(
  person: Person,
  sessions: readonly SessionFacts[],
  contacts: readonly Contact[],
  time: ClinicTime,
): Weights {
  const random = person.random('weight');
  const start = 78 + 13 * bell(random);
  const perMonth = 0.15 * bell(random);
  const on = (day: number) => Math.round(2 * Math.max(44, start + (perMonth * day) / 30)) / 2;
  const known = new Map<SessionFacts, number>();
  const records: Observation[] = contacts
    .filter(({ kind }) => kind === 'consultation')
    .map(({ day, minute }, index) => {
      const observed = { subject: toPatient(person), performer: [toStaff(nurseOf({ day, chair: 0 }))] };
      return observation(observed, 'weight', recordId('f', person, index + 1), time.at(day, minute), on(day));
    });
  let last: number | undefined;
  for (const session of sessions) {
    const { visit, key, detailed } = session;
    const own = session.random('weight');
    const kg = tenths(on(visit.slot.day) + 0.2 * own.whole(-2, 2));
    const weighed =
      last === undefined || own.chance(detailed ? 0.93 : visit.service === 'maintenance' ? 0.6 : 0.1);
    if (weighed) {
      const minute = Math.max(visit.arrives, visit.begins - 9);
      records.push(observation(session, 'weight', key, session.at(minute), kg));
      if (!session.voided) last = kg;
    }
    known.set(session, last ?? kg);
  }
  return { records, of: (session) => known.get(session) ?? on(session.visit.slot.day) };
}
