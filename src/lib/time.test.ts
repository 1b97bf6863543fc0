import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ageOn,
  clinicDay,
  dayStart,
  daysOf,
  formatClock,
  formatDay,
  formatDayAndTime,
  formatPartialDate,
  parseDay,
  parseInstant,
  zoneName,
  zoneNote,
} from './time.ts';

const NEW_YORK = 'America/New_York';
const AUCKLAND = 'Pacific/Auckland';

const day = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);

const zones = fc.constantFrom(
  NEW_YORK,
  AUCKLAND,
  'Asia/Kolkata',
  'Africa/Cairo',
  'Pacific/Kiritimati',
  'America/St_Johns',
  'UTC',
);
const instants = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const days = fc
  .integer({ min: 0, max: 60_000 })
  .map((offset) => Temporal.PlainDate.from('1900-01-01').add({ days: offset }));
/** Days of which offsets are whole minutes everywhere, as FHIR writes them. */
const clinicDays = fc
  .integer({ min: 0, max: 25_000 })
  .map((offset) => Temporal.PlainDate.from('1980-01-01').add({ days: offset }));

describe('the day of the clinic', () => {
  test.each([
    ['just before midnight', NEW_YORK, '2026-11-24T04:59:59Z', '2026-11-23'],
    ['at midnight', NEW_YORK, '2026-11-24T05:00:00Z', '2026-11-24'],
    ['half a day away it is tomorrow already', AUCKLAND, '2026-11-23T14:00:00Z', '2026-11-24'],
    ['before the clocks go forward', NEW_YORK, '2026-03-08T04:59:59Z', '2026-03-07'],
    ['on the day of 23 hours, still', NEW_YORK, '2026-03-09T03:59:59Z', '2026-03-08'],
    ['after the day of 23 hours', NEW_YORK, '2026-03-09T04:00:00Z', '2026-03-09'],
    ['on the day of 25 hours, still', NEW_YORK, '2026-11-02T04:59:59Z', '2026-11-01'],
    ['after the day of 25 hours', NEW_YORK, '2026-11-02T05:00:00Z', '2026-11-02'],
  ])('%s', (_, zone, at, expected) => {
    expect(clinicDay(instant(at), zone).toString()).toBe(expected);
  });

  test.each([
    ['an ordinary one', NEW_YORK, '2026-11-23', '2026-11-23T00:00:00-05:00'],
    ['of 23 hours', NEW_YORK, '2026-03-08', '2026-03-08T00:00:00-05:00'],
    ['after it', NEW_YORK, '2026-03-09', '2026-03-09T00:00:00-04:00'],
    ['of 25 hours', NEW_YORK, '2026-11-01', '2026-11-01T00:00:00-04:00'],
    ['after that', NEW_YORK, '2026-11-02', '2026-11-02T00:00:00-05:00'],
    ['of 25 hours, half a day away', AUCKLAND, '2026-04-05', '2026-04-05T00:00:00+13:00'],
    ['of 23 hours, half a day away', AUCKLAND, '2026-09-27', '2026-09-27T00:00:00+12:00'],
    ['that has no midnight', 'Africa/Cairo', '2026-04-24', '2026-04-24T01:00:00+03:00'],
    ['in a zone without clock changes', 'Asia/Kolkata', '2026-07-01', '2026-07-01T00:00:00+05:30'],
  ])('begins, %s', (_, zone, on, expected) => {
    expect(dayStart(day(on), zone)).toBe(expected);
  });

  test('holds every instant of it, and no other', () => {
    fc.assert(
      fc.property(instants, zones, (at, zone) => {
        const today = clinicDay(at, zone);
        const start = instant(dayStart(today, zone));
        const end = instant(dayStart(today.add({ days: 1 }), zone));
        expect(Temporal.Instant.compare(start, at)).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(at, end)).toBe(-1);
        expect(clinicDay(start, zone).equals(today)).toBe(true);
      }),
    );
  });

  test.each([
    [NEW_YORK, '2026-03-08', 23],
    [NEW_YORK, '2026-11-01', 25],
    [AUCKLAND, '2026-04-05', 25],
    [AUCKLAND, '2026-09-27', 23],
    [NEW_YORK, '2026-11-23', 24],
  ])('in %s, %s has %i hours', (zone, on, hours) => {
    const [start, end] = [dayStart(day(on), zone), dayStart(day(on).add({ days: 1 }), zone)];
    expect(instant(end).since(instant(start)).total('hour')).toBe(hours);
  });
});

