import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { daysOver, daysWaitedOver, REMINDER_CODES, reminderText, toReminder } from './reminder.ts';

const today = Temporal.PlainDate.from('2026-11-23');

function read(fields: Readonly<Record<string, unknown>>, timeZone = 'America/New_York') {
  return toReminder({ resourceType: 'Task', id: 't1', ...fields }, readingWith({ timeZone }));
}

describe('a reminder', () => {
  test('has its patient, kind, days and course', () => {
    const reminder = read({
      for: { reference: 'Patient/7' },
      code: { coding: [{ system: LOCAL_SYSTEM, code: 'maintenance-infusion' }] },
      basedOn: [{ reference: 'ServiceRequest/1' }, { reference: 'CarePlan/k1' }],
      executionPeriod: { start: '2026-11-23T05:00:00Z', end: '2026-11-23T05:00:00Z' },
      restriction: { period: { end: '2026-11-20' } },
    });
    expect(reminder).toMatchObject({ id: 't1', patientId: '7', kind: 'maintenance', courseId: 'k1' });
    expect(reminder.nextAction?.toString()).toBe('2026-11-23');
    expect(reminder.due?.toString()).toBe('2026-11-20');
  });

  test('has the days of the clinic’s zone', () => {
    const executionPeriod = { start: '2026-11-23T14:00:00Z' };
    expect(read({ executionPeriod }).nextAction?.toString()).toBe('2026-11-23');
    expect(read({ executionPeriod }, 'Pacific/Auckland').nextAction?.toString()).toBe('2026-11-24');
  });

  test.each(Object.entries(REMINDER_CODES))('of the kind %s carries the code %s', (kind, code) => {
    expect(read({ code: { coding: [{ code: 'x' }, { system: LOCAL_SYSTEM, code }] } }).kind).toBe(kind);
    expect(read({ code: { coding: [{ system: 'urn:other', code }] } }).kind).toBeUndefined();
  });

  test('that says nothing is known to be one, and no more', () => {
    expect(read({})).toEqual({
      id: 't1',
      patientId: undefined,
      kind: undefined,
      state: 'unknown',
      nextAction: undefined,
      due: undefined,
      courseId: undefined,
    });
  });

  test.each([
    ['for', { for: 'Patient/7' }],
    ['period', { executionPeriod: { start: 20261123 } }],
    ['code', { code: 'maintenance-infusion' }],
  ])('with an ill-typed %s cannot be read', (_, fields) => {
    expect(() => read(fields)).toThrow(/expected/);
  });
});

describe('days over the due date', () => {
  const due = (end: string | undefined) => read({ restriction: { period: { ...(end && { end }) } } });

  test.each([
    ['2026-11-24', undefined],
    ['2026-11-23', 0],
    ['2026-11-22', 1],
    ['2026-10-23', 31],
    ['2025-11-23', 365],
    [undefined, undefined],
    ['2026-11', undefined],
  ])('%s: %s', (end, days) => {
    expect(daysOver(due(end), today)).toBe(days);
  });

  test('are days of the calendar, whatever the clocks do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), (days) => {
        const end = today.subtract({ days });
        const instant = end.toZonedDateTime('America/New_York').toInstant().toString();
        expect(daysOver(due(end.toString()), today)).toBe(days);
        expect(daysOver(due(instant), today)).toBe(days);
      }),
    );
  });
});

test.each([
  ['requested', '2026-12-01', '2026-12-01', 'due 1 Dec 2026'],
  ['requested', undefined, undefined, 'no due date'],
  ['received', '2026-12-03', '2026-12-01', 'called, next try 3 Dec 2026, due 1 Dec 2026'],
  ['received', undefined, undefined, 'called'],
  ['on-hold', '2026-12-03', '2026-11-20', 'snoozed until 3 Dec 2026, due 20 Nov 2026'],
  ['on-hold', '2026-11-24', undefined, 'snoozed until 24 Nov 2026'],
  ['on-hold', '2026-11-23', '2026-11-20', 'due 20 Nov 2026'],
  ['on-hold', undefined, '2026-11-20', 'snoozed, due 20 Nov 2026'],
  ['accepted', '2026-12-10', '2026-12-01', 'booked for 10 Dec 2026, due 1 Dec 2026'],
  ['accepted', undefined, undefined, 'booked'],
  ['draft', undefined, '2026-12-01', 'state not recorded, due 1 Dec 2026'],
])('a reminder that is %s, next action %s, due %s: %s', (status, next, due, words) => {
  const reminder = read({
    status,
    ...(next && { executionPeriod: { start: next } }),
    ...(due && { restriction: { period: { end: due } } }),
  });
  expect(reminderText(reminder, today)).toBe(words);
});

test.each([
  ['requested', '2026-11-12', '2026-11-12', 11],
  ['received', '2026-11-24', '2026-11-12', 11],
  ['on-hold', '2026-11-23', '2026-11-12', 11],
  ['on-hold', '2026-11-30', '2026-11-12', 0],
  ['accepted', '2026-11-12', '2026-11-12', 0],
  ['requested', '2026-11-23', '2026-11-24', 0],
])('%s with its next action on %s and due on %s has waited %i days over', (status, next, due, days) => {
  const reminder = read({
    status,
    executionPeriod: { start: `${next}T05:00:00Z` },
    restriction: { period: { end: due } },
  });
  expect(daysWaitedOver(reminder, today)).toBe(days);
});
