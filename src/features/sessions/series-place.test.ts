import { describe, expect, test } from 'vitest';
import { local } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { sessionWith } from '#tests/support/session-fixture.ts';
import { toAppointmentDetail } from '../appointments/appointment-detail.ts';
import { toCourse } from '../courses/course.ts';
import { placeInSeries } from './series-place.ts';

function read(fields: Readonly<Record<string, unknown>>) {
  return toAppointmentDetail({ resourceType: 'Appointment', id: 'a1', ...fields }, readingWith());
}

describe('the place in a series', () => {
  const course = toCourse(
    {
      resourceType: 'CarePlan',
      id: 'k1',
      subject: { reference: 'Patient/7' },
      activity: [
        {
          outcomeReference: [{ reference: 'Encounter/e1' }, { reference: 'Encounter/e2' }],
          detail: { scheduledTiming: { repeat: { count: 6 } } },
        },
      ],
    },
    readingWith(),
  );
  const booked = (day: number, fields: object = {}) =>
    read({
      id: `a${day}`,
      status: 'booked',
      serviceType: [{ coding: [local('induction')] }],
      supportingInformation: [{ reference: 'CarePlan/k1' }],
      start: `2026-12-0${day}T15:00:00Z`,
      ...fields,
    });
  const [first, second, cancelled] = [booked(1), booked(3), booked(2, { status: 'cancelled' })];
  const all = [second, cancelled, first];

  test('counts on from the signed sessions', () => {
    expect(all.map((one) => placeInSeries(one, all, course, []))).toEqual([4, undefined, 3]);
  });

  test.each([
    ['of another course', { supportingInformation: [{ reference: 'CarePlan/k2' }] }],
    ['for maintenance', { serviceType: [{ coding: [local('maintenance')] }] }],
    ['without a time', { start: undefined }],
    ['that is over', { status: 'fulfilled' }],
  ])('is not known of one %s', (_, fields) => {
    expect(placeInSeries(booked(4, fields), all, course, [])).toBeUndefined();
  });

  test('is not known without the course', () => {
    expect(placeInSeries(first, all, undefined, [])).toBeUndefined();
  });

  describe('after one that is over', () => {
    const over = booked(1, { status: 'fulfilled' });
    const next = booked(3);
    const held = (id: string, state: 'open' | 'finished' | 'voided') =>
      sessionWith(id, '2026-12-01T15:00:00Z', { state, appointmentId: 'a1' });

    test.each([
      ['discharged, and not signed yet', [held('e3', 'open')], 4],
      ['finished, and not signed yet', [held('e3', 'finished')], 4],
      ['signed', [held('e2', 'finished')], 3],
      ['voided', [held('e3', 'voided')], 3],
      ['not held', [], 3],
    ])('%s', (_, sessions, place) => {
      expect(placeInSeries(next, [over, next], course, sessions)).toBe(place);
    });

    test('whose session was signed before it left its state behind counts once', () => {
      const here = booked(1, { status: 'checked-in' });
      expect(placeInSeries(next, [here, next], course, [held('e2', 'finished')])).toBe(3);
    });

    test('is known without the sessions only while no more are over than are signed', () => {
      const others = [over, booked(2, { status: 'fulfilled' })];
      expect(placeInSeries(next, [...others, next], course, undefined)).toBe(3);
      const third = booked(1, { id: 'a0', status: 'fulfilled' });
      expect(placeInSeries(next, [...others, third, next], course, undefined)).toBeUndefined();
    });
  });
});
