import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clinicInstant, clinicTimeAt, clockSetTo, layingAt, mondayMorning } from './laying.ts';

const ZONE = 'America/New_York';
const at = (text: string) => Temporal.Instant.from(text);
const REAL = at('2026-11-22T03:10:00Z');

describe('the clock', () => {
  test('is the real one unless it was set', () => {
    expect(clinicTimeAt({}, REAL).equals(REAL)).toBe(true);
    expect(layingAt({ day: 'usual' }, REAL, ZONE)).toEqual({
      today: '2026-11-21',
      at: '2026-11-22T03:10:00Z',
      day: 'usual',
    });
  });

  test('runs on from where it was set', () => {
    const clock = clockSetTo(at('2026-11-23T15:42:00Z'), REAL);
    const later = clinicTimeAt({ clock }, REAL.add({ minutes: 20, seconds: 3 }));
    expect(later.toString()).toBe('2026-11-23T16:02:03Z');
    expect(layingAt({ day: 'busy', clock }, REAL.add({ hours: 24 }), ZONE)).toMatchObject({
      today: '2026-11-24',
      day: 'busy',
      clock,
    });
  });
});

test.each([
  ['2026-11-23T10:42', '2026-11-23T15:42:00Z'],
  ['2026-11-23T10:42:30', '2026-11-23T15:42:30Z'],
  ['2026-11-23T10:42:00Z', '2026-11-23T10:42:00Z'],
  ['2026-11-23T10:42:00-05:00', '2026-11-23T15:42:00Z'],
  ['2026-07-01T10:42', '2026-07-01T14:42:00Z'],
])('%s is a time at the clinic', (text, instant) => {
  expect(clinicInstant(text, ZONE)?.toString()).toBe(instant);
});

test.each(['', 'noon', '2026-11-23', '10:42', '2026-02-30T10:00', '2026-11-23T25:00'])(
  '%j is none',
  (text) => {
    expect(clinicInstant(text, ZONE)).toBeUndefined();
  },
);

test('a busy Monday is today or within a week, at 10:42', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(1.7e12), max: new Date(2e12), noInvalidDate: true }), (date) => {
      const from = Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(ZONE);
      const monday = mondayMorning(from.toInstant(), ZONE).toZonedDateTimeISO(ZONE);
      expect([monday.dayOfWeek, monday.hour, monday.minute]).toEqual([1, 10, 42]);
      const days = from.toPlainDate().until(monday.toPlainDate()).days;
      expect(days).toBeGreaterThanOrEqual(0);
      expect(days).toBeLessThan(7);
    }),
  );
});
