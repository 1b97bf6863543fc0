import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOCAL_SYSTEM, protocolUri } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { followsProtocol, lastSessionId, progressText, toCourse } from './course.ts';

const phaseCategory = (phase: string, system = LOCAL_SYSTEM) => ({
  coding: [{ system, code: `phase-${phase}` }],
});

function read(fields: Readonly<Record<string, unknown>>) {
  const resource = {
    resourceType: 'CarePlan',
    id: 'k1',
    status: 'active',
    subject: { reference: 'Patient/7' },
    category: [{ coding: [{ system: LOCAL_SYSTEM, code: 'ketamine-course' }] }, phaseCategory('induction')],
    ...fields,
  };
  return toCourse(resource, readingWith());
}

const sessions = (...ids: readonly string[]) => ids.map((id) => ({ reference: `Encounter/${id}` }));

function series(count: number | undefined, ...ids: readonly string[]) {
  return {
    outcomeReference: sessions(...ids),
    detail: {
      scheduledTiming: { repeat: { ...(count !== undefined && { count }), frequency: 3, period: 1 } },
    },
  };
}

function maintenance(...ids: readonly string[]) {
  return {
    outcomeReference: sessions(...ids),
    detail: { scheduledTiming: { repeat: { frequency: 1, period: 28, periodMax: 42 } } },
  };
}

const MAINTENANCE = { category: [phaseCategory('maintenance')] };

describe('a course', () => {
  test('is read with its phase, plan and sessions', () => {
    const course = read({
      instantiatesUri: [protocolUri('short-6')],
      addresses: [{ reference: 'Condition/c1' }],
      period: { start: '2026-10-01T04:00:00Z' },
      activity: [series(6, 'e1', 'e2'), maintenance()],
    });
    expect(course).toEqual({
      id: 'k1',
      patientId: '7',
      phase: 'induction',
      paused: false,
      protocolUri: protocolUri('short-6'),
      conditionId: 'c1',
      planned: 6,
      seriesSessions: ['e1', 'e2'],
      maintenanceSessions: [],
      start: '2026-10-01T04:00:00Z',
    });
    expect(followsProtocol(course, 'short-6')).toBe(true);
    expect(followsProtocol(course, 'short')).toBe(false);
  });

  test.each([
    ['active', false],
    ['on-hold', true],
  ])('of the status %s is paused: %s', (status, paused) => {
    expect(read({ status }).paused).toBe(paused);
  });

  test.each([
    ['none is named', [{ coding: [{ system: LOCAL_SYSTEM, code: 'ketamine-course' }] }], undefined],
    ['another system names it', [phaseCategory('induction', 'urn:other')], undefined],
    ['two are named', [phaseCategory('induction'), phaseCategory('maintenance')], undefined],
    ['one is named twice', [phaseCategory('maintenance'), phaseCategory('maintenance')], 'maintenance'],
    ['the plan has no category', undefined, undefined],
  ])('has a phase only where one is named: %s', (_, category, phase) => {
    expect(read({ category }).phase).toBe(phase);
  });

  test.each(['completed', 'revoked', 'entered-in-error'])(
    'that is %s has ended, though its category still says induction',
    (status) => {
      expect(read({ status }).phase).toBe('ended');
    },
  );

  test.each([
    ['without a subject', { subject: undefined }],
    ['with an ill-typed status', { status: 1 }],
    ['with an ill-typed count', { activity: [{ detail: { scheduledTiming: { repeat: { count: '6' } } } }] }],
    ['with an ill-typed session', { activity: [{ outcomeReference: ['Encounter/1'] }] }],
  ])('%s cannot be read', (_, fields) => {
    expect(() => read(fields)).toThrow(/expected/);
  });
});

describe('progress', () => {
  test.each([
    ['begun', { activity: [series(6)] }, 'induction 0 of 6'],
    ['halfway', { activity: [series(6, 'a', 'b', 'c'), maintenance()] }, 'induction 3 of 6'],
    ['with extra sessions', { activity: [series(6, 'a', 'b', 'c', 'd', 'e', 'f', 'g')] }, 'induction 7 of 6'],
    ['with a session that is listed twice', { activity: [series(6, 'a', 'a', 'b')] }, 'induction 2 of 6'],
    ['whose plan is in another order', { activity: [maintenance(), series(6, 'a')] }, 'induction 1 of 6'],
    [
      'without a number of sessions',
      { activity: [series(undefined, 'a', 'b')] },
      'induction 2 of an unknown number',
    ],
    [
      'without a plan',
      { activity: [{ outcomeReference: sessions('a') }] },
      'induction 1 of an unknown number',
    ],
    ['without activity', {}, 'induction 0 of an unknown number'],
    ['not begun', { category: [phaseCategory('consultation')] }, 'consultation'],
    ['over', { category: [phaseCategory('ended')], activity: [series(6, 'a')] }, 'ended'],
    ['without a phase', { category: [] }, 'phase not recorded'],
    [
      'in maintenance, none yet',
      { ...MAINTENANCE, activity: [series(6, 'a'), maintenance()] },
      'maintenance, none yet',
    ],
    [
      'in maintenance, once',
      { ...MAINTENANCE, activity: [series(6, 'a'), maintenance('m')] },
      'maintenance, 1 session',
    ],
    [
      'in maintenance, often',
      { ...MAINTENANCE, activity: [maintenance('m', 'n')] },
      'maintenance, 2 sessions',
    ],
    [
      'in maintenance, without a plan that says so',
      { ...MAINTENANCE, activity: [{ outcomeReference: sessions('m', 'n', 'o') }] },
      'maintenance, 3 sessions',
    ],
  ])('of a course %s', (_, fields, text) => {
    expect(progressText(read(fields))).toBe(text);
  });

  test('counts what is an Encounter alone', () => {
    const outcomeReference = [
      { reference: 'Observation/o1' },
      { display: 'a session' },
      { reference: 'Encounter/a' },
    ];
    expect(read({ activity: [{ ...series(6), outcomeReference }] }).seriesSessions).toEqual(['a']);
  });

  test('loses no session, whatever the plan says', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z]{3}$/), { maxLength: 8 });
    const activity = fc
      .tuple(ids, fc.option(fc.nat(9), { nil: undefined }), fc.boolean())
      .map(([some, count, open]) => ({
        outcomeReference: sessions(...some),
        detail: {
          scheduledTiming: {
            repeat: { ...(count !== undefined && { count }), ...(open && { periodMax: 42 }) },
          },
        },
      }));
    const phases = fc.constantFrom('induction', 'maintenance', 'ended', 'consultation');
    fc.assert(
      fc.property(fc.array(activity, { maxLength: 3 }), phases, (activities, phase) => {
        const course = read({ activity: activities, category: [phaseCategory(phase)] });
        const listed = activities.flatMap(({ outcomeReference }) =>
          outcomeReference.map(({ reference }) => reference),
        );
        const kept = [...course.seriesSessions, ...course.maintenanceSessions].map((id) => `Encounter/${id}`);
        expect(new Set(kept)).toEqual(new Set(listed));
        expect(new Set(course.seriesSessions).size).toBe(course.seriesSessions.length);
      }),
    );
  });
});

test.each([
  ['of maintenance, where there is one', [series(6, 'a', 'b'), maintenance('m', 'n')], 'n'],
  ['of the series otherwise', [series(6, 'a', 'b'), maintenance()], 'b'],
  ['nothing before the first', [series(6)], undefined],
])('the last session is the last %s', (_, activity, id) => {
  expect(lastSessionId(read({ activity }))).toBe(id);
});
