import { baselineFrom, sideOf, type Baseline } from '#src/features/scores/baseline.ts';
import type { CountedPain } from '#src/features/scores/counted-pain.ts';

/** A series of infusions, as far as it gives scores their baseline. */
export interface Series {
  readonly start: Temporal.Instant;
  /** All scores before it were fetched. */
  readonly loaded: boolean;
  readonly baseline: Baseline | undefined;
}

type Measure = { readonly kind: 'baseline' } | { readonly kind: 'series'; readonly series: Series };

/**
 * What a score is: part of the baseline of a series that was about to begin, or measured against the series that had
 * begun; nothing where neither is so, or its side is not clear. The series come the latest first.
 */
export function measureOf(
  pain: CountedPain,
  series: readonly Series[],
  timeZone: string,
): Measure | undefined {
  const isBaseline = series.some(
    ({ start }) =>
      sideOf(pain, start, timeZone) === 'before' &&
      Temporal.PlainDate.compare(pain.day, baselineFrom(start, timeZone)) >= 0,
  );
  if (isBaseline) return { kind: 'baseline' };
  const begun = series.find(({ start }) => sideOf(pain, start, timeZone) !== 'before');
  return begun && sideOf(pain, begun.start, timeZone) === 'after'
    ? { kind: 'series', series: begun }
    : undefined;
}

interface EarlierSeries extends Series {
  /** The first day whose scores belong to the series after it. */
  readonly before: Temporal.PlainDate;
}

/** The series before the latest against which one of these scores is measured, the latest first. */
export function earlierSeries(
  pains: readonly CountedPain[],
  series: readonly Series[],
  timeZone: string,
): readonly EarlierSeries[] {
  const used = new Set(
    pains.flatMap((pain) => {
      const measure = measureOf(pain, series, timeZone);
      return measure?.kind === 'series' ? [measure.series] : [];
    }),
  );
  return series.flatMap((one, index) => {
    const next = series[index - 1];
    return next !== undefined && used.has(one)
      ? [{ ...one, before: baselineFrom(next.start, timeZone) }]
      : [];
  });
}
