import type { Observation, Provenance } from 'fhir/r4';
import type { Incident } from './adverse-event-records.ts';
import type { Infusion } from './dose-records.ts';
import { bloodPressure, clamp, corrected, observation } from './observation-parts.ts';
import { bell } from './pain-story.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import type { FullProtocol, SessionFacts } from './session-facts.ts';

/** What a person's vitals are like at rest. */
export interface Constitution {
  readonly systolic: number;
  readonly diastolic: number;
  readonly pulse: number;
  readonly breaths: number;
  readonly saturation: number;
  /** How much the blood pressure rises at the height of the infusion. */
  readonly rise: number;
}

/** Readings before the infusion starts. */
const BEFORE = -3;

/** A person's vitals at rest: the same in every session. */
export function constitutionOf(person: Person): Constitution {
  const random = person.random('constitution');
  const high = random.chance(0.22) ? 12 : 0;
  return {
    systolic: Math.round(122 + high + 8 * bell(random)),
    diastolic: Math.round(76 + high / 2 + 5 * bell(random)),
    pulse: Math.round(73 + 8 * bell(random)),
    breaths: random.whole(13, 16),
    saturation: random.whole(96, 99),
    rise: random.whole(6, 26),
  };
}

/** The flowsheet of a session: one reading at each of the protocol's times, some late, some left out, up to now. */
export function vitalsRecords(
  session: SessionFacts,
  infusion: Infusion,
  constitution: Constitution,
  pain: number,
  incident: Incident | undefined,
): (Observation | Provenance)[] {
  const { visit, protocol } = session;
  const random = session.random('vitals');
  const readings = [BEFORE, ...dueTimes(protocol, visit.leaves - visit.begins)].flatMap((due, index) => {
    const late = index === 0 ? 0 : lateness(random);
    return late === undefined ? [] : [{ number: index + 1, minute: visit.begins + due + late }];
  });
  return readings
    .filter(({ minute }) => minute < visit.leaves && session.has(minute))
    .flatMap(({ number, minute }) =>
      readingRecords(session, minute, number, infusion, constitution, pain, incident),
    );
}

/** Minutes after the start at which vitals are due, until the patient leaves. */
function dueTimes({ vitalsIntervals }: FullProtocol, length: number): number[] {
  const times: number[] = [];
  let from = 0;
  for (const interval of vitalsIntervals) {
    const until = Math.min(
      length,
      'forMinutes' in interval ? from + (interval.forMinutes ?? length) : length,
    );
    for (let due = from + interval.everyMinutes; due <= until; due += interval.everyMinutes) times.push(due);
    from = until;
  }
  return times;
}

/** Minutes after the due time; nothing where the reading was forgotten. */
function lateness(random: Random): number | undefined {
  const kind = random.weighted([
    [87, 'timely'],
    [9, 'late'],
    [4, 'forgotten'],
  ] as const);
  if (kind === 'forgotten') return undefined;
  return kind === 'late' ? random.whole(4, 9) : random.whole(-1, 2);
}

function readingRecords(
  session: SessionFacts,
  minute: number,
  number: number,
  infusion: Infusion,
  person: Constitution,
  pain: number,
  incident: Incident | undefined,
): (Observation | Provenance)[] {
  const { visit } = session;
  const random = session.random(`vitals-${number}`);
  const key = `${session.key}-${number}`;
  const at = session.at(minute);
  const running = minute >= visit.begins && minute <= infusion.ends;
  const effect = effectAt(minute - visit.begins, infusion.ends - visit.begins);
  const shows = incident && Math.abs(minute - incident.minute) <= 12 ? incident.what.shows : undefined;
  const lift = person.rise * effect + (shows === 'pressure' ? 38 : 0);
  const systolic = Math.round(person.systolic + lift + 3.5 * bell(random));
  const diastolic = Math.round(person.diastolic + 0.55 * lift + 2.5 * bell(random));
  const pulse = Math.round(person.pulse + 7 * effect + (shows === 'pulse' ? 38 : 0) + 2.5 * bell(random));
  const breaths = clamp(person.breaths - Math.round(effect * random.whole(0, 3)), 9, 22);
  const saturation = clamp(
    person.saturation - Math.round(effect * random.whole(0, 2)) - (shows === 'saturation' ? 8 : 0),
    86,
    100,
  );
  const heart = observation(session, 'heart-rate', key, at, pulse);
  const mistaken = !session.voided && random.chance(0.006) && session.has(minute + 1);
  return [
    bloodPressure(session, key, at, systolic, diastolic),
    ...(mistaken ? corrected(heart, pulse + 100, session.at(minute + 1)) : [heart]),
    observation(session, 'spo2', key, at, saturation),
    observation(session, 'respiratory-rate', key, at, breaths),
    ...(number === 1
      ? []
      : [observation(session, 'rass', key, at, -Math.round(effect * 2.1 * random.next()) || 0)]),
    ...(running
      ? [
          observation(session, 'pain-during', key, at, Math.round(pain * (1 - 0.7 * effect))),
          ...(number % 3 === 0
            ? [observation(session, 'comfort', key, at, clamp(8 - Math.round(bell(random)), 3, 10))]
            : []),
        ]
      : []),
  ];
}

/** How much the drug works: 0 before it runs, near 1 at its height, fading after its end. */
function effectAt(elapsed: number, length: number): number {
  if (elapsed <= 0) return 0;
  const risen = 1 - Math.exp(-Math.min(elapsed, length) / 15);
  return elapsed <= length ? risen : risen * Math.exp(-(elapsed - length) / 25);
}
