import type { Dosage, MedicationStatement, Observation } from 'fhir/r4';
import type { Coding } from '#src/fhir/codes.ts';
import type { ClinicTime } from './clinic-time.ts';
import { observation, quantity, tenths } from './observation-parts.ts';
import { OPIOID_CHOICES, type Dose, type Opioid } from './opioid-drugs.ts';
import type { PainStory } from './pain-story.ts';
import { recordId, type Person } from './person.ts';
import type { Random } from './random.ts';
import { toPatient, toStaff } from './references.ts';
import { clinicianOf } from './staff.ts';

/** An occasion on which somebody asks what a patient takes. */
export interface Asked {
  readonly day: number;
  readonly minute: number;
}

/** One drug at one dose, from a day until the day before another. */
interface Regimen {
  readonly opioid: Opioid;
  readonly dose: Dose;
  readonly from: number;
  readonly until: number | undefined;
}

/** At least between two changes of a dose. */
const DAYS_BETWEEN_CHANGES = 20;

/** The opioids that a patient takes or took, and the dose of a day in morphine milligrams where it was worked out. */
export function opioidRecords(
  person: Person,
  story: PainStory,
  asked: readonly Asked[],
  time: ClinicTime,
): (MedicationStatement | Observation)[] {
  const random = person.random('opioid');
  const [first] = asked;
  if (first === undefined) return [];
  const takes = random.weighted([
    [22, 'never-asked'],
    [23, 'nothing'],
    [1.7, 'without-factor'],
    [53.3, 'opioids'],
  ] as const);
  switch (takes) {
    case 'never-asked':
      return [];
    case 'nothing':
      return asked
        .filter((_, index) => index === 0 || random.chance(0.12))
        .map((one) => mmeRecord(person, one, 0, time));
    case 'without-factor':
      return [buprenorphine(person, first.day - random.whole(3, 20) * 30, time)];
    case 'opioids':
      return takenRecords(person, story, asked, first.day, random, time);
  }
}

function takenRecords(
  person: Person,
  story: PainStory,
  asked: readonly Asked[],
  firstDay: number,
  random: Random,
  time: ClinicTime,
): (MedicationStatement | Observation)[] {
  const chosen = random.weighted(OPIOID_CHOICES);
  const more = random.chance(0.18) ? random.weighted(OPIOID_CHOICES) : chosen;
  const changes = new Set<number>();
  const regimens = (more === chosen ? [chosen] : [chosen, more]).flatMap((opioid) =>
    regimensOf(opioid, story, asked, firstDay, random, changes),
  );
  const days = new Set<number>();
  const doseOn = (day: number) =>
    tenths(
      regimens.reduce(
        (sum, { opioid, dose: [mg, times], from, until }) =>
          from <= day && (until === undefined || day < until) ? sum + mg * times * opioid.factor : sum,
        0,
      ),
    );
  const observations = asked.flatMap((one, index) => {
    const told = index === 0 || changes.has(one.day) || random.chance(0.15);
    if (!told || days.has(one.day)) return [];
    days.add(one.day);
    return [mmeRecord(person, one, doseOn(one.day), time)];
  });
  return [...regimens.map((regimen, index) => statement(person, regimen, index, time)), ...observations];
}

/** How the dose of one drug goes: down step by step, as it was, or up; its changes are made when somebody asks. */
function regimensOf(
  opioid: Opioid,
  story: PainStory,
  asked: readonly Asked[],
  firstDay: number,
  random: Random,
  changes: Set<number>,
): Regimen[] {
  const trend = random.weighted([
    [story.responder ? 66 : 26, -1],
    [28, 0],
    [story.responder ? 6 : 30, 1],
  ] as const);
  const regimens: Regimen[] = [];
  let step = random.whole(1, opioid.doses.length - (trend === 1 ? 2 : 1));
  let from = firstDay - random.whole(4, 40) * 15;
  const close = (until: number | undefined) => {
    const dose = opioid.doses[step];
    if (dose !== undefined) regimens.push({ opioid, dose, from, until });
  };
  for (const { day } of asked) {
    const due = trend !== 0 && day > firstDay + 10 && day - from >= DAYS_BETWEEN_CHANGES && step >= 0;
    const eased = trend === 1 || story.relief(day) > 0.2;
    const next = step + trend;
    if (!due || !eased || next >= opioid.doses.length || !random.chance(trend === 1 ? 0.25 : 0.5)) continue;
    close(day);
    changes.add(day);
    step = next;
    from = day;
  }
  close(undefined);
  return regimens;
}

function statement(person: Person, regimen: Regimen, index: number, time: ClinicTime): MedicationStatement {
  const { opioid, from, until } = regimen;
  return {
    resourceType: 'MedicationStatement',
    id: recordId('opioid', person, index + 1),
    status: until === undefined ? 'active' : 'completed',
    medicationCodeableConcept: { coding: [opioid.drug], text: name(opioid.drug) },
    subject: toPatient(person),
    effectivePeriod: {
      start: time.midnight(from),
      // To the end of the day before the next dose, so that a day has one dose.
      ...(until !== undefined && { end: time.at(until - 1, 24 * 60 - 1) }),
    },
    dosage: [dosage(regimen)],
  };
}

function dosage({ opioid, dose: [mg, times] }: Regimen): Dosage {
  if (opioid.patch) {
    return {
      text: `Patch of ${mg} mcg/h, changed every three days`,
      timing: { repeat: { frequency: 1, period: 3, periodUnit: 'd' } },
      doseAndRate: [{ rateQuantity: quantity(mg, 'mcg/h', 'ug/h') }],
    };
  }
  return {
    text: `${mg} mg, ${times === 1 ? 'once' : `${times} times`} a day`,
    timing: { repeat: { frequency: times, period: 1, periodUnit: 'd' } },
    doseAndRate: [{ doseQuantity: quantity(mg, 'mg') }],
  };
}

/** It has no factor: what it comes to in morphine cannot be said, and is not recorded. */
function buprenorphine(person: Person, from: number, time: ClinicTime): MedicationStatement {
  return {
    resourceType: 'MedicationStatement',
    id: recordId('opioid', person, 1),
    status: 'active',
    medicationCodeableConcept: { text: 'Buprenorphine patch 10 mcg/h' },
    subject: toPatient(person),
    effectivePeriod: { start: time.midnight(from) },
    dosage: [{ text: 'Patch of 10 mcg/h, changed every seven days' }],
  };
}

function mmeRecord(person: Person, { day, minute }: Asked, value: number, time: ClinicTime): Observation {
  const observed = { subject: toPatient(person), performer: [toStaff(clinicianOf(person.number))] };
  const key = recordId('d', person, -day);
  return observation(observed, 'mme', key, time.at(day, minute), value);
}

function name({ display }: Coding): string {
  return display.slice(0, 1).toUpperCase() + display.slice(1);
}
