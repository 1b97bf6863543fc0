import type { Appointment, Encounter, Resource } from 'fhir/r4';
import { expect, test } from 'vitest';
import { MONDAY, clinic, codesOf, countBy, ofType } from './clinic-testing.ts';

const whole = clinic();

test('a session lies within the time of its appointment, in the same chair', () => {
  const appointments = new Map(
    ofType<Appointment>(whole, 'Appointment').map((one) => [`Appointment/${one.id}`, one]),
  );
  const linked = ofType<Encounter>(whole, 'Encounter').filter(({ appointment }) => appointment !== undefined);
  expect(linked.length).toBeGreaterThan(80);
  for (const { appointment, period, location } of linked) {
    const booked = appointments.get(appointment?.[0]?.reference ?? '');
    expect(booked?.participant[1]?.actor?.reference).toBe(location?.[0]?.location.reference);
    const [start, end] = [period?.start ?? '', period?.end ?? period?.start ?? ''].map(Date.parse);
    expect(start).toBeGreaterThanOrEqual(Date.parse(booked?.start ?? ''));
    expect(end).toBeLessThanOrEqual(Date.parse(booked?.end ?? ''));
  }
});

test('only what lies in time is booked, and only what was called off has a reason', () => {
  for (const { start, end, status, cancelationReason } of ofType<Appointment>(whole, 'Appointment')) {
    expect(Date.parse(end ?? '') - Date.parse(start ?? '')).toBeGreaterThanOrEqual(60 * 60_000);
    expect(cancelationReason !== undefined).toBe(status === 'cancelled');
  }
});

function todaysAppointments(records: readonly Resource[]): Appointment[] {
  return ofType<Appointment>(records, 'Appointment').filter(({ start }) => start?.startsWith(MONDAY));
}

test.each([
  ['07:00', { booked: 19, cancelled: 1 }],
  ['18:00', { fulfilled: 18, noshow: 1, cancelled: 1 }],
])('today at %s', (clock, expected) => {
  const now = Temporal.ZonedDateTime.from(`${MONDAY}T${clock}[America/New_York]`).toInstant();
  expect(countBy(todaysAppointments(clinic({ now })), ({ status }) => status)).toEqual(expected);
});

test('at 10:42 the board shows every state', () => {
  const states = countBy(todaysAppointments(whole), ({ status }) => status);
  const all = ['booked', 'arrived', 'checked-in', 'fulfilled', 'noshow', 'cancelled'];
  expect(Object.keys(states).toSorted()).toEqual(all.toSorted());
  expect(Object.values(states).reduce((sum, count) => sum + count)).toBe(20);
});

test('the day only moves forward', () => {
  const order = ['booked', 'arrived', 'checked-in', 'fulfilled'];
  const before = new Map<string, number>();
  for (let hour = 7; hour <= 18; hour++) {
    const now = Temporal.ZonedDateTime.from(
      `${MONDAY}T${String(hour).padStart(2, '0')}:00[America/New_York]`,
    );
    for (const { id = '', status } of todaysAppointments(clinic({ now: now.toInstant() }))) {
      if (!order.includes(status)) continue;
      expect(order.indexOf(status)).toBeGreaterThanOrEqual(before.get(id) ?? 0);
      before.set(id, order.indexOf(status));
    }
  }
  expect([...before.values()].filter((place) => place === 3).length).toBeGreaterThanOrEqual(18);
});

test('a cancelled appointment says who, twice', () => {
  const cancelled = ofType<Appointment>(clinic({ patients: 2000 }), 'Appointment').filter(
    ({ status }) => status === 'cancelled',
  );
  const told = cancelled.map(({ cancelationReason, participant }) => {
    return `${codesOf(cancelationReason && [cancelationReason]).join()} ${participant[0]?.status}`;
  });
  expect(new Set(told)).toEqual(new Set(['pat declined', 'other tentative', 'prov needs-action']));
});
