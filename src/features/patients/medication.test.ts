import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { OPIOIDS, RXNORM } from '#src/fhir/codes.ts';
import { toMedication } from './medication.ts';
import { mmeOf, mmeText, totalMme, type DailyAmount } from './mme.ts';

const coded = (code: string, display: string) => ({
  medicationCodeableConcept: { coding: [{ system: RXNORM, code, display }] },
});
const OXYCODONE = coded('7804', 'oxycodone');

function read(fields: Readonly<Record<string, unknown>> = {}) {
  return toMedication(
    { resourceType: 'MedicationStatement', id: 'm1', status: 'active', ...fields },
    readingWith(),
  );
}

const taken = (doseQuantity: object, repeat?: object, more: object = {}) => ({
  dosage: [{ doseAndRate: [{ doseQuantity }], ...(repeat && { timing: { repeat } }), ...more }],
});
const mg = (value: number) => ({ value, unit: 'mg', code: 'mg' });
const daily = (frequency: number) => ({ frequency, period: 1, periodUnit: 'd' });

describe('a medication', () => {
  test('has a drug, a daily dose and a beginning', () => {
    expect(
      read({
        ...OXYCODONE,
        subject: { reference: 'Patient/7' },
        effectivePeriod: { start: '2026-02-01' },
        ...taken(mg(10), daily(3), { text: '10 mg three times a day' }),
      }),
    ).toEqual({
      id: 'm1',
      patientId: '7',
      drug: 'oxycodone',
      opioid: true,
      ingredient: 'oxycodone',
      daily: { value: 30, unit: 'mg/d' },
      words: '10 mg three times a day',
      mme: { computed: true, value: 45 },
      standing: 'current',
      since: '2026-02-01',
    });
  });

  test.each<[string, object, DailyAmount | undefined]>([
    [
      'every eight hours',
      taken(mg(10), { frequency: 1, period: 8, periodUnit: 'h' }),
      { value: 30, unit: 'mg/d' },
    ],
    ['weekly', taken(mg(70), { period: 1, periodUnit: 'wk' }), { value: 10, unit: 'mg/d' }],
    ['in micrograms', taken({ value: 500, code: 'ug' }, daily(2)), { value: 1, unit: 'mg/d' }],
    [
      'by the day',
      { dosage: [{ doseAndRate: [{ rateQuantity: { value: 30, code: 'mg/d' } }] }] },
      { value: 30, unit: 'mg/d' },
    ],
    [
      'a patch',
      { dosage: [{ doseAndRate: [{ rateQuantity: { value: 25, code: 'ug/h' } }] }] },
      { value: 25, unit: 'ug/h' },
    ],
    [
      'mornings and evenings',
      { dosage: [10, 20].flatMap((value) => taken(mg(value), daily(1)).dosage) },
      { value: 30, unit: 'mg/d' },
    ],
    [
      'at hours that are named',
      taken(mg(10), { timeOfDay: ['08:00', '20:00'], period: 1, periodUnit: 'd' }),
      undefined,
    ],
    ['on days that are named', taken(mg(10), { ...daily(1), dayOfWeek: ['mon'] }), undefined],
    ['at meals', taken(mg(10), { ...daily(1), when: ['CM', 'CV'] }), undefined],
    ['so many times, then no more', taken(mg(10), { ...daily(1), count: 5 }), undefined],
    [
      'one after the other',
      { dosage: [1, 2].flatMap((sequence) => taken(mg(10), daily(1), { sequence }).dosage) },
      undefined,
    ],
    ['as needed', taken(mg(10), daily(3), { asNeededBoolean: true }), undefined],
    [
      'as needed for something',
      taken(mg(10), daily(3), { asNeededCodeableConcept: { text: 'pain' } }),
      undefined,
    ],
    ['one to two times', taken(mg(10), { ...daily(1), frequencyMax: 2 }), undefined],
    ['without a rhythm', taken(mg(10)), undefined],
    ['in tablets', taken({ value: 1, unit: 'tablet' }, daily(3)), undefined],
    ['of nothing', taken(mg(0), daily(3)), undefined],
    ['every zero days', taken(mg(10), { frequency: 1, period: 0, periodUnit: 'd' }), undefined],
    [
      'partly as needed',
      { dosage: [...taken(mg(10), daily(1)).dosage, { asNeededBoolean: true }] },
      undefined,
    ],
    ['not stated', {}, undefined],
  ])('taken %s', (_, fields, amount) => {
    expect(read({ ...OXYCODONE, ...fields }).daily).toEqual(amount);
  });

  test.each([
    ['an opioid by its code', OXYCODONE, true],
    [
      'an opioid by its name alone',
      { medicationCodeableConcept: { text: 'OxyCODONE HCl 5 MG tablet' } },
      true,
    ],
    [
      'an opioid by its trade name',
      {
        medicationCodeableConcept: {
          coding: [{ system: RXNORM, code: '1049640', display: 'Percocet 5/325' }],
        },
      },
      true,
    ],
    ['an opioid in another language', { medicationCodeableConcept: { text: 'Morphin retard 10 mg' } }, true],
    ['a drug whose name only contains one', { medicationCodeableConcept: { text: 'Apomorphine' } }, false],
    [
      'what takes an opioid’s effect away',
      { medicationCodeableConcept: { text: 'Methylnaltrexone' } },
      false,
    ],
    ['an opioid without a factor', coded('1819', 'buprenorphine'), true],
    ['another drug', coded('26225', 'ondansetron'), false],
    [
      'an opioid’s code in another system',
      { medicationCodeableConcept: { coding: [{ system: 'urn:x', code: '7804' }] } },
      false,
    ],
    ['nothing named', {}, false],
  ])('is %s', (_, fields, opioid) => {
    const medication = read({ ...fields, ...taken(mg(10), daily(1)) });
    expect(medication.opioid).toBe(opioid);
    expect(medication.mme === undefined).toBe(!opioid);
  });

  test.each([
    ['active', {}, 'current'],
    ['unknown', {}, 'current'],
    [undefined, {}, 'current'],
    ['completed', {}, 'past'],
    ['stopped', {}, 'past'],
    ['on-hold', {}, 'past'],
    ['intended', {}, 'past'],
    ['entered-in-error', {}, 'mistake'],
    ['active', { end: '2026-11-22' }, 'past'],
    ['active', { end: '2026-11' }, 'current'],
    ['active', { start: '2026-11-24' }, 'past'],
  ])('of the status %s and the time %j is %s', (status, effectivePeriod, standing) => {
    expect(read({ ...OXYCODONE, status, effectivePeriod }).standing).toBe(standing);
  });

  test('of an ill-typed dosage cannot be read', () => {
    expect(() => read({ dosage: [{ doseAndRate: [{ doseQuantity: { value: '10' } }] }] })).toThrow(
      /expected/,
    );
  });
});

