import { daysOf, parseDay } from '#src/lib/time.ts';

/** Days of the clinic, both included; open where one is unknown. */
export interface Days {
  readonly from: Temporal.PlainDate | undefined;
  readonly until: Temporal.PlainDate | undefined;
}

/**
 * The clinic's day that one end of a `Period` means: a month or year begins with its first and ends with its last day.
 * Nothing for text that is no date.
 */
export function periodDay(
  which: 'start' | 'end',
  date: string | undefined,
  timeZone: string,
): Temporal.PlainDate | undefined {
  if (date === undefined) return undefined;
  return parseDay(date, timeZone) ?? daysOf(date)?.[which === 'start' ? 'first' : 'last'];
}

/** Whether a day lies within the days. */
export function covers({ from, until }: Days, day: Temporal.PlainDate): boolean {
  return (
    (from === undefined || Temporal.PlainDate.compare(from, day) <= 0) &&
    (until === undefined || Temporal.PlainDate.compare(until, day) >= 0)
  );
}
