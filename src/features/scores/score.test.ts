import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import {
  BODY_WEIGHT,
  GAD_7_TOTAL,
  local,
  PAIN_NRS,
  PEG_MEAN,
  PHQ_9_TOTAL,
  type Coding,
} from '#src/fhir/codes.ts';
import { reasonOf } from '../patients/list-page.ts';
import { SCORE_KINDS } from './score-kind.ts';
import { cutOffWords, SCORES } from './score-kinds.ts';
import { compareInTime, isValid, toScore, type Score } from './score.ts';

const VITALS = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }],
};

function read(codings: readonly Coding[], fields: Readonly<Record<string, unknown>> = {}): Score {
  return toScore(
    {
      resourceType: 'Observation',
      id: 'o1',
      status: 'final',
      code: { coding: codings },
      subject: { reference: 'Patient/7' },
      effectiveDateTime: '2026-11-20T15:00:00Z',
      ...fields,
    },
    readingWith(),
  );
}

function reasonFor(codings: readonly Coding[], fields: Readonly<Record<string, unknown>>): string {
  try {
    return `was read as ${read(codings, fields).value}`;
  } catch (error) {
    return reasonOf(error);
  }
}

const value = (number: number, unit?: string) => ({
  valueQuantity: { value: number, ...(unit !== undefined && { unit, code: unit }) },
});

describe('a score as recorded', () => {
  test.each([
    ['pain', [PAIN_NRS], 5],
    ['pain', [local('pain-follow-up')], 5],
    ['painDays', [local('pain-days-7')], 7],
    ['peg', [PEG_MEAN], 4.3],
    ['csi', [local('csi-total')], 56],
    ['phq9', [PHQ_9_TOTAL], 11],
    ['gad7', [GAD_7_TOTAL], 8],
    ['opioidMme', [local('opioid-mme')], 22.5],
    ['sedation', [local('sedation-rass')], -2],
    ['dissociation', [local('dissociation')], 6],
  ] as const)('is of the kind %s', (kind, codings, number) => {
    expect(read(codings, value(number))).toMatchObject({
      id: 'o1',
      patientId: '7',
      kind,
      value: number,
      status: 'current',
      vital: false,
    });
  });

  test('may be a whole number without a unit', () => {
    expect(read([PAIN_NRS], { valueInteger: 0 }).value).toBe(0);
  });

  test.each([
    ['pain-before-session', 'beforeSession'],
    ['pain-during', 'during'],
    ['pain-after-session', 'afterSession'],
    ['pain-follow-up', 'followUp'],
  ] as const)('with our coding %s says when it was taken', (code, taken) => {
    expect(read([PAIN_NRS, local(code)], value(5)).taken).toBe(taken);
  });

  test.each([
    ['without our coding', [PAIN_NRS]],
    ['with codings that contradict each other', [PAIN_NRS, local('pain-during'), local('pain-follow-up')]],
    ['with the words of another system', [PAIN_NRS, { ...local('pain-follow-up'), system: 'urn:other' }]],
  ])('%s does not say when', (_, codings) => {
    expect(read(codings, value(5)).taken).toBe('unknown');
  });

  test('has a session, and its moment and day as far as they are known', () => {
    const score = read([PAIN_NRS], {
      ...value(5),
      category: [VITALS],
      encounter: { reference: 'Encounter/e1' },
      effectiveDateTime: '2026-11-20T03:30:00Z',
    });
    expect(score).toMatchObject({ sessionId: 'e1', vital: true });
    expect([score.day?.toString(), score.at?.toString()]).toEqual(['2026-11-19', '2026-11-20T03:30:00Z']);
    const partial = read([PAIN_NRS], { ...value(5), effectiveDateTime: '2026-11' });
    expect(partial).toMatchObject({ date: '2026-11', day: undefined, at: undefined });
    const period = { effectiveDateTime: undefined, effectivePeriod: { start: '2026-11-20' } };
    expect(read([PAIN_NRS], { ...value(5), ...period }).day?.toString()).toBe('2026-11-20');
  });

  test('may say why it has no value', () => {
    const score = read([local('opioid-mme')], { dataAbsentReason: { text: 'no factor' } });
    expect(score).toMatchObject({ value: undefined, absent: 'no factor' });
    expect(isValid(score)).toBe(false);
  });
});

describe('units', () => {
  test.each([undefined, '{score}', '1', '{points}', 'score'])('points may be written as %s', (unit) => {
    expect(read([PAIN_NRS], value(5, unit)).value).toBe(5);
  });

  test.each([
    [135, '[lb_av]', 61.235],
    [135, 'lb', 61.235],
    [61_400, 'g', 61.4],
    [61.4, 'kg', 61.4],
  ])('a weight of %d %s is in kilograms', (number, unit, weightKg) => {
    const weight = read([BODY_WEIGHT], value(number, unit));
    expect(weight.value).toBe(weightKg);
    expect(weight.asRecorded).toBe(unit === 'kg' ? undefined : `${number} ${unit}`);
  });

  test.each<[string, readonly Coding[], object, string]>([
    ['per cent', [PAIN_NRS], value(50, '%'), 'its unit % is not one of Pain intensity (NRS)'],
    ['milligrams', [local('opioid-mme')], value(30, 'mg'), 'its unit mg is not one of Daily opioid dose'],
    [
      'points of MME',
      [local('opioid-mme')],
      value(30, '{score}'),
      'its unit {score} is not one of Daily opioid dose',
    ],
    [
      'pounds that call themselves kilograms',
      [BODY_WEIGHT],
      { valueQuantity: { value: 135, unit: 'lb', code: 'kg' } },
      'its units kg and lb contradict each other',
    ],
    ['no unit of a weight', [BODY_WEIGHT], value(61), 'its value has no unit'],
    [
      'a name of Object',
      [BODY_WEIGHT],
      value(61, 'constructor'),
      'its unit constructor is not one of Weight',
    ],
  ])('%s cannot be read', (_, codings, fields, reason) => {
    expect(reasonFor(codings, { ...fields })).toBe(reason);
  });
});

