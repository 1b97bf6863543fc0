import { expect, test } from 'vitest';

import { serverProfileSchema } from './server-profiles.ts';

const of = (value: unknown) => serverProfileSchema.parse(value);

test.each([
  ['generic', []],
  ['medplum', []],
  ['hapi', []],
  ['google', ['batchSearch', 'summaryCount', 'postSearch']],
  ['azure', ['sortTieBreaker']],
  [
    'minimal',
    [
      'batchSearch',
      'summaryCount',
      'include',
      'conditionalCreate',
      'postSearch',
      'sortTieBreaker',
      'preferStrict',
    ],
  ],
] as const)('%s lacks %j', (name, lacking) => {
  const { name: given, atomicTransaction: _, ...abilities } = of(name);
  expect(given).toBe(name);
  expect(Object.entries(abilities).flatMap(([ability, able]) => (able ? [] : [ability]))).toEqual(lacking);
});

test('transactions are trusted only where they are known to be atomic', () => {
  const atomic = ['generic', 'medplum', 'hapi', 'google', 'azure', 'minimal'].filter(
    (name) => of(name).atomicTransaction,
  );
  expect(atomic).toEqual(['hapi', 'google', 'azure']);
});

test('a clinic corrects single abilities', () => {
  expect(of({ preset: 'azure', sortTieBreaker: true, include: false })).toEqual({
    ...of('azure'),
    sortTieBreaker: true,
    include: false,
  });
});
