import type { Appointment, Encounter, Resource } from 'fhir/r4';
import { expect, test } from 'vitest';
import { MONDAY, clinic, codesOf, countBy, ofType } from './clinic-testing.ts';

const whole = clinic();

test('a session lies within the time of its appointment, in the same chair', () => {
  const appointments = new Map(
    ofType<Appointment>(whole, 'Appointment').map((one) => [`Appointment/${one.id}`, one]),
  );
  const sessions = ofType<Encounter>(whole, 'Encounter').filter(
    ({ status }) => status !== 'entered-in-error',
  );
  expect(sessions.length).toBeGreaterThan(2300);
  const astray = sessions.filter(({ appointment, period, location }) => {
    const booked = appointments.get(appointment?.[0]?.reference ?? '');
    const [start, end] = [period?.start ?? '', period?.end ?? period?.start ?? ''].map(Date.parse);
    return !(
      booked?.participant[1]?.actor?.reference === location?.[0]?.location.reference &&
      (start ?? NaN) >= Date.parse(booked?.start ?? '') &&
      // Who came late may stay a few minutes longer.
      (end ?? NaN) <= Date.parse(booked?.end ?? '') + 5 * 60_000
    );
  });
  expect(astray).toEqual([]);
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
])('today at %s', { timeout: 20_000 }, (clock, expected) => {
  const now = Temporal.ZonedDateTime.from(`${MONDAY}T${clock}[America/New_York]`).toInstant();
  expect(countBy(todaysAppointments(clinic({ now })), ({ status }) => status)).toEqual(expected);
});

test('at 10:42 somebody runs late', () => {
  const late = todaysAppointments(whole).filter(
    ({ status, start = '' }) => status === 'booked' && start < `${MONDAY}T10:42`,
  );
  expect(late).toHaveLength(1);
});

test('at 10:42 the board shows every state', () => {
  const states = countBy(todaysAppointments(whole), ({ status }) => status);
  const all = ['booked', 'arrived', 'checked-in', 'fulfilled', 'noshow', 'cancelled'];
  expect(Object.keys(states).toSorted()).toEqual(all.toSorted());
  expect(Object.values(states).reduce((sum, count) => sum + count)).toBe(20);
});

test('the day only moves forward', { timeout: 30_000 }, () => {
  const order = ['booked', 'arrived', 'checked-in', 'fulfilled'];
  const before = new Map<string, number>();
  for (const hour of [7, 8, 9, 11, 13, 15, 18]) {
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

test('a cancelled appointment says who, twice; what another system wrote does not', () => {
  const cancelled = ofType<Appointment>(whole, 'Appointment').filter(({ status }) => status === 'cancelled');
  const told = countBy(cancelled, ({ cancelationReason, participant }) => {
    return `${codesOf(cancelationReason && [cancelationReason]).join()} ${participant[0]?.status}`.trim();
  });
  expect(new Set(Object.keys(told))).toEqual(
    new Set(['pat declined', 'other tentative', 'prov needs-action', 'accepted']),
  );
  expect(told['pat declined']).toBeGreaterThan(cancelled.length / 2);
  expect(told['accepted']).toBeLessThan(cancelled.length / 8);
});

test('the book goes two years back and six weeks ahead; some of what was booked came to nothing', () => {
  const all = ofType<Appointment>(whole, 'Appointment');
  const past = all.filter(({ start = '' }) => start < MONDAY);
  const days = all.map(({ start = '' }) => start.slice(0, 10)).toSorted();
  expect(days[0]).toSatisfy((day: string) => day < '2025-01-01');
  expect(all.filter(({ start = '' }) => start > '2026-12-14').length).toBeGreaterThan(10);
  const counts = countBy(past, ({ status }) => status);
  expect(Object.keys(counts).toSorted()).toEqual(['cancelled', 'fulfilled', 'noshow']);
  for (const lost of ['cancelled', 'noshow']) {
    expect((counts[lost] ?? 0) / past.length).toBeGreaterThan(0.04);
    expect((counts[lost] ?? 0) / past.length).toBeLessThan(0.08);
  }
});

test.each([
  ['quiet', 2, 5],
  ['busy', 20, 24],
] as const)('a %s day has so many appointments, the week after it stays plausible', (day, least, most) => {
  const records = clinic({ day });
  const all = ofType<Appointment>(records, 'Appointment');
  const held = countBy(all, ({ start = '' }) => start.slice(0, 10));
  expect(held[MONDAY]).toSatisfy((count: number) => count >= least && count <= most);
  for (const later of ['2026-11-24', '2026-11-25', '2026-11-27', '2026-11-30']) {
    expect(held[later]).toSatisfy((count: number) => count >= 8 && count <= 24);
  }
});

test('on a busy day every chair is taken all day', () => {
  const minutes = new Map<string, number>();
  for (const { participant, start, end } of todaysAppointments(clinic({ day: 'busy' }))) {
    const chair = participant[1]?.actor?.reference ?? '';
    const length = (Date.parse(end ?? '') - Date.parse(start ?? '')) / 60_000;
    minutes.set(chair, (minutes.get(chair) ?? 0) + length);
  }
  expect(minutes.size).toBe(6);
  expect([...minutes.values()].filter((held) => held < 300)).toEqual([]);
});
