import config from '../config.json' with { type: 'json' };

/** Opening hours of one day, in minutes after midnight. */
interface OpeningHours {
  readonly opens: number;
  readonly closes: number;
}

/**
 * The clinic's calendar. Days are counted from the clinic's today (0, yesterday is −1), times of day are minutes on
 * the wall clock; what comes out is FHIR text with the zone's offset of that moment.
 */
export interface ClinicTime {
  /** Where today's wall clock stands, in minutes after midnight: 0 before today, 1440 after it. */
  readonly nowMinute: number;
  readonly year: number;
  /** `2026-11-23`. */
  date(day: number): string;
  /** 1 is Monday, 7 is Sunday. */
  weekday(day: number): number;
  /** Nothing on a day on which the clinic is closed. */
  hours(day: number): OpeningHours | undefined;
  /** The instant at which the day begins. */
  midnight(day: number): string;
  at(day: number, minute: number): string;
  /** The first open day on or after a day. */
  openFrom(day: number): number;
  /** The last open day on or before a day. */
  openUntil(day: number): number;
}

interface DayFacts {
  readonly date: string;
  readonly weekday: number;
  readonly hours: OpeningHours | undefined;
  readonly midnight: string;
  /** The one offset of the whole day; nothing where the clocks change. */
  readonly offset: string | undefined;
  /** What `at` answered for a minute: the records of a large clinic share few of them. */
  readonly stamps: Map<number, string>;
}

const DEFAULT_NOW_MINUTE = 10 * 60 + 42;
const CLOSURES = new Set(config.clinic.closures.map(({ date }) => date));

/** The calendar of a clinic whose today is `today`; without `now` it is 10:42 there. */
export function clinicTime(
  today: Temporal.PlainDate,
  timeZone: string,
  now: Temporal.Instant | undefined,
): ClinicTime {
  const known = new Map<number, DayFacts>();
  const offsetOn = offsets(timeZone);
  const facts = (day: number): DayFacts => {
    let found = known.get(day);
    if (found === undefined) {
      found = dayFacts(today.add({ days: day }), timeZone, offsetOn);
      known.set(day, found);
    }
    return found;
  };
  const search = (day: number, step: 1 | -1) => {
    for (let tried = 0; tried < 60; tried++) {
      if (facts(day + tried * step).hours !== undefined) return day + tried * step;
    }
    throw new Error(`The clinic has no open day near ${facts(day).date}`);
  };
  return {
    nowMinute: now === undefined ? DEFAULT_NOW_MINUTE : minuteOn(today, now.toZonedDateTimeISO(timeZone)),
    year: today.year,
    date: (day) => facts(day).date,
    weekday: (day) => facts(day).weekday,
    hours: (day) => facts(day).hours,
    midnight: (day) => facts(day).midnight,
    at(day, minute) {
      const { date, offset, stamps } = facts(day);
      let text = stamps.get(minute);
      if (text === undefined) {
        const clock = `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;
        text =
          offset === undefined
            ? stamp(Temporal.PlainDateTime.from(clock).toZonedDateTime(timeZone))
            : clock + offset;
        stamps.set(minute, text);
      }
      return text;
    },
    openFrom: (day) => search(day, 1),
    openUntil: (day) => search(day, -1),
  };
}

function dayFacts(
  date: Temporal.PlainDate,
  timeZone: string,
  offsetOn: (date: Temporal.PlainDate) => string | undefined,
): DayFacts {
  const text = date.toString();
  const offset = offsetOn(date);
  return {
    date: text,
    weekday: date.dayOfWeek,
    hours: CLOSURES.has(text) ? undefined : openingHours(date.dayOfWeek),
    midnight: offset === undefined ? stamp(date.toZonedDateTime(timeZone)) : `${text}T00:00:00${offset}`,
    offset,
    stamps: new Map(),
  };
}

/**
 * The one offset of a whole day. A zone is asked where a month begins and ends, and about each day only of a month in
 * which the clocks change: zones are slow to ask.
 */
function offsets(timeZone: string): (date: Temporal.PlainDate) => string | undefined {
  const months = new Map<string, string | undefined>();
  return (date) => {
    const key = `${date.year}-${date.month}`;
    if (!months.has(key)) {
      const first = date.with({ day: 1 });
      months.set(key, offsetBetween(first, first.add({ months: 1 }), timeZone));
    }
    return months.get(key) ?? offsetBetween(date, date.add({ days: 1 }), timeZone);
  };
}

/** The one offset from the beginning of a day to that of another; nothing where the clocks change in between. */
function offsetBetween(
  from: Temporal.PlainDate,
  until: Temporal.PlainDate,
  timeZone: string,
): string | undefined {
  const begin = from.toZonedDateTime(timeZone);
  const change = begin.getTimeZoneTransition('next');
  const end = until.toZonedDateTime(timeZone);
  const unchanged = change === null || change.epochMilliseconds > end.epochMilliseconds;
  const whole = begin.hour === 0 && end.hour === 0 && begin.minute === 0 && end.minute === 0;
  return unchanged && whole && begin.offset === end.offset ? begin.offset : undefined;
}

function openingHours(weekday: number): OpeningHours | undefined {
  const hours = config.clinic.openingHours.find(({ days }) => days.includes(weekday));
  return hours && { opens: minuteOf(hours.opens), closes: minuteOf(hours.closes) };
}

function minuteOf(clock: string): number {
  const { hour, minute } = Temporal.PlainTime.from(clock);
  return hour * 60 + minute;
}

function stamp(at: Temporal.ZonedDateTime): string {
  return at.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** By the wall clock, as visits are: on a day on which the clocks change, other than the minutes that have passed. */
function minuteOn(today: Temporal.PlainDate, now: Temporal.ZonedDateTime): number {
  const order = Temporal.PlainDate.compare(now.toPlainDate(), today);
  return order < 0 ? 0 : order > 0 ? 1440 : now.hour * 60 + now.minute;
}
