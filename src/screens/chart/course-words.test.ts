import { describe, expect, test } from 'vitest';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { toCourseDetail } from '#src/features/courses/course-detail.ts';
import { toSession } from '#src/features/sessions/session.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { courseDates, daysText, endingText } from './course-words.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

function course(phase: string, done: readonly string[], fields: Readonly<Record<string, unknown>> = {}) {
  return toCourseDetail(
    {
      resourceType: 'CarePlan',
      id: 'k1',
      status: 'active',
      subject: { reference: 'Patient/7' },
      category: [{ coding: [{ system: LOCAL_SYSTEM, code: `phase-${phase}` }] }],
      period: { start: '2026-02-01T05:00:00Z', end: '2026-06-11T04:00:00Z' },
      activity: [
        {
          outcomeReference: done.map((id) => ({ reference: `Encounter/${id}` })),
          detail: { statusReason: { text: 'moved away' }, scheduledTiming: { repeat: { count: 2 } } },
        },
      ],
      ...fields,
    },
    readingWith(),
  );
}

const sessions = ['2026-03-04', '2026-03-16'].map((start, index) =>
  toSession(
    {
      resourceType: 'Encounter',
      id: `e${index + 1}`,
      type: [{ coding: [{ system: LOCAL_SYSTEM, code: 'ketamine-infusion' }] }],
      period: { start },
    },
    readingWith(),
  ),
);

describe('since when a course is in its phase', () => {
  test.each([
    ['consultation', [], '2026-02-01'],
    ['induction', ['e1'], '2026-03-04'],
    ['induction', [], undefined],
    ['maintenance', ['e1', 'e2'], '2026-03-16'],
    ['maintenance', ['e1'], undefined],
    ['maintenance', ['e1', 'elsewhere'], undefined],
    ['ended', ['e1', 'e2'], undefined],
  ])('%s after %j', (phase, done, since) => {
    expect(courseDates(course(phase, done), sessions).phaseSince?.toString()).toBe(since);
  });
});

test.each([
  ['2026-03-04', '2026-03-16', '4–16 Mar 2026'],
  ['2026-02-28', '2026-03-16', '28 Feb – 16 Mar 2026'],
  ['2025-12-28', '2026-01-06', '28 Dec 2025 – 6 Jan 2026'],
  ['2026-03-04', '2026-03-04', '4 Mar 2026'],
])('from %s to %s: %s', (first, last, text) => {
  expect(daysText(day(first), day(last))).toBe(text);
});

test.each([
  ['active', ''],
  ['on-hold', 'Paused: moved away'],
  ['completed', 'Completed 11 Jun 2026: moved away'],
  ['revoked', 'Stopped 11 Jun 2026: moved away'],
])('a course of the status %s: %s', (status, text) => {
  expect(endingText(course('maintenance', [], { status }))).toBe(text);
});
