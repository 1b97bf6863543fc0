import { describe, expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { isSession, minutesLate, toAppointment } from './appointment.ts';

function read(fields: Readonly<Record<string, unknown>>) {
  return toAppointment({ resourceType: 'Appointment', id: 'a1', ...fields }, readingWith());
}

describe('an appointment', () => {
  test('has its times and its patients', () => {
    const actor = (reference: string) => ({ actor: { reference } });
    const appointment = read({
      status: 'booked',
      start: '2026-11-23T09:00:00-05:00',
      end: '2026-11-23T14:45:00Z',
      participant: [actor('Location/1'), actor('Patient/7'), {}, actor('Practitioner/2'), actor('Patient/8')],
    });
    expect(appointment).toMatchObject({ id: 'a1', patientIds: ['7', '8'], state: 'booked' });
    expect(appointment.start?.toString()).toBe('2026-11-23T14:00:00Z');
    expect(appointment.end?.toString()).toBe('2026-11-23T14:45:00Z');
  });

  test.each([
    ['booked', 'booked'],
    ['arrived', 'arrived'],
    ['checked-in', 'inSession'],
    ['fulfilled', 'fulfilled'],
    ['noshow', 'noShow'],
    ['cancelled', 'cancelled'],
    ['waitlist', 'unknown'],
    ['in-progress', 'unknown'],
    ['constructor', 'unknown'],
    [undefined, 'unknown'],
  ])('of the status %s is in the state %s', (status, state) => {
    expect(read({ status }).state).toBe(state);
  });

  test('without times or patients says that it does not know them', () => {
    expect(read({ start: '2026-11-23' })).toEqual({
      id: 'a1',
      patientIds: [],
      start: undefined,
      end: undefined,
      state: 'unknown',
      kind: 'unknown',
      service: undefined,
    });
  });

  const ours = (code: string) => ({ coding: [{ system: LOCAL_SYSTEM, code }] });

  test.each([
    ['a consultation', [ours('consultation')], 'consultation', false],
    ['an infusion of the series', [{ text: 'IV' }, ours('induction')], 'induction', true],
    ['a maintenance infusion', [ours('maintenance')], 'maintenance', true],
    ['nothing', undefined, 'unknown', true],
    [
      'a service of another system',
      [{ coding: [{ system: 'urn:other', code: 'consultation' }] }],
      'unknown',
      true,
    ],
    ['two things at once', [ours('consultation'), ours('induction')], 'unknown', true],
  ])('whose service is %s', (_, serviceType, kind, session) => {
    const appointment = read({ ...(serviceType && { serviceType }) });
    expect(appointment.kind).toBe(kind);
    expect(isSession(appointment)).toBe(session);
  });

  test('names its service in the words of the record', () => {
    expect(read({ serviceType: [{}, { text: 'Infusion, chair' }] }).service).toBe('Infusion, chair');
  });

  test.each([
    ['start', { start: 900 }],
    ['participant', { participant: { actor: {} } }],
    ['status', { status: ['booked'] }],
  ])('with an ill-typed %s cannot be read', (_, fields) => {
    expect(() => read(fields)).toThrow(/expected/);
  });
});

describe('late', () => {
  const start = '2026-11-23T14:00:00Z';

  test.each([
    ['before the time', 'booked', '2026-11-23T13:59:00Z', undefined],
    ['at the time', 'booked', '2026-11-23T14:00:00Z', undefined],
    ['within the first minute', 'booked', '2026-11-23T14:00:59Z', undefined],
    ['by a minute', 'booked', '2026-11-23T14:01:00Z', 1],
    ['by hours', 'booked', '2026-11-23T16:30:00Z', 150],
    ['but here', 'arrived', '2026-11-23T14:30:00Z', undefined],
    ['but in session', 'checked-in', '2026-11-23T14:30:00Z', undefined],
    ['but not coming', 'noshow', '2026-11-23T14:30:00Z', undefined],
    ['but cancelled', 'cancelled', '2026-11-23T14:30:00Z', undefined],
  ])('%s', (_, status, now, minutes) => {
    expect(minutesLate(read({ status, start }), Temporal.Instant.from(now))).toBe(minutes);
  });

  test('over a change of the clocks is counted in minutes that passed', () => {
    // 01:30 EDT, and 01:15 EST three quarters of an hour later.
    const appointment = read({ status: 'booked', start: '2026-11-01T01:30:00-04:00' });
    expect(minutesLate(appointment, Temporal.Instant.from('2026-11-01T01:15:00-05:00'))).toBe(45);
  });

  test('is unknown without a time', () => {
    expect(minutesLate(read({ status: 'booked' }), Temporal.Instant.from(start))).toBeUndefined();
  });
});
