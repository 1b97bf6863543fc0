import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seriesStarts } from './series-start.ts';

type Held = Parameters<typeof seriesStarts>[1][number];
type Begun = Parameters<typeof seriesStarts>[0][number];

const held = (id: string, day: string, over: Partial<Held> = {}): Held => ({
  id,
  start: Temporal.Instant.from(`${day}T14:00:00Z`),
  day: Temporal.PlainDate.from(day),
  state: 'finished',
  phase: 'induction',
  ...over,
});
const course = (from: string | undefined, seriesSessions: readonly string[]): Begun => ({
  from: from === undefined ? undefined : Temporal.PlainDate.from(from),
  seriesSessions,
  maintenanceSessions: [],
});
const starts = (courses: readonly Begun[], sessions: readonly Held[]) =>
  seriesStarts(courses, sessions)?.map((start) => start.toString().slice(0, 10));

const before = course('2025-02-01', ['z']);
const now = course('2026-10-20', ['a', 'b']);
const first = held('z', '2025-03-01');

describe('the beginning of a series', () => {
  test.each<[string, readonly Begun[], readonly Held[], readonly string[] | undefined]>([
    [
      'is its first session, of the latest course first',
      [before, now],
      [held('b', '2026-11-04'), held('a', '2026-11-02'), first],
      ['2026-11-02', '2025-03-01'],
    ],
    [
      'is not one that was voided',
      [now],
      [held('a', '2026-11-02', { state: 'voided' }), held('b', '2026-11-04')],
      ['2026-11-04'],
    ],
    [
      'is one before them that waits to be signed, or was signed without counting',
      [now],
      [held('u', '2026-11-01'), held('a', '2026-11-02'), held('b', '2026-11-04')],
      ['2026-11-01'],
    ],
    [
      'is the one that runs, where none is signed',
      [course('2026-10-20', [])],
      [held('u', '2026-11-01', { state: 'open' })],
      ['2026-11-01'],
    ],
    [
      'is not a session of maintenance, nor one before the course',
      [now],
      [
        held('m', '2026-11-01', { phase: 'maintenance' }),
        held('o', '2026-10-01'),
        held('a', '2026-11-02'),
        held('b', '2026-11-04'),
      ],
      ['2026-11-02'],
    ],
    ['is none without a session', [course('2026-10-20', [])], [], []],
    ['is not known with one that is not at hand', [now], [held('b', '2026-11-04')], undefined],
    [
      'is not known with one without a time',
      [now],
      [held('a', '2026-11-02', { start: undefined }), held('b', '2026-11-04')],
      undefined,
    ],
    [
      'is not that of an earlier course where the latest is not known',
      [now, before],
      [held('b', '2026-11-04'), first],
      undefined,
    ],
    [
      'is known of the latest course where an earlier one is not',
      [now, before],
      [held('a', '2026-11-02'), held('b', '2026-11-04')],
      ['2026-11-02'],
    ],
    [
      'is not known where a course that may be the latest lacks a session',
      [before, course(undefined, ['q'])],
      [first],
      undefined,
    ],
  ])('%s', (_, courses, sessions, days) => {
    expect(starts(courses, sessions)).toEqual(days);
  });

  test('does not hang on the order of courses or sessions', () => {
    const sessions = [held('a', '2026-11-02'), held('b', '2026-11-04'), held('u', '2026-11-01'), first];
    const shuffled = fc.tuple(
      fc.shuffledSubarray([before, now], { minLength: 2 }),
      fc.shuffledSubarray(sessions, { minLength: 4 }),
    );
    fc.assert(
      fc.property(shuffled, ([courses, all]) => {
        expect(starts(courses, all)).toEqual(['2026-11-01', '2025-03-01']);
      }),
    );
  });
});
