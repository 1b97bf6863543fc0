import type { MedicationStatement } from 'fhir/r4';
import { expect, test } from 'vitest';
import { OPIOIDS } from '#src/fhir/codes.ts';
import { ofType } from './clinic-testing.ts';
import { momentOf, observed, people, valueOf } from './clinical-testing.ts';

/** CDC 2022: morphine milligrams per milligram a day, for fentanyl per microgram an hour. */
const FACTORS: Readonly<Record<string, number>> = {
  codeine: 0.15,
  fentanyl: 2.4,
  hydrocodone: 1,
  hydromorphone: 5,
  methadone: 4.7,
  morphine: 1,
  oxycodone: 1.5,
  oxymorphone: 3,
  tapentadol: 0.4,
  tramadol: 0.2,
};
const FACTOR_OF = new Map(OPIOIDS.map(({ code, display }) => [code, FACTORS[display] ?? NaN]));

const { patients } = people();
const started = patients.filter(({ courses }) => courses.some(({ visits }) => visits.length > 0));

function statements({ records }: (typeof patients)[number]): MedicationStatement[] {
  return ofType<MedicationStatement>(records, 'MedicationStatement').filter(({ id }) =>
    id?.startsWith('opioid-'),
  );
}

function morphineOf({ medicationCodeableConcept, dosage }: MedicationStatement): number {
  const factor = FACTOR_OF.get(medicationCodeableConcept?.coding?.[0]?.code ?? '') ?? NaN;
  const rate = dosage?.[0]?.doseAndRate?.[0];
  const daily =
    rate?.rateQuantity?.value ??
    (rate?.doseQuantity?.value ?? NaN) * (dosage?.[0]?.timing?.repeat?.frequency ?? NaN);
  return daily * factor;
}

test('the daily dose is what the statements of that day come to', () => {
  let compared = 0;
  for (const patient of patients) {
    const taken = statements(patient);
    const observations = observed(patient.records, 'opioid-mme');
    expect(new Set(observations.map(({ effectiveDateTime }) => effectiveDateTime?.slice(0, 10))).size).toBe(
      observations.length,
    );
    for (const one of observations) {
      const at = momentOf(one);
      const inForce = taken.filter(
        ({ effectivePeriod }) =>
          Date.parse(effectivePeriod?.start ?? '') <= at &&
          (effectivePeriod?.end === undefined || at <= Date.parse(effectivePeriod.end)),
      );
      const sum = inForce.reduce((total, statement) => total + morphineOf(statement), 0);
      expect(valueOf(one), one.id).toBeCloseTo(sum, 1);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(200);
});

test('about half take opioids; of the others some were asked and some never', () => {
  const users = started.filter((one) => statements(one).length > 0);
  const asked = started.filter(
    (one) => statements(one).length === 0 && observed(one.records, 'opioid-mme').length > 0,
  );
  const never = started.length - users.length - asked.length;
  expect(users.length / started.length).toSatisfy((share: number) => share > 0.45 && share < 0.65);
  expect(asked.length).toBeGreaterThan(20);
  expect(never).toBeGreaterThan(20);
  for (const one of asked) {
    for (const value of observed(one.records, 'opioid-mme')) expect(valueOf(value)).toBe(0);
  }
});

test('some taper, some rise', () => {
  const ends = started.map(({ records }) => {
    const values = observed(records, 'opioid-mme').toSorted((a, b) => momentOf(a) - momentOf(b));
    return valueOf(values.at(-1)) - valueOf(values[0]);
  });
  expect(ends.filter((change) => change < 0).length).toBeGreaterThan(30);
  expect(ends.filter((change) => change > 0).length).toBeGreaterThan(3);
});

test('where an opioid has no factor, nothing is computed', () => {
  const { patients: many } = people({ today: '2026-11-24' });
  const unknown = many.filter((one) =>
    statements(one).some(({ medicationCodeableConcept }) => medicationCodeableConcept?.coding === undefined),
  );
  expect(unknown.length).toBeGreaterThan(0);
  for (const { records } of unknown) expect(observed(records, 'opioid-mme')).toEqual([]);
});
