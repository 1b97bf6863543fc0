import { formatDay } from '#src/lib/time.ts';

/** `11 Nov`, and with the year where it is not the current one. */
export function shortDay(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  return day.year === today.year ? formatDay(day).replace(/ \d+$/, '') : formatDay(day);
}
