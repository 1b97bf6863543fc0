import { describe, expect, test } from 'vitest';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { currentCourse, toCourseDetail } from './course-detail.ts';

function read(fields: Readonly<Record<string, unknown>>) {
  const resource = {
    resourceType: 'CarePlan',
    id: 'k1',
    status: 'active',
    subject: { reference: 'Patient/7' },
    category: [{ coding: [{ system: LOCAL_SYSTEM, code: 'phase-maintenance' }] }],
    ...fields,
  };
  return toCourseDetail(resource, readingWith());
}

const activity = (repeat: object, reason?: string) => ({
  detail: { ...(reason && { statusReason: { text: reason } }), scheduledTiming: { repeat } },
});

describe('the interval of maintenance', () => {
  test.each([
    ['days', { frequency: 1, period: 62, periodMax: 84, periodUnit: 'd' }, 62, 84],
    ['weeks', { frequency: 1, period: 4, periodMax: 12, periodUnit: 'wk' }, 28, 84],
    ['without a frequency', { period: 28, periodUnit: 'd' }, 28, undefined],
    ['twice in a time', { frequency: 2, period: 8, periodUnit: 'wk' }, 28, undefined],
    [
      'months, which are no number of days',
      { period: 2, periodMax: 3, periodUnit: 'mo' },
      undefined,
      undefined,
    ],
    ['without a unit', { period: 28 }, undefined, undefined],
    ['broken days', { frequency: 3, period: 7, periodUnit: 'd' }, undefined, undefined],
    ['no time at all', { period: 0, periodUnit: 'd' }, undefined, undefined],
  ])('in %s', (_, repeat, intervalDays, protocolIntervalDays) => {
    const course = read({
      activity: [activity({ count: 6, period: 1, periodUnit: 'wk' }), activity(repeat)],
    });
    expect(course).toMatchObject({ intervalDays, protocolIntervalDays });
  });
});

describe('the end of a course', () => {
  const period = { start: '2026-02-01T05:00:00Z', end: '2026-06-11T04:00:00Z' };

  test.each([
    ['completed', 'completed', '2026-06-11'],
    ['revoked', 'stopped', '2026-06-11'],
    ['active', undefined, undefined],
    ['on-hold', undefined, undefined],
  ])('of the status %s', (status, ending, until) => {
    const course = read({ status, period });
    expect(course.ending).toBe(ending);
    expect(course.from?.toString()).toBe('2026-02-01');
    expect(course.until?.toString()).toBe(until);
  });

  test('has the reason that its activities carry, the last one', () => {
    const activities = [activity({ count: 6 }, 'done'), activity({ period: 28 }, 'moved away')];
    expect(read({ status: 'revoked', activity: activities }).reason).toBe('moved away');
    expect(read({ status: 'revoked' }).reason).toBeUndefined();
  });
});

test('the course under way is the newest that is not over', () => {
  const [old, running, other] = [read({ id: 'a', status: 'revoked' }), read({ id: 'b' }), read({ id: 'c' })];
  expect(currentCourse([old, running, other])).toBe(running);
  expect(currentCourse([old])).toBeUndefined();
});

test('an ill-typed field cannot be read', () => {
  expect(() => read({ activity: [{ detail: { statusReason: 'pause' } }] })).toThrow(/expected/);
});
