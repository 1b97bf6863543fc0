import type { Appointment, Composition, Encounter, Provenance, Communication, Resource, Task } from 'fhir/r4';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAYS, clinic, codesOf, ofType } from './clinic-testing.ts';

const ZONES = ['America/New_York', 'Pacific/Auckland', 'Africa/Cairo', 'UTC'];
/** Before, at, within and after opening hours, and the last minute of a day. */
const CLOCKS = ['00:00', '07:59', '08:31', '10:42', '13:00', '16:59', '23:59'];

const moments = fc.record({
  // In Cairo the clocks change on a Friday, when the clinic is open.
  today: fc.constantFrom(...DAYS, '2026-04-24', '2026-10-30'),
  timeZone: fc.constantFrom(...ZONES),
  clock: fc.oneof(
    fc.constantFrom(...CLOCKS),
    fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
  ),
  day: fc.constantFrom('usual', 'quiet', 'busy'),
} as const);

test(
  'at any hour of any day the records say what has happened, and nothing of what has not',
  {
    timeout: 120_000,
  },
  () => {
    fc.assert(
      fc.property(moments, ({ today, timeZone, clock, day }) => {
        const now = Temporal.PlainDateTime.from(`${today}T${clock}`).toZonedDateTime(timeZone).toInstant();
        const records = clinic({ today, timeZone, day, now, patients: 60 });
        const at = now.epochMilliseconds;
        expect(wrongAppointments(records, at)).toEqual([]);
        expect(wrongSessions(records, at)).toEqual([]);
        expect(fromTheFuture(records, at)).toEqual([]);
        expect(twoOpen(records)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  },
);

function wrongAppointments(records: readonly Resource[], now: number): string[] {
  const bad = ofType<Appointment>(records, 'Appointment').filter(({ status, start = '', end = '' }) => {
    const [from, to] = [Date.parse(start), Date.parse(end)];
    switch (status) {
      case 'booked':
        // Somebody late is waited for half an hour.
        return from + 30 * 60_000 <= now;
      case 'arrived':
        return now < from - 30 * 60_000 || now > to;
      case 'checked-in':
        // Who came late may stay a few minutes longer.
        return now < from || now > to + 5 * 60_000;
      case 'fulfilled':
      case 'noshow':
        return from > now;
      default:
        return status !== 'cancelled';
    }
  });
  return bad.map(({ id, status, start }) => `${id} ${status} ${start}`);
}

function wrongSessions(records: readonly Resource[], now: number): string[] {
  const appointments = new Map(
    ofType<Appointment>(records, 'Appointment').map((one) => [`Appointment/${one.id}`, one]),
  );
  const notes = Map.groupBy(
    ofType<Composition>(records, 'Composition').filter(({ relatesTo }) => relatesTo === undefined),
    ({ encounter }) => encounter?.reference,
  );
  return ofType<Encounter>(records, 'Encounter').flatMap(({ id, status, period, appointment }) => {
    const booked = appointments.get(appointment?.[0]?.reference ?? '')?.status;
    const [start, end] = [Date.parse(period?.start ?? ''), Date.parse(period?.end ?? '')];
    const own = (notes.get(`Encounter/${id}`) ?? []).map((note) => note.status).join();
    const right =
      start <= now &&
      (status === 'entered-in-error'
        ? booked === undefined && end <= now && own === 'entered-in-error'
        : status === 'finished'
          ? booked === 'fulfilled' && end <= now && own === 'final'
          : (booked === 'checked-in' || booked === 'fulfilled') && own === 'preliminary');
    return right ? [] : [`${id} ${status} ${booked} ${period?.start} ${own}`];
  });
}

function fromTheFuture(records: readonly Resource[], now: number): string[] {
  const told = [
    ...ofType<Communication>(records, 'Communication').map(({ id, sent }) => [id, sent] as const),
    ...ofType<Provenance>(records, 'Provenance').map(({ id, recorded }) => [id, recorded] as const),
    ...ofType<Composition>(records, 'Composition').map(({ id, date }) => [id, date] as const),
  ];
  return told.flatMap(([id, when = '']) => (Date.parse(when) <= now ? [] : [`${id} ${when}`]));
}

/** Courses with two open reminders of a kind; calls are told apart by their day. */
function twoOpen(records: readonly Resource[]): string[] {
  const seen = new Set<string>();
  return ofType<Task>(records, 'Task').flatMap(({ status, code, basedOn, restriction }) => {
    if (!['requested', 'received', 'on-hold', 'accepted'].includes(status)) return [];
    const kind = codesOf(code && [code]).join();
    const key = [
      basedOn?.[0]?.reference,
      kind,
      kind === 'follow-up-call' ? restriction?.period?.end : '',
    ].join(' ');
    if (seen.has(key)) return [key];
    seen.add(key);
    return [];
  });
}