describe('morphine equivalents', () => {
  test.each([
    ['codeine', '2670', 60, 9],
    ['hydrocodone', '5489', 30, 30],
    ['hydromorphone', '3423', 8, 40],
    ['methadone', '6813', 10, 47],
    ['morphine', '7052', 30, 30],
    ['oxycodone', '7804', 30, 45],
    ['oxymorphone', '7814', 10, 30],
    ['tapentadol', '787390', 100, 40],
    ['tramadol', '10689', 200, 40],
  ])('%s', (_, code, value, equivalent) => {
    const mme = mmeOf(code, { value, unit: 'mg/d' });
    expect(mme.computed && mmeText(mme.value)).toBe(String(equivalent));
  });

  test('of a fentanyl patch, and of no other fentanyl', () => {
    expect(mmeOf('4337', { value: 25, unit: 'ug/h' })).toEqual({ computed: true, value: 60 });
    expect(mmeOf('4337', { value: 1, unit: 'mg/d' }).computed).toBe(false);
  });

  test.each<[string, string | undefined, DailyAmount | undefined, string]>([
    ['an unknown drug', '1819', { value: 8, unit: 'mg/d' }, 'the drug has no factor'],
    ['a drug by its name', undefined, { value: 8, unit: 'mg/d' }, 'the drug has no ingredient code'],
    ['an unknown dose', '7804', undefined, 'the daily dose is not recorded'],
    ['a patch of another drug', '7804', { value: 8, unit: 'ug/h' }, 'the dose is not in mg a day'],
  ])('of %s are not computed, never 0', (_, code, amount, reason) => {
    expect(mmeOf(code, amount)).toEqual({ computed: false, reason });
  });

  test('every opioid that is coded has a factor', () => {
    for (const { code } of OPIOIDS) {
      expect(mmeOf(code, { value: 1, unit: code === '4337' ? 'ug/h' : 'mg/d' }).computed).toBe(true);
    }
  });

  test('of no opioid at all are nothing, not 0', () => {
    expect(totalMme([])).toBeUndefined();
  });

  const part = fc.oneof(
    fc.record({ computed: fc.constant(true as const), value: fc.integer({ min: 1, max: 200 }) }),
    fc.record({ computed: fc.constant(false as const), reason: fc.constant('unknown') }),
  );

  test('of a day are the sum of all, and not computed where one is not', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const total = totalMme(parts);
        const values = parts.flatMap((one) => (one.computed ? [one.value] : []));
        expect(total?.computed).toBe(values.length === parts.length);
        if (total?.computed === true) expect(total.value).toBe(values.reduce((sum, value) => sum + value, 0));
      }),
    );
  });
});
