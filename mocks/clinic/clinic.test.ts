import type { Appointment, Encounter, Patient, Resource, Task } from 'fhir/r4';
import { expect, test } from 'vitest';
import { DAYS, MONDAY, clinic, countBy, ofType, references } from './clinic-testing.ts';

const ZONES = ['America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu', 'UTC'];

const whole = clinic();

test('the same options give the same clinic', { timeout: 20_000 }, () => {
  expect(JSON.stringify(clinic()) === JSON.stringify(whole)).toBe(true);
});

test('a patient has the same records in a smaller and in a larger clinic', { timeout: 30_000 }, () => {
  const keys = (records: readonly Resource[]) =>
    new Map(records.map((one) => [`${one.resourceType}/${one.id}`, JSON.stringify(one)]));
  const [small, medium, large] = [clinic({ patients: 50 }), whole, clinic({ patients: 500 })].map(keys);
  for (const [fewer, more] of [
    [small, medium],
    [medium, large],
  ]) {
    expect(fewer?.size).toBeGreaterThan(3000);
    expect([...(fewer ?? [])].filter(([key, record]) => more?.get(key) !== record)).toEqual([]);
  }
});

test('a large clinic has about ten sessions to a patient', { timeout: 20_000 }, () => {
  const sessions = ofType<Encounter>(clinic({ patients: 480 }), 'Encounter');
  expect(sessions.length / 480).toBeGreaterThan(9.5);
});

test.each([0, 1, 240, 241])('a clinic of %i patients has as many', { timeout: 20_000 }, (patients) => {
  const records = clinic({ patients });
  expect(ofType<Patient>(records, 'Patient').map(({ id }) => id)).toEqual(
    Array.from({ length: patients }, (_, index) => `p-${String(index + 1).padStart(4, '0')}`),
  );
  expect(records.filter((one) => one.id?.includes('chair-'))).toHaveLength(patients > 240 ? 12 : 6);
});

test.each(DAYS.map((today, index) => ({ today, timeZone: ZONES[index % ZONES.length] ?? 'UTC' })))(
  '$today in $timeZone: ids unique, references resolve, nobody and no chair twice at once, inside opening hours',
  { timeout: 20_000 },
  ({ today, timeZone }) => {
    const records = clinic({ today, timeZone });
    const ids = records.map(({ resourceType, id }) => `${resourceType}/${id}`);
    const known = new Set(ids);
    expect(known.size).toBe(ids.length);
    expect(references(records).filter((one) => !known.has(one))).toEqual([]);

    const byChair = new Map<string, Stretch[]>();
    const byPatient = new Map<string, Stretch[]>();
    const instants = new Map<string, Temporal.ZonedDateTime>();
    const local = (text = '') => {
      const at = instants.get(text) ?? Temporal.Instant.from(text).toZonedDateTimeISO(timeZone);
      instants.set(text, at);
      return at;
    };
    const hold = (held: Map<string, Stretch[]>, key = '', start = '', end = '') => {
      const stretch = { start: local(start).epochMilliseconds, end: local(end).epochMilliseconds };
      held.set(key, [...(held.get(key) ?? []), stretch]);
    };
    const appointments = ofType<Appointment>(records, 'Appointment');
    const outside = appointments.filter(({ start, end }) => {
      const [from, to] = [local(start), local(end)];
      // The text carries the zone's offset of that moment.
      return !(
        from.hour >= 8 &&
        to.toPlainTime().toString() <= '17:00:00' &&
        from.dayOfWeek <= 5 &&
        start?.slice(19) === from.offset
      );
    });
    expect(outside).toEqual([]);
    for (const { participant, start, end, status } of appointments) {
      hold(byChair, participant[1]?.actor?.reference, start, end);
      if (status !== 'cancelled') hold(byPatient, participant[0]?.actor?.reference, start, end);
    }
    for (const { appointment, location, period } of ofType<Encounter>(records, 'Encounter')) {
      if (appointment === undefined) {
        hold(byChair, location?.[0]?.location.reference, period?.start, period?.end);
      }
    }
    expect(byChair.size).toBe(6);
    expect([...byChair.values(), ...byPatient.values()].filter(overlaps)).toEqual([]);
  },
);

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function overlaps(held: readonly Stretch[]): boolean {
  const inOrder = held.toSorted((a, b) => a.start - b.start);
  return inOrder.some(({ start }, index) => start < (inOrder[index - 1]?.end ?? -Infinity));
}

test('the dead and the inactive are not expected, called or reminded', () => {
  const gone = ofType<Patient>(whole, 'Patient').filter(
    (one) => one.active === false || one.deceasedBoolean === true || one.deceasedDateTime !== undefined,
  );
  expect(gone).toHaveLength(8);
  const theirs = new Set(gone.map(({ id }) => `Patient/${id}`));
  const appointments = ofType<Appointment>(whole, 'Appointment').filter(
    ({ participant, start = '' }) =>
      theirs.has(participant[0]?.actor?.reference ?? '') && start > '2026-11-01',
  );
  expect(appointments).toEqual([]);
  const tasks = ofType<Task>(whole, 'Task').filter((task) => theirs.has(task.for?.reference ?? ''));
  expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(['cancelled', 'completed']));
});

test('several who come on one day share a surname', () => {
  const surnames = new Map(
    ofType<Patient>(whole, 'Patient').map(({ id, name }) => [`Patient/${id}`, name?.[0]?.family ?? '']),
  );
  const today = ofType<Appointment>(whole, 'Appointment').filter(({ start = '' }) =>
    start.startsWith(MONDAY),
  );
  const counts = countBy(today, ({ participant }) => {
    return surnames.get(participant[0]?.actor?.reference ?? '') ?? '';
  });
  expect(Object.values(counts).filter((count) => count > 1).length).toBeGreaterThan(0);
});
