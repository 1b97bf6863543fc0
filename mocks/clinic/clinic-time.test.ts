import { expect, test } from 'vitest';
import { clinicTime } from './clinic-time.ts';

function on(date: string, timeZone = 'America/New_York', now?: string) {
  return clinicTime(
    Temporal.PlainDate.from(date),
    timeZone,
    now === undefined ? undefined : Temporal.Instant.from(now),
  );
}

test.each([
  ['America/New_York', '2026-03-08', 0, '2026-03-08T00:00:00-05:00', '2026-03-08T09:00:00-04:00'],
  ['America/New_York', '2026-03-08', 1, '2026-03-09T00:00:00-04:00', '2026-03-09T09:00:00-04:00'],
  ['America/New_York', '2026-11-01', 0, '2026-11-01T00:00:00-04:00', '2026-11-01T09:00:00-05:00'],
  ['America/New_York', '2026-11-01', -1, '2026-10-31T00:00:00-04:00', '2026-10-31T09:00:00-04:00'],
  ['America/Santiago', '2026-09-06', 0, '2026-09-06T01:00:00-03:00', '2026-09-06T09:00:00-03:00'],
  ['Asia/Kathmandu', '2028-02-28', 1, '2028-02-29T00:00:00+05:45', '2028-02-29T09:00:00+05:45'],
])('in %s, %s and %i days: begins %s', (zone, today, day, midnight, nine) => {
  const time = on(today, zone);
  expect(time.midnight(day)).toBe(midnight);
  expect(time.at(day, 9 * 60)).toBe(nine);
});

test('weekends and closures are not open', () => {
  const time = on('2026-11-23');
  expect(time.hours(0)).toEqual({ opens: 8 * 60, closes: 17 * 60 });
  expect(time.weekday(0)).toBe(1);
  // Thanksgiving, then a weekend.
  expect(time.hours(3)).toBeUndefined();
  expect(time.openFrom(3)).toBe(4);
  expect(time.openFrom(5)).toBe(7);
  expect(time.openUntil(6)).toBe(4);
});

test('without a now it is 10:42', () => {
  expect(on('2026-11-23').nowMinute).toBe(642);
});

test.each([
  ['2026-11-23T13:15:59Z', 8 * 60 + 15],
  ['2026-11-22T13:00:00Z', 0],
  ['2026-11-25T13:00:00Z', 1440],
])('at %s so many minutes of 23 November have passed', (now, minutes) => {
  expect(on('2026-11-23', 'America/New_York', now).nowMinute).toBe(minutes);
});

test.each([
  // Where the clocks change at night, the wall clock is what visits go by.
  ['2026-03-08T13:00:00Z', '2026-03-08', 9 * 60],
  ['2026-11-01T14:00:00Z', '2026-11-01', 9 * 60],
])('at %s the clock of a day with a change shows so many minutes', (now, today, minutes) => {
  expect(on(today, 'America/New_York', now).nowMinute).toBe(minutes);
});
