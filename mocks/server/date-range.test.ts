import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DATE_PREFIXES, dateMatches, dateRange, periodRange, type DatePrefix } from './date-range.ts';

test.each([
  ['2026', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ['2026-12', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ['2024-02-29', '2024-02-29T00:00:00Z', '2024-03-01T00:00:00Z'],
  ['2026-11-20T09:00-05:00', '2026-11-20T14:00:00Z', '2026-11-20T14:01:00Z'],
  ['2026-11-20T09:00:07-05:00', '2026-11-20T14:00:07Z', '2026-11-20T14:00:08Z'],
  ['2026-11-20T09:00:07.2Z', '2026-11-20T09:00:07.200Z', '2026-11-20T09:00:07.300Z'],
  ['2026-11-20T09:00:07.250Z', '2026-11-20T09:00:07.250Z', '2026-11-20T09:00:07.251Z'],
  ['2026-12-31T23:59:60Z', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'],
])('%s lasts from %s to %s', (text, low, high) => {
  expect(dateRange(text)).toEqual({ low: Date.parse(low), high: Date.parse(high) });
});

test.each(['', 'today', '2026-13', '2026-11-20T25:00:00Z'])('%j is no date', (text) => {
  expect(dateRange(text)).toBeUndefined();
});

test('an open end reaches to infinity', () => {
  const day = dateRange('2026-11-20') ?? { low: NaN, high: NaN };
  expect(periodRange('2026-11-20', undefined)).toEqual({ low: day.low, high: Infinity });
  expect(periodRange(undefined, '2026-11-20')).toEqual({ low: -Infinity, high: day.high });
  expect(periodRange(undefined, undefined)).toBeUndefined();
});

describe('prefixes', () => {
  const SEARCHED = '2026-11-20';
  test.each<[target: string, ...prefixes: DatePrefix[]]>([
    ['2026-11-19T23:59:59Z', 'ne', 'lt', 'le', 'eb'],
    ['2026-11-20T00:00:00Z', 'eq', 'le', 'ge'],
    ['2026-11-20T23:59:59Z', 'eq', 'le', 'ge'],
    ['2026-11-21T00:00:00Z', 'ne', 'gt', 'ge', 'sa'],
    ['2026-11-20', 'eq', 'le', 'ge'],
    ['2026-11', 'ne', 'lt', 'le', 'gt', 'ge'],
  ])('%s answers %s %s %s %s %s', (text, ...expected) => {
    const searched = dateRange(SEARCHED);
    const target = dateRange(text);
    if (searched === undefined || target === undefined) throw new Error('Both are dates');
    const found = DATE_PREFIXES.filter((prefix) => dateMatches(prefix, searched, target.low, target.high));
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  /** The table of the specification, word by word, over sets of milliseconds. */
  const NAIVE: Record<DatePrefix, (searched: ReadonlySet<number>, target: ReadonlySet<number>) => boolean> = {
    eq: (searched, target) => target.isSubsetOf(searched),
    ne: (searched, target) => !target.isSubsetOf(searched),
    lt: (searched, target) => [...target].some((moment) => moment < Math.min(...searched)),
    gt: (searched, target) => [...target].some((moment) => moment > Math.max(...searched)),
    le: (searched, target) => NAIVE.lt(searched, target) || NAIVE.eq(searched, target),
    ge: (searched, target) => NAIVE.gt(searched, target) || NAIVE.eq(searched, target),
    sa: (searched, target) => [...target].every((moment) => moment > Math.max(...searched)),
    eb: (searched, target) => [...target].every((moment) => moment < Math.min(...searched)),
  };
  const stretch = fc.tuple(fc.nat(12), fc.integer({ min: 1, max: 6 }));

  test.each(DATE_PREFIXES)('%s is what the specification says of every two stretches', (prefix) => {
    fc.assert(
      fc.property(stretch, stretch, ([searchedLow, searchedLength], [low, length]) => {
        const searched = { low: searchedLow, high: searchedLow + searchedLength };
        const moments = (start: number, end: number) =>
          new Set(Array.from({ length: end - start }, (_, at) => start + at));
        expect(dateMatches(prefix, searched, low, low + length)).toBe(
          NAIVE[prefix](moments(searched.low, searched.high), moments(low, low + length)),
        );
      }),
    );
  });
});
