import fc from 'fast-check';
import type { Resource } from 'fhir/r4';
import { expect, test } from 'vitest';
import { structureIssues } from '../server/validate.ts';
import { brokenInvariants } from '../server/invariants.ts';
import { DAYS } from './clinic-testing.ts';
import { clinicalDefinitions } from './clinical-records.ts';
import { people } from './clinical-testing.ts';

const MINUTES = fc.integer({ min: 0, max: 24 * 60 });
const WHOLE_DAY = 24 * 60;

const all = (patients: readonly { readonly records: readonly Resource[] }[]) =>
  patients.flatMap(({ records }) => records);
const keyOf = ({ resourceType, id }: Resource) => `${resourceType}/${id}`;

test.each(DAYS)('on %s every record is one that the server takes, under an id of its own', (today) => {
  const records = all(people({ today, count: 40 }).patients);
  const problems = [...clinicalDefinitions(), ...records].flatMap((record) =>
    [...structureIssues(record), ...brokenInvariants(record)].map(
      ({ details, expression }) => `${keyOf(record)} ${expression?.join()}: ${details?.text}`,
    ),
  );
  expect(problems).toEqual([]);
  expect(new Set(records.map(keyOf)).size).toBe(records.length);
});

function instants(value: unknown): string[] {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(instants);
}

test('at any time of the day nothing lies ahead', () => {
  fc.assert(
    fc.property(MINUTES, fc.constantFrom(...DAYS), (minute, today) => {
      const { patients, time } = people({ today, count: 25, minute });
      const now = Date.parse(time.at(0, Math.min(time.nowMinute, WHOLE_DAY - 1)));
      expect(instants(all(patients)).filter((text) => Date.parse(text) > now)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

test('as the day goes on records are added, and what was observed stays as it was', () => {
  const observations = (minute: number) =>
    all(people({ count: 25, minute }).patients)
      .filter(({ resourceType }) => resourceType === 'Observation')
      .map((record) => [keyOf(record), JSON.stringify(record)] as const);
  const evening = new Map(observations(WHOLE_DAY));
  expect(evening.size).toBeGreaterThan(observations(0).length);
  fc.assert(
    fc.property(MINUTES, (minute) => {
      expect(observations(minute).filter(([key, text]) => evening.get(key) !== text)).toEqual([]);
    }),
    { numRuns: 8 },
  );
});

test('a patient has a history of readable length, and all of them together are not too many', () => {
  const { patients } = people();
  const counts = patients.filter(({ courses }) => courses.length > 0).map(({ records }) => records.length);
  const sorted = counts.toSorted((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toSatisfy((median: number) => median > 60 && median < 200);
  expect(counts.reduce((sum, count) => sum + count)).toBeLessThan(32_000);
});

test('somebody without a course has no clinical record', () => {
  const without = people().patients.filter(({ courses }) => courses.length === 0);
  expect(without.length).toBeGreaterThan(5);
  expect(without.flatMap(({ records }) => records)).toEqual([]);
});
