import type { CountedPain } from './counted-pain.ts';

/** So many days before the first infusion of a series say how the pain was without it. */
const BASELINE_DAYS = 28;

/** The pain before a course, and of how many scores it is the median. */
export interface Baseline {
  readonly value: number;
  readonly scores: number;
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
  const day = first.toZonedDateTimeISO(timeZone).toPlainDate();
  const from = day.subtract({ days: BASELINE_DAYS });
  const values = pains
    .filter((pain) => Temporal.PlainDate.compare(pain.day, from) >= 0 && isBefore(pain, first, day))
    .map(({ value }) => value);
  const value = median(values);
  return value === undefined ? undefined : { value, scores: values.length };
}

/** Of the session's own day a score without a time is before it only where it says that it was taken so. */
function isBefore(
  { at, day, taken }: CountedPain,
  first: Temporal.Instant,
  firstDay: Temporal.PlainDate,
): boolean {
  if (at !== undefined) return Temporal.Instant.compare(at, first) <= 0;
  const order = Temporal.PlainDate.compare(day, firstDay);
  return order < 0 || (order === 0 && taken === 'beforeSession');
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
