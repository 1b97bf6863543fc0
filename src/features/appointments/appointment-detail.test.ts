import { describe, expect, test } from 'vitest';
import { local } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { toCourse } from '../courses/course.ts';
import { placeInSeries, toAppointmentDetail } from './appointment-detail.ts';

const actor = (reference: string, display?: string, status = 'accepted') => ({
  actor: { reference, display },
  status,
});

function read(fields: Readonly<Record<string, unknown>>) {
  return toAppointmentDetail({ resourceType: 'Appointment', id: 'a1', ...fields }, readingWith());
}

test('an appointment names its chair, its staff and its course', () => {
  const appointment = read({
    participant: [
      actor('Patient/7', 'OKAFOR Ada'),
      actor('Location/1', 'Chair 1'),
      actor('Practitioner/2', 'Maribel Ruiz RN'),
      actor('Practitioner/3'),
    ],
    supportingInformation: [{ reference: 'Condition/1' }, { reference: 'CarePlan/k1' }],
  });
  expect(appointment).toMatchObject({ chair: 'Chair 1', staff: ['Maribel Ruiz RN'], courseId: 'k1' });
});

describe('who cancelled', () => {
  test.each([
    ['declined', 'patient'],
    ['needs-action', 'clinic'],
    ['tentative', 'medical'],
    ['accepted', undefined],
  ])('by the participation %s', (status, cancelledBy) => {
    const participant = [actor('Practitioner/2', 'Nurse', 'declined'), actor('Patient/7', undefined, status)];
    expect(read({ status: 'cancelled', participant }).cancelledBy).toBe(cancelledBy);
    expect(read({ status: 'booked', participant }).cancelledBy).toBeUndefined();
  });

  test.each([
    ['Patient: has a cold', 'has a cold'],
    ['nurse ill', 'nurse ill'],
  ])('and why: %s', (text, reason) => {
    expect(read({ status: 'cancelled', cancelationReason: { text } }).reason).toBe(reason);
  });
});

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
    expect(all.map((one) => placeInSeries(one, all, course))).toEqual([4, undefined, 3]);
  });

  test.each([
    ['of another course', { supportingInformation: [{ reference: 'CarePlan/k2' }] }],
    ['for maintenance', { serviceType: [{ coding: [local('maintenance')] }] }],
    ['without a time', { start: undefined }],
    ['that is over', { status: 'fulfilled' }],
  ])('is not known of one %s', (_, fields) => {
    expect(placeInSeries(booked(4, fields), all, course)).toBeUndefined();
  });

  test('is not known without the course', () => {
    expect(placeInSeries(first, all, undefined)).toBeUndefined();
  });
});
