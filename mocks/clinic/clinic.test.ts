import type { Appointment, Encounter, Patient, Resource, Task } from 'fhir/r4';
import { expect, test } from 'vitest';
import { DAYS, clinic, ofType, references } from './clinic-testing.ts';

const ZONES = ['America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu', 'UTC'];

const whole = clinic();

test('the same options give the same clinic', () => {
  expect(clinic()).toEqual(whole);
});

test('a patient has the same records in a smaller and in a larger clinic', () => {
  const keys = (records: readonly Resource[]) =>
    new Map(records.map((one) => [`${one.resourceType}/${one.id}`, one]));
  const [small, medium, large] = [clinic({ patients: 50 }), whole, clinic({ patients: 500 })].map(keys);
  for (const [fewer, more] of [
    [small, medium],
    [medium, large],
  ]) {
    expect(fewer?.size).toBeGreaterThan(300);
    for (const [key, record] of fewer ?? []) expect(more?.get(key)).toEqual(record);
  }
});

test.each([0, 1, 240, 241])('a clinic of %i patients has as many', (patients) => {
  const records = clinic({ patients });
  expect(ofType<Patient>(records, 'Patient').map(({ id }) => id)).toEqual(
    Array.from({ length: patients }, (_, index) => `p-${String(index + 1).padStart(4, '0')}`),
  );
  expect(records.filter((one) => one.id?.includes('chair-'))).toHaveLength(patients > 240 ? 12 : 6);
});

test.each(DAYS.map((today, index) => ({ today, timeZone: ZONES[index % ZONES.length] ?? 'UTC' })))(
  '$today in $timeZone: ids unique, references resolve, chairs held once, inside opening hours',
  ({ today, timeZone }) => {
    const records = clinic({ today, timeZone });
    const ids = records.map(({ resourceType, id }) => `${resourceType}/${id}`);
    const known = new Set(ids);
    expect(known.size).toBe(ids.length);
    expect(references(records).filter((one) => !known.has(one))).toEqual([]);

    const byChair = new Map<string, { start: number; end: number }[]>();
    const hold = (chair: string | undefined, start: string | undefined, end: string | undefined) => {
      const [from, to] = [start, end].map((text) => Temporal.Instant.from(text ?? ''));
      const local = (at: Temporal.Instant | undefined) => at?.toZonedDateTimeISO(timeZone);
      expect(local(from)?.hour).toBeGreaterThanOrEqual(8);
      expect(local(to)?.toPlainTime().toString() ?? '').toSatisfy((clock: string) => clock <= '17:00:00');
      expect(local(from)?.dayOfWeek).toBeLessThanOrEqual(5);
      // The text carries the zone's offset of that moment.
      expect(start?.slice(19)).toBe(local(from)?.offset);
      const list = byChair.get(chair ?? '') ?? [];
      byChair.set(chair ?? '', [
        ...list,
        { start: from?.epochMilliseconds ?? 0, end: to?.epochMilliseconds ?? 0 },
      ]);
    };
    const appointments = ofType<Appointment>(records, 'Appointment');
    for (const { participant, start, end } of appointments)
      hold(participant[1]?.actor?.reference, start, end);
    for (const { appointment, location, period } of ofType<Encounter>(records, 'Encounter')) {
      if (appointment === undefined) hold(location?.[0]?.location.reference, period?.start, period?.end);
    }
    expect(byChair.size).toBe(6);
    for (const held of byChair.values()) {
      const inOrder = held.toSorted((a, b) => a.start - b.start);
      inOrder.forEach(({ start }, index) =>
        expect(start).toBeGreaterThanOrEqual(inOrder[index - 1]?.end ?? -Infinity),
      );
    }
  },
);

test('the dead and the inactive are not expected, called or reminded', () => {
  const gone = ofType<Patient>(whole, 'Patient').filter(
    (one) => one.active === false || one.deceasedBoolean === true || one.deceasedDateTime !== undefined,
  );
  expect(gone).toHaveLength(8);
  const theirs = new Set(gone.map(({ id }) => `Patient/${id}`));
  for (const { participant } of ofType<Appointment>(whole, 'Appointment')) {
    expect(theirs.has(participant[0]?.actor?.reference ?? '')).toBe(false);
  }
  const tasks = ofType<Task>(whole, 'Task').filter((task) => theirs.has(task.for?.reference ?? ''));
  expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(['cancelled']));
});
