import { expect, test } from 'vitest';
import { toCourseDetail } from '#src/features/courses/course-detail.ts';
import { toReminderDetail } from '#src/features/reminders/reminder-detail.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { dueReason } from './due-reason.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const lastSession = Temporal.PlainDate.from('2026-11-13');

const course = (repeat: object) =>
  toCourseDetail(
    {
      resourceType: 'CarePlan',
      id: 'k1',
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
    'Last session + 62 days is 14 Jan 2027; the records do not say why the reminder differs.',
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

test('nothing is invented', () => {
  expect(dueReason({ ...facts, course: undefined, lastSession: undefined, protocolDays: undefined })).toEqual(
    ['The reminder: due 14 Jan 2027.', 'The records do not say more.'],
  );
});
