import { describe, expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { toAppointmentDetail } from './appointment-detail.ts';

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
