import type { CarePlan, Encounter, Task } from 'fhir/r4';
import { expect, test } from 'vitest';
import { DAYS, clinic, codesOf, countBy, ofType } from './clinic-testing.ts';

const whole = clinic();

function bucketOf(task: Task, today: string): string {
  const day = Temporal.PlainDate.from(today);
  const next = Temporal.PlainDate.from(task.executionPeriod?.start?.slice(0, 10) ?? '');
  const ahead = day.until(next, { largestUnit: 'day' }).days;
  const weekEnds = day.dayOfWeek === 7 ? 7 : 7 - day.dayOfWeek;
  if (codesOf(task.code && [task.code]).includes('clinician-review')) return 'review';
  if (!['requested', 'received', 'on-hold'].includes(task.status)) return task.status;
  if (ahead <= 0) return 'due';
  if (task.status === 'on-hold') return 'snoozed';
  return ahead <= weekEnds ? 'this week' : ahead <= weekEnds + 28 ? 'four weeks' : 'later';
}

const BUCKETS = [
  ['due', 13, 16],
  ['this week', 6, 11],
  ['four weeks', 27, 35],
  ['snoozed', 6, 6],
  ['accepted', 36, 38],
  ['review', 3, 3],
  ['later', 50, 70],
  ['rejected', 1, 1],
  ['cancelled', 60, 140],
  ['completed', 1500, 2300],
] as const;

test.each(DAYS)('%s: every bucket of the due list is filled', { timeout: 20_000 }, (today) => {
  const counts = countBy(ofType<Task>(clinic({ today }), 'Task'), (task) => bucketOf(task, today));
  expect(Object.keys(counts).toSorted()).toEqual(BUCKETS.map(([bucket]) => bucket).toSorted());
  expect(
    BUCKETS.filter(([bucket, low, high]) => !((counts[bucket] ?? 0) >= low && (counts[bucket] ?? 0) <= high)),
  ).toEqual([]);
});

test('each state of a reminder has its one status', () => {
  const states = ofType<Task>(whole, 'Task').map((task) => {
    const { executionPeriod, restriction, intent } = task;
    expect(executionPeriod?.start).toBe(executionPeriod?.end);
    expect(executionPeriod?.start).toMatch(/T00:00:00-0[45]:00$/);
    expect(restriction?.period?.end).toMatch(/T00:00:00-0[45]:00$/);
    expect(intent).toBe('plan');
    const business = codesOf(task.businessStatus && [task.businessStatus]).join();
    const reason = task.statusReason === undefined ? '' : 'reason';
    return [task.status, business, reason, task.status === 'accepted' && task.focus ? 'focus' : '']
      .join(' ')
      .trim();
  });
  expect(new Set(states.map((state) => state.replaceAll(/ +/g, ' ')))).toEqual(
    new Set([
      'requested',
      'received contacted',
      'on-hold snoozed',
      'accepted booked focus',
      'completed',
      'rejected reason',
      'cancelled reason',
    ]),
  );
});

test('a due date is the last session plus the interval in force, which never leaves the limits', () => {
  const courses = new Map(ofType<CarePlan>(whole, 'CarePlan').map((one) => [`CarePlan/${one.id}`, one]));
  const sessions = new Map(ofType<Encounter>(whole, 'Encounter').map((one) => [`Encounter/${one.id}`, one]));
  const open = ofType<Task>(whole, 'Task').filter(({ code, status }) => {
    return codesOf(code && [code]).includes('maintenance-infusion') && status !== 'completed';
  });
  expect(open.length).toBeGreaterThan(130);
  for (const { basedOn, encounter, restriction } of open) {
    const repeat = courses.get(basedOn?.[0]?.reference ?? '')?.activity?.[1]?.detail?.scheduledTiming?.repeat;
    const [last, due] = [
      sessions.get(encounter?.reference ?? '')?.period?.start,
      restriction?.period?.end,
    ].map((text) => Temporal.PlainDate.from(text?.slice(0, 10) ?? ''));
    expect(due && last?.until(due, { largestUnit: 'day' }).days).toBe(repeat?.period);
    expect(repeat?.period).toBeGreaterThanOrEqual(42);
    expect(repeat?.period).toBeLessThanOrEqual(repeat?.periodMax ?? 0);
  }
});
