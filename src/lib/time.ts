/**
 * Time as the clinic tells it. Instants come from the server or the injected clock; days, weeks and hours are those of
 * the clinic's zone, whatever the browser's is.
 */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** A FHIR date: a year, a year and month, or a day. */
export type PartialDate = string;

const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** The clinic's calendar day at an instant. */
export function clinicDay(now: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  return now.toZonedDateTimeISO(timeZone).toPlainDate();
}

/** The instant at which a clinic day begins, as FHIR writes it: with the zone's offset of that moment. */
export function dayStart(day: Temporal.PlainDate, timeZone: string): string {
  return day.toZonedDateTime(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** `17 Sep 1990`, `Sep 1990` or `1990`, as much as is known; text that is no date is given back as it came. */
export function formatPartialDate(date: PartialDate): string {
  const [, year, month, day] = PARTIAL_DATE.exec(date) ?? [];
  if (year === undefined || month === undefined || daysOf(date) === undefined) return date;
  return `${day === undefined ? '' : `${Number(day)} `}${MONTHS[Number(month) - 1]} ${year}`;
}

/** The first and the last day that a date leaves open, the same for a full one; nothing for text that is no date. */
export function daysOf(
  date: PartialDate,
): { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate } | undefined {
  const [, year, month, day] = PARTIAL_DATE.exec(date) ?? [];
  if (year === undefined) return undefined;
  try {
    const first = Temporal.PlainDate.from(`${year}-${month ?? '01'}-${day ?? '01'}`);
    if (day !== undefined) return { first, last: first };
    return {
      first,
      last: first.add(month === undefined ? { years: 1 } : { months: 1 }).subtract({ days: 1 }),
    };
  } catch {
    return undefined;
  }
}

/** `23 Nov 2026`. */
export function formatDay(day: Temporal.PlainDate): string {
  return formatPartialDate(day.toString());
}

/** `Mon`. */
export function weekday(day: Temporal.PlainDate): string {
  return WEEKDAYS[day.dayOfWeek - 1] ?? '';
}

/** `today 13:15`, `Tue 24 Nov 09:00`, and with the year where it is not the current one. Clinic time. */
export function formatDayAndTime(at: Temporal.Instant, today: Temporal.PlainDate, timeZone: string): string {
  const local = at.toZonedDateTimeISO(timeZone);
  const time = formatClock(at, timeZone);
  const day = local.toPlainDate();
  if (day.equals(today)) return `today ${time}`;
  const year = day.year === today.year ? '' : ` ${day.year}`;
  return `${weekday(day)} ${day.day} ${MONTHS[day.month - 1]}${year} ${time}`;
}

/** `09:05`, clinic time. */
export function formatClock(at: Temporal.Instant, timeZone: string): string {
  return at.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** The zone's short name at an instant: `EST`. */
export function zoneName(at: Temporal.Instant, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' }).formatToParts(
    at.epochMilliseconds,
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/**
 * What to write beside a time so that nobody takes it for that of the browser's zone: `, EST` where the two differ at
 * that instant, nothing where they agree.
 */
export function zoneNote(at: Temporal.Instant, timeZone: string, browserZone: string): string {
  const offset = (zone: string) => at.toZonedDateTimeISO(zone).offsetNanoseconds;
  return offset(timeZone) === offset(browserZone) ? '' : `, ${zoneName(at, timeZone)}`;
}

/** `10:42`, clinic time, and `10:42 EST` where the browser's zone is another one. */
export function clockHere(at: Temporal.Instant, timeZone: string): string {
  return formatClock(at, timeZone) + zoneNote(at, timeZone, browserTimeZone()).replace(',', '');
}

/** The zone of the browser. */
export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * Age in completed years on a day. A birth date without day or month gives the two ages it allows (`64–65`), since
 * the record does not say which; nothing for text that is no date or lies in the future.
 */
export function ageOn(birthDate: PartialDate, day: Temporal.PlainDate): string | undefined {
  const days = daysOf(birthDate);
  if (days === undefined || Temporal.PlainDate.compare(days.first, day) > 0) return undefined;
  const oldest = days.first.until(day, { largestUnit: 'year' }).years;
  const youngest = Math.max(0, days.last.until(day, { largestUnit: 'year' }).years);
  return oldest === youngest ? String(oldest) : `${youngest}–${oldest}`;
}

/** An instant from FHIR text (`dateTime` or `instant`), nothing where the text carries no offset or is no time. */
export function parseInstant(text: string | undefined): Temporal.Instant | undefined {
  if (text === undefined) return undefined;
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}

/** The clinic day of a FHIR dateTime or date: the part before the time where no offset is known. Nothing for less. */
export function parseDay(text: string | undefined, timeZone: string): Temporal.PlainDate | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant !== undefined) return clinicDay(instant, timeZone);
  const [, date = ''] = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?$/.exec(text) ?? [];
  return daysOf(date)?.first;
}
