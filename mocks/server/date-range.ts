/** A stretch of time in milliseconds since the epoch: `low` belongs to it, `high` does not. */
export interface DateRange {
  readonly low: number;
  readonly high: number;
}

const DAY = 86_400_000;

/**
 * The stretch that a FHIR date, dateTime or instant stands for, by its precision: a year, a month, a day (in UTC,
 * since a bare date has no zone), a minute, a second or a fraction. Undefined when it is none of these.
 */
export function dateRange(text: string): DateRange | undefined {
  if (text.length <= 10) return calendarRange(text);
  // A leap second has no place in the epoch's count.
  const low = Date.parse(text.replace(/(T\d\d:\d\d):60/, '$1:59'));
  return Number.isNaN(low) ? undefined : { low, high: low + precision(text) };
}

function calendarRange(text: string): DateRange | undefined {
  const low = Date.parse(text);
  if (Number.isNaN(low)) return undefined;
  if (text.length === 10) return { low, high: low + DAY };
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  return { low, high: text.length === 4 ? Date.UTC(year + 1, 0) : Date.UTC(year, month) };
}

/** Milliseconds that the last written digit of a time stands for. */
function precision(text: string): number {
  if (text.charAt(16) !== ':') return 60_000;
  if (text.charAt(19) !== '.') return 1000;
  const digits = /^\d+/.exec(text.slice(20))?.[0].length ?? 0;
  return 10 ** Math.max(0, 3 - digits);
}

/** The stretch of a Period; an absent start or end reaches to infinity, as the specification says. */
export function periodRange(start: string | undefined, end: string | undefined): DateRange | undefined {
  if (start === undefined && end === undefined) return undefined;
  return {
    low: start === undefined ? -Infinity : (dateRange(start)?.low ?? NaN),
    high: end === undefined ? Infinity : (dateRange(end)?.high ?? NaN),
  };
}

export const DATE_PREFIXES = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'sa', 'eb'] as const;
export type DatePrefix = (typeof DATE_PREFIXES)[number];

/** Whether the stretch of a resource answers `<prefix><searched>`, by the R4 table of prefixes. */
export function dateMatches(prefix: DatePrefix, searched: DateRange, low: number, high: number): boolean {
  switch (prefix) {
    case 'eq':
      return searched.low <= low && high <= searched.high;
    case 'ne':
      return !(searched.low <= low && high <= searched.high);
    case 'lt':
      return low < searched.low;
    case 'gt':
      return high > searched.high;
    case 'le':
      return low < searched.low || (searched.low <= low && high <= searched.high);
    case 'ge':
      return high > searched.high || (searched.low <= low && high <= searched.high);
    case 'sa':
      return low >= searched.high;
    case 'eb':
      return high <= searched.low;
  }
}