describe('what cannot be meant is not read, and says why', () => {
  test.each<[string, readonly Coding[], object, string]>([
    ['above the scale', [PAIN_NRS], value(11), 'its value 11 cannot be meant: Pain intensity (NRS), 0–10'],
    ['below the scale', [local('pain-days-7')], value(-1), 'its value -1 cannot be meant: Pain days, of 7'],
    [
      'only a limit',
      [PAIN_NRS],
      { valueQuantity: { value: 5, comparator: '<' } },
      'its value is only a limit (<)',
    ],
    ['no value', [PAIN_NRS], {}, 'it has no value'],
    ['another value', [PAIN_NRS], { valueString: 'five' }, 'it has no value'],
    [
      'a day ahead',
      [PAIN_NRS],
      { ...value(5), effectiveDateTime: '2062-11-20' },
      'its day 2062-11-20 lies ahead',
    ],
    ['a year ahead', [PAIN_NRS], { ...value(5), effectiveDateTime: '2062' }, 'its day 2062-01-01 lies ahead'],
    ['two kinds', [PAIN_NRS, PEG_MEAN], value(5), 'its codes are those of several scores'],
    [
      'no kind of ours',
      [{ ...PAIN_NRS, code: '8302-2' }],
      value(5),
      'its code is none of the clinic’s scores',
    ],
    [
      'our code in another system',
      [{ ...PAIN_NRS, system: 'urn:x' }],
      value(5),
      'its code is none of the clinic’s scores',
    ],
    [
      'an ill-typed value',
      [PAIN_NRS],
      { valueQuantity: { value: '5' } },
      'the field valueQuantity.value is not as FHIR wants it, expected number',
    ],
  ])('%s', (_, codings, fields, reason) => {
    expect(reasonFor(codings, { ...fields })).toBe(reason);
  });

  test('a mistake may say anything, and counts for nothing', () => {
    const mistake = read([PAIN_NRS], { ...value(55, 'kg'), status: 'entered-in-error' });
    expect(mistake).toMatchObject({ status: 'mistake', value: undefined, asRecorded: '55 kg' });
    expect(read([PAIN_NRS], { ...value(55), status: 'entered-in-error' }).value).toBe(55);
    expect(isValid(read([PAIN_NRS], { ...value(5), status: 'entered-in-error' }))).toBe(false);
    expect(isValid(read([PAIN_NRS], { ...value(5), status: 'cancelled' }))).toBe(false);
  });

  test('every value of a kind’s scale is read as it stands, every other one is not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SCORE_KINDS),
        fc.double({ min: -3000, max: 3000, noNaN: true }),
        (kind, number) => {
          const { codings, range, unit } = SCORES[kind];
          const [coding] = codings;
          if (coding === undefined) throw new Error('a kind without a code');
          const within = number >= range[0] && number <= range[1];
          const result = reasonFor([coding], value(number, unit));
          expect(result === `was read as ${number}`).toBe(within);
        },
      ),
    );
  });
});

describe('the table of kinds', () => {
  test.each(SCORE_KINDS)('%s has cut-offs in order within its range, and a source for them', (kind) => {
    const { cutOffs, range, source } = SCORES[kind];
    const from = cutOffs.map((one) => one.from);
    expect(from).toEqual(from.toSorted((a, b) => a - b));
    expect(from.every((one) => one > range[0] && one <= range[1])).toBe(true);
    expect(cutOffs.length === 0 || source !== undefined).toBe(true);
  });

  test('holds every kind once', () => {
    expect([...SCORE_KINDS].toSorted()).toEqual(Object.keys(SCORES).toSorted());
  });

  test.each([
    ['csi', 29.9, undefined],
    ['csi', 30, 'mild'],
    ['csi', 59, 'severe'],
    ['phq9', 4, undefined],
    ['phq9', 15, 'moderately severe'],
    ['phq9', 27, 'severe'],
    ['gad7', 10, 'moderate'],
    ['opioidMme', 49.9, undefined],
    ['opioidMme', 50, 'caution'],
    ['pain', 10, undefined],
  ] as const)('%s of %d means %s', (kind, number, words) => {
    expect(cutOffWords(kind, number)).toBe(words);
  });
});

test('scores are in time, a month from its first day, without a date first', () => {
  const at = (date: string | undefined) => read([PAIN_NRS], { ...value(5), effectiveDateTime: date });
  const dates = [
    '2026-11-02T15:00:00Z',
    '2026-11',
    undefined,
    '2026-11-02',
    '2026-10-31',
    '2026-11-02T14:00:00Z',
  ];
  expect(
    dates
      .map(at)
      .toSorted(compareInTime)
      .map(({ date }) => date),
  ).toEqual([
    undefined,
    '2026-10-31',
    '2026-11',
    '2026-11-02',
    '2026-11-02T14:00:00Z',
    '2026-11-02T15:00:00Z',
  ]);
});
