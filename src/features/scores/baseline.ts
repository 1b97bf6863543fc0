import { clinicDay } from '#src/lib/time.ts';
import type { CountedPain } from './counted-pain.ts';

/** So many days before the first infusion of a series say how the pain was without it. */
const BASELINE_DAYS = 28;

/** The pain before a course, and of how many scores it is the median. */
export interface Baseline {
  readonly value: number;
  readonly scores: number;
}

/** The first of the days whose scores make the baseline of a series that began at `first`. */
export function baselineFrom(first: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  return clinicDay(first, timeZone).subtract({ days: BASELINE_DAYS });
}

/**
 * The median of the scores that count in the 28 days before the first induction session of a course, which began at
 * `first`; nothing where there is none. A score of that very day counts if it was taken before the session.
 */
export function baselineBefore(
  pains: readonly CountedPain[],
  first: Temporal.Instant,
  timeZone: string,
): Baseline | undefined {
  const from = baselineFrom(first, timeZone);
  const values = pains
    .filter(
      (pain) => Temporal.PlainDate.compare(pain.day, from) >= 0 && sideOf(pain, first, timeZone) === 'before',
    )
    .map(({ value }) => value);
  const value = median(values);
  return value === undefined ? undefined : { value, scores: values.length };
}

/**
 * On which side of a series' beginning a score lies. Of that very day its own word weighs more than the clock, since a
 * session is opened before the pain is asked for; a follow-up without a time may be either.
 */
export function sideOf(
  { at, day, taken }: Pick<CountedPain, 'at' | 'day' | 'taken'>,
  first: Temporal.Instant,
  timeZone: string,
): 'before' | 'after' | 'unclear' {
  const order = Temporal.PlainDate.compare(day, clinicDay(first, timeZone));
  if (order !== 0) return order < 0 ? 'before' : 'after';
  if (taken === 'beforeSession') return 'before';
  if (at === undefined) return 'unclear';
  return Temporal.Instant.compare(at, first) <= 0 ? 'before' : 'after';
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
