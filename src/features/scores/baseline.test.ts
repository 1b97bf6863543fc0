import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreWith } from '#tests/support/score-fixture.ts';
import { baselineBefore } from './baseline.ts';
import { countedPain } from './counted-pain.ts';
import type { Score } from './score.ts';

const ZONE = 'America/New_York';
/** Monday 09:00 in New York. */
const FIRST = Temporal.Instant.from('2026-03-09T13:00:00Z');

function baseline(scores: readonly Score[]) {
  return baselineBefore(countedPain(scores), FIRST, ZONE);
}

const pain = (date: string, value: number, over: Partial<Score> = {}) => scoreWith(date, { value, ...over });

describe('which pain counts', () => {
  test.each<[string, Partial<Score>, boolean]>([
    ['before a session', { taken: 'beforeSession' }, true],
    ['at follow-up', {}, true],
    ['during a session', { taken: 'during' }, false],
    ['after a session', { taken: 'afterSession' }, false],
    ['at a time nobody recorded', { taken: 'unknown' }, false],
    ['among the vitals', { vital: true, taken: 'beforeSession' }, false],
    ['entered in error', { status: 'mistake' }, false],
    ['cancelled', { status: 'cancelled' }, false],
    ['without a value', { value: undefined }, false],
    ['without a day', { day: undefined }, false],
    ['of another kind', { kind: 'peg' }, false],
  ])('%s: %s', (_, over, counts) => {
    expect(countedPain([pain('2026-03-01', 7, over)])).toHaveLength(counts ? 1 : 0);
  });
});

describe('the baseline', () => {
  test.each<[string, readonly Score[], number | undefined]>([
    ['none', [], undefined],
    ['one score', [pain('2026-03-01', 7)], 7],
    [
      'the middle of three',
      ['2026-03-01', '2026-03-02', '2026-03-03'].map((d, i) => pain(d, [8, 2, 7][i] ?? 0)),
      7,
    ],
    ['between the middle two', [pain('2026-03-01', 6), pain('2026-03-02', 7)], 6.5],
    ['28 days before', [pain('2026-02-09', 7)], 7],
    ['29 days before', [pain('2026-02-08', 7)], undefined],
    ['the day of the session, earlier', [pain('2026-03-09T12:59:00Z', 7)], 7],
    ['the day of the session, later', [pain('2026-03-09T13:01:00Z', 7)], undefined],
    [
      'the day of the session, asked before it though the record was open already',
      [pain('2026-03-09T13:05:00Z', 7, { taken: 'beforeSession' })],
      7,
    ],
    [
      'the day of the session, before it by its words',
      [pain('2026-03-09', 7, { taken: 'beforeSession' })],
      7,
    ],
    ['the day of the session, at a follow-up without a time', [pain('2026-03-09', 7)], undefined],
    ['the clinic’s day before, in UTC that of the session', [pain('2026-03-09T03:59:00Z', 7)], 7],
    ['before the next session', [pain('2026-03-11', 4, { taken: 'beforeSession' })], undefined],
    ['a pain of nothing is one', [pain('2026-03-01', 0)], 0],
  ])('%s', (_, scores, value) => {
    expect(baseline(scores)?.value).toBe(value);
  });

  test('says of how many scores it is', () => {
    expect(baseline([pain('2026-03-01', 7), pain('2026-03-02', 7), pain('2026-01-02', 7)])?.scores).toBe(2);
  });

  const score = fc
    .tuple(fc.integer({ min: -60, max: 30 }), fc.integer({ min: 0, max: 10 }), fc.boolean())
    .map(([days, value, vital]) =>
      pain(Temporal.PlainDate.from('2026-03-09').add({ days }).toString(), value, { vital }),
    );

  test('lies between the scores that it is the median of, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 12 }), (scores) => {
        const found = baseline(scores);
        expect(baseline(scores.toReversed())).toEqual(found);
        const within = scores.filter(
          ({ vital, day }) =>
            !vital &&
            day !== undefined &&
            Temporal.PlainDate.compare(day, '2026-02-09') >= 0 &&
            Temporal.PlainDate.compare(day, '2026-03-09') < 0,
        );
        expect(found?.scores ?? 0).toBe(within.length);
        if (found === undefined) return;
        const values = within.flatMap(({ value }) => value ?? []);
        expect(values.filter((value) => value <= found.value).length * 2).toBeGreaterThanOrEqual(
          values.length,
        );
        expect(values.filter((value) => value >= found.value).length * 2).toBeGreaterThanOrEqual(
          values.length,
        );
      }),
    );
  });

  test('does not change by what came after', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 8 }), fc.integer({ min: 0, max: 10 }), (scores, value) => {
        expect(baseline([...scores, pain('2026-04-09', value)])).toEqual(baseline(scores));
      }),
    );
  });
});
