import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHAIRS, chairCalendar, type Slot } from './chair-calendar.ts';
import { clinicTime } from './clinic-time.ts';
import { randomStream } from './random.ts';

const time = clinicTime(Temporal.PlainDate.from('2026-11-23'), 'America/New_York', undefined);

test('each minute of a chair is handed out once, within opening hours', () => {
  const wishes = fc.array(
    fc.record({ day: fc.integer({ min: -6, max: 6 }), minutes: fc.constantFrom(60, 115, 315) }),
    {
      maxLength: 120,
    },
  );
  fc.assert(
    fc.property(wishes, fc.string(), (list, seed) => {
      const calendar = chairCalendar(time, seed);
      const random = randomStream(seed);
      const held: (Slot & { end: number })[] = [];
      for (const { day, minutes } of list) {
        const slot = calendar.take(day, minutes, random);
        if (slot === undefined) continue;
        const hours = time.hours(slot.day);
        const end = slot.start + minutes;
        expect(slot.day).toBe(day);
        expect(slot.start).toBeGreaterThanOrEqual(hours?.opens ?? Infinity);
        expect(end).toBeLessThanOrEqual(hours?.closes ?? -Infinity);
        const clash = held.find(
          (other) =>
            other.day === slot.day &&
            other.chair === slot.chair &&
            other.start < end &&
            slot.start < other.end,
        );
        expect(clash).toBeUndefined();
        held.push({ ...slot, end });
      }
    }),
    { numRuns: 50 },
  );
});

test('a closed day has no time; the search goes to the nearest open one', () => {
  const random = randomStream('closed');
  expect(chairCalendar(time, 'a').take(-1, 115, random)).toBeUndefined();
  expect(chairCalendar(time, 'a').takeUntil(-1, 115, random).day).toBe(-3);
  expect(chairCalendar(time, 'a').takeFrom(5, 115, random).day).toBe(7);
});

test('a full day sends the next one on', () => {
  const calendar = chairCalendar(time, 'full');
  const random = randomStream('full');
  const days = Array.from({ length: CHAIRS * 4 + 1 }, () => calendar.takeFrom(1, 115, random).day);
  expect(days.slice(0, -1)).toEqual(Array.from({ length: CHAIRS * 4 }, () => 1));
  expect(days.at(-1)).toBe(2);
});

test('half-day infusions find a chair on a busy day', () => {
  const calendar = chairCalendar(time, 'long');
  const random = randomStream('long');
  for (let taken = 0; taken < 18; taken++) calendar.take(1, 115, random);
  expect(calendar.take(1, 315, random)).toBeDefined();
});

test('the first place of the day ahead that is kept goes to who asks for it', () => {
  const calendar = chairCalendar(time, 'kept');
  const random = randomStream('kept');
  while (calendar.take(0, 115, random) !== undefined);
  expect(calendar.take(0, 115, random, 'first')?.start).toBeLessThanOrEqual(9 * 60);
});
