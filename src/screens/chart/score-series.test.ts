import { expect, test } from 'vitest';
import { countedPain } from '#src/features/scores/counted-pain.ts';
import { scoreWith } from '#tests/support/score-fixture.ts';
import { earlierSeries, measureOf, type Series } from './score-series.ts';

const CLINIC_TIME = 'America/New_York';
const seriesOf = (start: string, value: number): Series => ({
  start: Temporal.Instant.from(start),
  loaded: true,
  baseline: { value, scores: 1 },
});
const LATEST = seriesOf('2026-11-13T14:00:00Z', 7);
const EARLIER = seriesOf('2026-06-15T14:00:00Z', 8);
const SERIES = [LATEST, EARLIER];

const painsOf = (...dates: readonly string[]) => countedPain(dates.map((date) => scoreWith(date)));
const baselines = (dates: readonly string[], series = SERIES) =>
  painsOf(...dates).map((pain) => {
    const measure = measureOf(pain, series, CLINIC_TIME);
    return measure?.kind === 'series' ? measure.series.baseline?.value : measure?.kind;
  });

test.each([
  ['after the latest series began', '2026-11-20', 7],
  ['on the day of its first infusion, when is not known', '2026-11-13', undefined],
  ['in the 28 days before it', '2026-11-12', 'baseline'],
  ['on the first of them', '2026-10-16', 'baseline'],
  ['on the day before them', '2026-10-15', 8],
  ['in the 28 days before the first series', '2026-06-01', 'baseline'],
  ['long before any series', '2026-01-01', undefined],
])('a score %s', (_, date, expected) => {
  expect(baselines([date])).toEqual([expected]);
});

test('without a series a score is measured against nothing', () => {
  expect(baselines(['2026-11-20'], [])).toEqual([undefined]);
});

test('an earlier series is told of where a score is measured against it, until the next baseline begins', () => {
  const told = (...dates: readonly string[]) =>
    earlierSeries(painsOf(...dates), SERIES, CLINIC_TIME).map(
      ({ before, baseline }) => `${before.toString()}: ${baseline?.value}`,
    );
  expect(told('2026-11-20', '2026-11-01', '2026-06-01')).toEqual([]);
  expect(told('2026-11-20', '2026-09-01')).toEqual(['2026-10-16: 8']);
});
