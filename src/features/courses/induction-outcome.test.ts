import { describe, expect, test } from 'vitest';
import { local, type LocalCode } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { outcomeOf, toInductionOutcome } from './induction-outcome.ts';

const read = (fields: Readonly<Record<string, unknown>>) =>
  toInductionOutcome({ resourceType: 'Observation', id: 'o1', ...fields }, readingWith());

const value = (...codes: readonly LocalCode[]) => ({ valueCodeableConcept: { coding: codes.map(local) } });

test.each([
  ['a responder', value('responder'), true],
  ['a non-responder', value('non-responder'), false],
  ['both at once', value('responder', 'non-responder'), undefined],
  ['another code', value('comfort'), undefined],
  ['no value', {}, undefined],
])('%s', (_, fields, responded) => {
  expect(read(fields).responded).toBe(responded);
});

test('has its course and day', () => {
  const outcome = read({
    basedOn: [{ reference: 'CarePlan/k1' }],
    effectiveDateTime: '2026-11-24T02:00:00Z',
  });
  expect(outcome.courseId).toBe('k1');
  expect(outcome.on?.toString()).toBe('2026-11-23');
});

describe('an outcome belongs', () => {
  const course = (id: string, from?: string) => ({
    id,
    from: from === undefined ? undefined : Temporal.PlainDate.from(from),
  });
  const [old, recent, vague] = [course('k1', '2024-02-01'), course('k2', '2026-02-01'), course('k3')];
  const named = read({ ...value('responder'), basedOn: [{ reference: 'CarePlan/k2' }] });
  const on = (effectiveDateTime?: string) => read({ ...value('non-responder'), effectiveDateTime });

  test('to the course that it names', () => {
    expect(outcomeOf(recent, [on('2026-04-01'), named], [recent, old])).toBe(named);
    expect(outcomeOf(old, [named], [old])).toBeUndefined();
  });

  test('to the only course, where it names none', () => {
    const nameless = on();
    expect(outcomeOf(vague, [nameless], [vague])).toBe(nameless);
  });

  test.each([
    ['2026-04-01', 'k2'],
    ['2026-02-01', 'k2'],
    ['2025-04-01', 'k1'],
    ['2023-04-01', undefined],
    [undefined, undefined],
  ])('of several to the one that had begun last by then: %s, %s', (day, id) => {
    const outcome = on(day);
    const owners = [recent, old].filter((one) => outcomeOf(one, [outcome], [recent, old]) !== undefined);
    expect(owners.map((one) => one.id)).toEqual(id === undefined ? [] : [id]);
  });

  test('to none, where the beginning of one is not known', () => {
    const courses = [recent, vague];
    expect(courses.map((one) => outcomeOf(one, [on('2026-04-01')], courses))).toEqual([undefined, undefined]);
  });
});
