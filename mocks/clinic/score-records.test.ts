import type { Encounter, Observation } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import config from '../config.json' with { type: 'json' };
import { clinic, ofType } from './clinic-testing.ts';
import { momentOf, observed, people, valueOf } from './clinical-testing.ts';

const { patients } = people();
const DAY = 86_400_000;

const withSessions = patients.filter(({ records }) => observed(records, 'session-dose-total').length > 0);

function counted(records: Parameters<typeof observed>[0]): Observation[] {
  return [...observed(records, 'pain-before-session'), ...observed(records, 'pain-follow-up')].toSorted(
    (a, b) => momentOf(a) - momentOf(b),
  );
}

test('nearly every session has the pain before it, taken before it began', () => {
  const whole = clinic();
  const sessions = ofType<Encounter>(whole, 'Encounter').filter(
    ({ status }) => status !== 'entered-in-error',
  );
  const before = new Map(
    observed(whole, 'pain-before-session').map((one) => [one.encounter?.reference, one]),
  );
  const known = sessions.filter(({ id, period }) => {
    const pain = before.get(`Encounter/${id}`);
    if (pain === undefined) return false;
    expect(momentOf(pain)).toBeLessThan(Date.parse(period?.start ?? ''));
    return true;
  });
  const share = known.length / sessions.length;
  expect(share).toBeGreaterThan(0.92);
  expect(share).toBeLessThan(0.98);
});

test.each([
  ['pain-before-session', 0, 10],
  ['pain-follow-up', 0, 10],
  ['pain-during', 0, 10],
  ['pain-after-session', 0, 10],
  ['pain-days-7', 0, 7],
  ['csi-total', 0, 100],
  ['dissociation', 0, 10],
  ['comfort', 0, 10],
  ['sedation-rass', -5, 4],
] as const)('%s is a whole number from %i to %i', (code, low, high) => {
  const values = patients.flatMap(({ records }) => observed(records, code).map(valueOf));
  expect(values.length).toBeGreaterThan(100);
  for (const value of values) {
    expect(Number.isInteger(value) && value >= low && value <= high, String(value)).toBe(true);
  }
});

test.each([
  ['91147-9', 0, 10],
  ['44261-6', 0, 27],
  ['70274-6', 0, 21],
])('LOINC %s lies between %i and %i', (code, low, high) => {
  const values = patients.flatMap(({ records }) =>
    ofType<Observation>(records, 'Observation').filter((one) => one.code.coding?.[0]?.code === code),
  );
  expect(values.length).toBeGreaterThan(100);
  for (const one of values) {
    expect(valueOf(one)).toBeGreaterThanOrEqual(low);
    expect(valueOf(one)).toBeLessThanOrEqual(high);
  }
});

test('who is asked at all was asked before the first infusion, most of them', () => {
  const known = withSessions.filter(({ records }) => {
    const first = Math.min(...observed(records, 'session-dose-total').map(momentOf));
    return counted(records).some((one) => momentOf(one) < first && momentOf(one) > first - 28 * DAY);
  });
  expect(known.length / withSessions.length).toBeGreaterThan(0.9);
});

describe('outcome of the series', () => {
  const outcomes = patients.flatMap(({ records }) =>
    observed(records, 'induction-outcome').map((outcome) => ({ outcome, records })),
  );
  const codeOf = (outcome: Observation) => outcome.valueCodeableConcept?.coding?.[0]?.code;

  test('between 60 and 80 of a hundred respond', () => {
    const share = outcomes.filter(({ outcome }) => codeOf(outcome) === 'responder').length / outcomes.length;
    expect(outcomes.length).toBeGreaterThan(100);
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.8);
  });

  test('there is at most one per course', () => {
    for (const { courses, records } of patients) {
      expect(observed(records, 'induction-outcome').length).toBeLessThanOrEqual(courses.length);
    }
  });

  test('follows from the score of its moment and some baseline before the series', () => {
    for (const { outcome, records } of outcomes) {
      const pains = counted(records);
      const judged = pains.find((one) => momentOf(one) === momentOf(outcome));
      const relief = (baseline: number) => (baseline - valueOf(judged)) / baseline;
      // A series and its four weeks of baseline lie within eleven weeks before the score that judges it.
      const before = pains.filter(
        (one) => momentOf(one) < momentOf(outcome) && momentOf(one) > momentOf(outcome) - 77 * DAY,
      );
      const highest = Math.max(...before.map(valueOf));
      if (codeOf(outcome) === 'responder') {
        expect(relief(highest), outcome.id).toBeGreaterThanOrEqual(config.responseThreshold);
      } else {
        expect(relief(Math.min(...before.map(valueOf))), outcome.id).toBeLessThan(config.responseThreshold);
      }
    }
  });
});

test('an observation that was mistaken stays, beside its replacement, with who took it back', () => {
  const whole = clinic();
  const mistaken = ofType<Observation>(whole, 'Observation').filter(({ id }) => id?.endsWith('-wrong'));
  expect(mistaken.length).toBeGreaterThan(5);
  expect(mistaken.length).toBeLessThan(60);
  const known = new Map(ofType<Observation>(whole, 'Observation').map((one) => [one.id, one]));
  for (const one of mistaken) {
    const right = known.get(one.id?.replace(/-wrong$/, ''));
    expect([one.status, right?.status]).toEqual(['entered-in-error', 'final']);
    expect(valueOf(right)).not.toBe(valueOf(one));
    expect(whole.some(({ id }) => id === `provenance-${one.id}`)).toBe(true);
  }
});
