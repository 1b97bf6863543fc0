import { describe, expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { sessionDay, toUnsignedNote } from './session.ts';

describe('the day of a session', () => {
  test.each([
    ['in the evening', { period: { start: '2026-11-24T01:00:00Z' } }, '2026-11-23'],
    ['on the day with two hours the same', { period: { start: '2026-11-01T06:30:00Z' } }, '2026-11-01'],
    ['not recorded', {}, undefined],
    ['not readable', { period: '2026-11-23' }, undefined],
    ['partial', { period: { start: '2026-11' } }, undefined],
  ])('%s', (_, fields, day) => {
    expect(sessionDay({ resourceType: 'Encounter', id: 'e1', ...fields }, readingWith())?.toString()).toBe(
      day,
    );
  });
});

describe('an unsigned note', () => {
  const note = (fields: object) =>
    toUnsignedNote(
      { resourceType: 'Composition', id: 'n1', subject: { reference: 'Patient/7' }, ...fields },
      readingWith(),
    );

  test('has a patient and the clinic’s day', () => {
    const { patientId, day } = note({ date: '2026-11-20T03:30:00Z' });
    expect(patientId).toBe('7');
    expect(day.toString()).toBe('2026-11-19');
  });

  test.each([
    ['without a day', {}],
    ['with half a day', { date: '2026-11' }],
    ['with an ill-typed day', { date: 20261120 }],
  ])('%s cannot be read, rather than be counted nowhere', (_, fields) => {
    expect(() => note(fields)).toThrow(/field date|expected/);
  });
});
