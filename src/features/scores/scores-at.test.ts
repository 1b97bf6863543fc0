import { expect, test } from 'vitest';
import { scoreWith } from '#tests/support/score-fixture.ts';
import type { Score } from './score.ts';
import { lastBefore, latestOf, opioidDoseOn } from './scores-at.ts';

const ZONE = 'America/New_York';
const peg = (date: string, value: number, over: Partial<Score> = {}) =>
  scoreWith(date, { kind: 'peg', value, ...over });
const mme = (date: string, value: number | undefined, over: Partial<Score> = {}) =>
  scoreWith(date, { kind: 'opioidMme', value, ...over });

test('the latest of a kind is no mistake and has a value', () => {
  const scores = [
    peg('2026-10-01', 4),
    peg('2026-11-01', 5, { status: 'mistake' }),
    peg('2026-11-02', 0, { value: undefined }),
    scoreWith('2026-11-03'),
    peg('2026-09-01', 6),
  ];
  expect(latestOf(scores, 'peg')?.value).toBe(4);
  expect(latestOf(scores, 'csi')).toBeUndefined();
});

test.each([
  ['a day before', [peg('2026-03-08', 7)], 7],
  ['that day without a time', [peg('2026-03-09', 7)], 7],
  ['that day in time', [peg('2026-03-09T12:59:00Z', 7)], 7],
  ['that day too late', [peg('2026-03-09T13:01:00Z', 7)], undefined],
  ['the later of two', [peg('2026-03-01', 7), peg('2026-02-01', 3)], 7],
  ['a month alone', [peg('2026-03', 7)], undefined],
])('the last before a session: %s', (_, scores, value) => {
  const session = Temporal.Instant.from('2026-03-09T13:00:00Z');
  expect(lastBefore(scores, 'peg', session, ZONE)?.value).toBe(value);
});

test.each([
  ['before any was recorded', '2026-01-31', 'none'],
  ['on the day of the first', '2026-02-01', 45],
  ['between two', '2026-02-28', 45],
  ['after one that was not computed', '2026-03-15', undefined],
  ['today, past a mistake', '2026-11-23', 22.5],
])('the opioid dose %s', (_, day, value) => {
  const scores = [
    mme('2026-02-01', 45),
    mme('2026-03-10', undefined),
    mme('2026-05-01', 22.5),
    mme('2026-06-01', 900, { status: 'mistake' }),
  ];
  const dose = opioidDoseOn(scores, Temporal.PlainDate.from(day));
  expect(dose === undefined ? 'none' : dose.value).toBe(value);
});