describe('a date that may be partial', () => {
  test.each([
    ['1990-09-17', '17 Sep 1990'],
    ['1990-09-05', '5 Sep 1990'],
    ['1990-09', 'Sep 1990'],
    ['1990', '1990'],
    ['2000-02-29', '29 Feb 2000'],
  ])('%s is written %s', (date, written) => {
    expect(formatPartialDate(date)).toBe(written);
  });

  test.each([
    '1990-13',
    '1990-00',
    '1990-02-31',
    '1990-01-00',
    '2001-02-29',
    '90',
    '1990-9-1',
    'unknown',
    '',
    ' 1990',
  ])('%j is no date: given back as it came, without days and without an age', (text) => {
    expect(formatPartialDate(text)).toBe(text);
    expect(daysOf(text)).toBeUndefined();
    expect(ageOn(text, day('2026-11-23'))).toBeUndefined();
  });

  test.each([
    ['2024-02-10', '2024-02-10', '2024-02-10'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['2024-12', '2024-12-01', '2024-12-31'],
    ['2024', '2024-01-01', '2024-12-31'],
  ])('%s leaves open the days from %s to %s', (date, first, last) => {
    expect(daysOf(date)?.first.toString()).toBe(first);
    expect(daysOf(date)?.last.toString()).toBe(last);
  });

  test('is written so that no two days look the same', () => {
    fc.assert(
      fc.property(days, days, (one, other) => {
        expect(formatDay(one) === formatDay(other)).toBe(one.equals(other));
      }),
    );
  });
});

describe('an age', () => {
  test.each([
    ['the day before the birthday', '1990-11-24', '2026-11-23', '35'],
    ['on the birthday', '1990-11-23', '2026-11-23', '36'],
    ['on the day of birth', '2026-11-23', '2026-11-23', '0'],
    ['born on a leap day, the day before 1 March of a common year', '2000-02-29', '2026-02-28', '25'],
    ['born on a leap day, on 1 March of a common year', '2000-02-29', '2026-03-01', '26'],
    ['born on a leap day, on a leap day', '2000-02-29', '2028-02-29', '28'],
    ['born on a leap day, the day before a leap day', '2000-02-29', '2028-02-28', '27'],
    ['of a year', '1960', '2026-11-23', '65–66'],
    ['of a year, on its last day', '1960', '2026-12-31', '66'],
    ['of a year, on its first day', '1960', '2026-01-01', '65–66'],
    ['of a month that is over this year', '1960-03', '2026-11-23', '66'],
    ['of this month, in another year', '1960-11', '2026-11-23', '65–66'],
    ['of a month to come this year', '1960-12', '2026-11-23', '65'],
    ['of the current year', '2026', '2026-11-23', '0'],
    ['of last year', '2025', '2026-11-23', '0–1'],
    ['of the current month', '2026-11', '2026-11-23', '0'],
  ])('%s', (_, born, on, age) => {
    expect(ageOn(born, day(on))).toBe(age);
  });

  test.each(['2026-11-24', '2026-12', '2027', 'about 1950'])('is not made up for %s', (born) => {
    expect(ageOn(born, day('2026-11-23'))).toBeUndefined();
  });

  test('of a partial date always holds the age of every day that it leaves open', () => {
    fc.assert(
      fc.property(days, days, fc.constantFrom(4, 7), (born, on, length) => {
        fc.pre(Temporal.PlainDate.compare(born, on) <= 0);
        const exact = Number(ageOn(born.toString(), on));
        const [low, high = low] = (ageOn(born.toString().slice(0, length), on) ?? '').split('–').map(Number);
        expect(low).toBeLessThanOrEqual(exact);
        expect(high).toBeGreaterThanOrEqual(exact);
        expect(Number(high) - Number(low)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('grows by one from birthday to birthday', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 110 }), (born, years) => {
        fc.pre(born.month !== 2 || born.day !== 29);
        const birthday = born.add({ years });
        expect(ageOn(born.toString(), birthday)).toBe(String(years));
        expect(ageOn(born.toString(), birthday.add({ years: 1 }).subtract({ days: 1 }))).toBe(String(years));
      }),
    );
  });
});

describe('a moment', () => {
  const today = day('2026-11-23');

  test.each([
    ['of today', NEW_YORK, '2026-11-23T18:15:00Z', 'today 13:15'],
    ['of this year', NEW_YORK, '2026-11-24T14:00:00Z', 'Tue 24 Nov 09:00'],
    ['on a Sunday', NEW_YORK, '2026-11-29T14:00:00Z', 'Sun 29 Nov 09:00'],
    ['of next year', NEW_YORK, '2027-01-04T14:00:00Z', 'Mon 4 Jan 2027 09:00'],
    ['of last year, on the same day', NEW_YORK, '2025-11-23T14:00:00Z', 'Sun 23 Nov 2025 09:00'],
    ['today there, tomorrow half a day away', AUCKLAND, '2026-11-23T18:15:00Z', 'Tue 24 Nov 07:15'],
    ['just before midnight', NEW_YORK, '2026-11-24T04:59:00Z', 'today 23:59'],
  ])('%s is told in the clinic’s time', (_, zone, at, told) => {
    expect(formatDayAndTime(instant(at), today, zone)).toBe(told);
  });

  test.each([
    ['before the clocks go forward', '2026-03-08T06:59:00Z', '01:59', 'EST'],
    ['after', '2026-03-08T07:00:00Z', '03:00', 'EDT'],
    ['the first 01:30 of the day with two', '2026-11-01T05:30:00Z', '01:30', 'EDT'],
    ['the second', '2026-11-01T06:30:00Z', '01:30', 'EST'],
  ])('%s is told apart by the zone’s name', (_, at, clock, zone) => {
    expect(formatClock(instant(at), NEW_YORK)).toBe(clock);
    expect(zoneName(instant(at), NEW_YORK)).toBe(zone);
  });

  test.each([
    ['in another zone', '2026-11-23T15:00:00Z', AUCKLAND, ', EST'],
    ['in summer', '2026-07-01T15:00:00Z', 'UTC', ', EDT'],
    ['in the same zone', '2026-11-23T15:00:00Z', NEW_YORK, ''],
    ['in a zone that agrees', '2026-11-23T15:00:00Z', 'America/Toronto', ''],
    ['in a zone that agrees in winter only', '2026-07-01T15:00:00Z', 'America/Panama', ', EDT'],
  ])('says whose it is where the browser stands elsewhere: %s', (_, at, browser, note) => {
    expect(zoneNote(instant(at), NEW_YORK, browser)).toBe(note);
  });

  test.each([
    ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z'],
    ['2026-11-23T10:00:00.250-05:00', '2026-11-23T15:00:00.25Z'],
  ])('is read from %s', (text, expected) => {
    expect(parseInstant(text)?.toString()).toBe(expected);
  });

  test.each([
    undefined,
    '',
    '2026-11-23',
    '2026-11-23T10:00:00',
    '2026-11',
    'tomorrow',
    '2026-02-30T10:00:00Z',
  ])('is not guessed from %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('the day of a FHIR date or dateTime', () => {
  test.each([
    ['a date', '2026-11-23', NEW_YORK, '2026-11-23'],
    ['a date is the same day everywhere', '2026-11-23', AUCKLAND, '2026-11-23'],
    ['an instant after midnight UTC is yesterday', '2026-11-24T02:00:00Z', NEW_YORK, '2026-11-23'],
    ['the same instant half a day away', '2026-11-24T02:00:00Z', AUCKLAND, '2026-11-24'],
    ['an offset of another place', '2026-11-24T09:00:00+13:00', NEW_YORK, '2026-11-23'],
    ['a time without an offset', '2026-11-23T23:30:00', NEW_YORK, '2026-11-23'],
  ])('%s', (_, text, zone, expected) => {
    expect(parseDay(text, zone)?.toString()).toBe(expected);
  });

  test.each([
    undefined,
    '',
    '2026',
    '2026-11',
    '2026-02-30',
    '2026-11-23 or so',
    '2026-11-23T25:00:00Z',
    '20261123',
  ])('is not guessed from %j', (text) => {
    expect(parseDay(text, NEW_YORK)).toBeUndefined();
  });

  test('comes back from what the clinic writes', () => {
    fc.assert(
      fc.property(clinicDays, zones, (on, zone) => {
        expect(parseDay(dayStart(on, zone), zone)?.equals(on)).toBe(true);
        expect(parseDay(on.toString(), zone)?.equals(on)).toBe(true);
      }),
    );
  });
});
