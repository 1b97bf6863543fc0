import { expect, test } from 'vitest';
import { toCourseDetail } from '#src/features/courses/course-detail.ts';
import { toReminderDetail } from '#src/features/reminders/reminder-detail.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { dueReason } from './due-reason.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const lastSession = Temporal.PlainDate.from('2026-11-13');

const course = (repeat: object, status = 'active') =>
  toCourseDetail(
    {
      resourceType: 'CarePlan',
      id: 'k1',
      status,
      subject: { reference: 'Patient/7' },
      activity: [{ detail: { scheduledTiming: { repeat } } }],
    },
    readingWith(),
  );
const reminder = (end: string) =>
  toReminderDetail(
    { resourceType: 'Task', id: 't1', status: 'requested', restriction: { period: { end } } },
    readingWith(),
  );
const facts = {
  reminder: reminder('2027-01-14'),
  course: course({ period: 62, periodMax: 84, periodUnit: 'd' }),
  madeAfter: undefined,
  lastSession,
  protocolDays: 84,
  today,
};

test('the sum that gives the due date is shown', () => {
  expect(dueReason(facts)).toEqual([
    'The reminder: due 14 Jan 2027.',
    'Last session on 13 Nov 2026.',
    'Interval in force: 62 days; the protocol’s is 84 days.',
    '13 Nov 2026 + 62 days = 14 Jan 2027.',
  ]);
});

test('a reminder that says another day is not explained away', () => {
  expect(dueReason({ ...facts, reminder: reminder('2027-01-20') }).at(-1)).toBe(
    '13 Nov 2026 + 62 days is 14 Jan 2027; the records do not say why the reminder differs.',
  );
});

test.each([
  [
    'the protocol’s own interval',
    course({ period: 84, periodUnit: 'd' }),
    'Interval in force: 84 days, as in the protocol.',
  ],
  [
    'an interval that is not recorded',
    course({}),
    'The protocol’s interval is 84 days; which one is in force is not recorded.',
  ],
])('%s', (_, one, sentence) => {
  expect(dueReason({ ...facts, course: one })).toContain(sentence);
});

test('a session after the one that made it is told, and the sum is from the one that did', () => {
  expect(dueReason({ ...facts, madeAfter: Temporal.PlainDate.from('2026-11-01') })).toEqual([
    'The reminder: due 14 Jan 2027.',
    'Made after the session of 1 Nov 2026.',
    'The course’s last session was on 13 Nov 2026.',
    'Interval in force: 62 days; the protocol’s is 84 days.',
    '1 Nov 2026 + 62 days is 2 Jan 2027; the records do not say why the reminder differs.',
  ]);
});

test.each([
  ['on-hold', 'The course is paused.'],
  ['revoked', 'The course has ended.'],
])('a course that is %s says so', (status, sentence) => {
  expect(dueReason({ ...facts, course: course({}, status) })).toContain(sentence);
});

test('nothing is invented', () => {
  expect(dueReason({ ...facts, course: undefined, lastSession: undefined, protocolDays: undefined })).toEqual(
    ['The reminder: due 14 Jan 2027.', 'The records do not say more.'],
  );
});
