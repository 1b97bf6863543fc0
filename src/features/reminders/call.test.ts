import { expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { callOutcome, toCall } from './call.ts';

const read = (fields: Readonly<Record<string, unknown>>) =>
  toCall({ resourceType: 'Communication', id: 'c1', ...fields }, readingWith());

test('a call has its channel, its time, who made it, its reminder and its notes', () => {
  const call = read({
    status: 'not-done',
    statusReason: { text: 'no answer' },
    basedOn: [{ reference: 'Task/t1' }, { reference: 'CarePlan/k1' }],
    medium: [{ coding: [{ code: 'PHONE', display: 'telephone' }] }],
    sent: '2026-11-20T16:12:00Z',
    sender: { reference: 'Practitioner/kaya', display: 'Deniz Kaya' },
    payload: [{ contentString: 'left a message' }, { contentReference: {} }],
    note: [{ text: ' ' }, { text: 'after 17:00' }],
  });
  expect(call).toEqual({
    id: 'c1',
    reminderIds: ['t1'],
    channel: 'telephone',
    reached: false,
    reason: 'no answer',
    at: Temporal.Instant.from('2026-11-20T16:12:00Z'),
    by: 'Deniz Kaya',
    notes: ['left a message', 'after 17:00'],
  });
});

test.each([
  ['completed', undefined, 'reached'],
  ['completed', 'will call back', 'reached: will call back'],
  ['not-done', 'no answer', 'not reached: no answer'],
  ['in-progress', undefined, 'outcome not recorded'],
])('%s because of %s is %s', (status, text, words) => {
  expect(callOutcome(read({ status, statusReason: { text } }))).toBe(words);
});

test('a call that says nothing is still one', () => {
  expect(read({})).toMatchObject({ channel: undefined, at: undefined, by: undefined, notes: [] });
});

test('an ill-typed field cannot be read', () => {
  expect(() => read({ medium: 'phone' })).toThrow(/expected/);
});
