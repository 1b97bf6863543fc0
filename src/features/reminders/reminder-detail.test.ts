import { expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { asksForNoContact, reminderStory, toReminderDetail } from './reminder-detail.ts';

const today = Temporal.PlainDate.from('2026-11-23');

const read = (fields: Readonly<Record<string, unknown>>) =>
  toReminderDetail(
    { resourceType: 'Task', id: 't1', restriction: { period: { end: '2026-12-01' } }, ...fields },
    readingWith(),
  );

test.each([
  ['requested', undefined, 'due 1 Dec 2026'],
  ['completed', 'attended', 'done, was due 1 Dec 2026'],
  ['rejected', 'declined', 'declined, was due 1 Dec 2026'],
  ['cancelled', 'withdrawn', 'withdrawn, was due 1 Dec 2026'],
  ['draft', undefined, 'state not recorded, due 1 Dec 2026'],
])('of the status %s is closed as %s: %s', (status, closed, story) => {
  const reminder = read({ status });
  expect(reminder.closed).toBe(closed);
  expect(reminderStory(reminder, today)).toBe(story);
});

test('says why, what made it and what answers it', () => {
  const reminder = read({
    status: 'rejected',
    statusReason: { text: 'moved away' },
    focus: { reference: 'Appointment/a1' },
    encounter: { reference: 'Encounter/e1' },
  });
  expect(reminder).toMatchObject({ appointmentId: 'a1', sessionId: 'e1', reason: 'moved away' });
  expect(reminderStory(reminder, today)).toBe('declined: moved away, was due 1 Dec 2026');
});

test.each([
  ['cancelled', 'Asked not to be contacted', true],
  ['cancelled', 'Do not contact', true],
  ['cancelled', 'Does not want to be contacted', true],
  ['cancelled', 'No more contact', true],
  ['cancelled', 'Could not be contacted', false],
  ['cancelled', 'Has not been contacted, moved away', false],
  ['cancelled', 'Course ended', false],
  ['rejected', 'Do not contact', false],
  ['cancelled', undefined, false],
])('%s since %s: no contact %s', (status, text, expected) => {
  expect(asksForNoContact(read({ status, statusReason: { text } }))).toBe(expected);
});
