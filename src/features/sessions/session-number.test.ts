import { describe, expect, test } from 'vitest';
import type { CourseDetail } from '../courses/course-detail.ts';
import type { PatientSession } from './patient-session.ts';
import { numberText, sessionNumber } from './session-number.ts';

type Numbered = Pick<PatientSession, 'id' | 'start' | 'day' | 'phase' | 'status'>;

const at = (day: string) => Temporal.Instant.from(`${day}T14:00:00Z`);

function session(id: string, day: string, over: Partial<Numbered> = {}): Numbered {
  return {
    id,
    start: at(day),
    day: Temporal.PlainDate.from(day),
    phase: 'induction',
    status: 'signed',
    ...over,
  };
}

const course: Pick<CourseDetail, 'phase' | 'planned' | 'seriesSessions' | 'maintenanceSessions' | 'from'> = {
  phase: 'induction',
  planned: 6,
  seriesSessions: ['a', 'b'],
  maintenanceSessions: [],
  from: Temporal.PlainDate.from('2026-10-20'),
};
const signed = [session('a', '2026-11-02'), session('b', '2026-11-04')];
const textOf = (one: Numbered, courses = [course], all: readonly Numbered[] = [...signed, one]) => {
  const number = sessionNumber(one, courses, all);
  return number === undefined ? undefined : numberText(number);
};

test('a session that was left unsigned before the course does not count toward it', () => {
  const forgotten = session('z', '2026-03-02', { status: 'unsigned' });
  const running = session('c', '2026-11-06', { status: 'running' });
  expect(textOf(running, [course], [forgotten, ...signed, running])).toBe('induction 3 of 6');
  expect(textOf(running, [{ ...course, seriesSessions: [] }], [forgotten, running])).toBe('induction 1 of 6');
});

describe('the number of a session', () => {
  test.each<[string, Numbered, string | undefined]>([
    ['that the course lists', signed[1] ?? session('b', '2026-11-04'), 'induction 2 of 6'],
    ['that runs after them', session('c', '2026-11-06', { status: 'running' }), 'induction 3 of 6'],
    ['that is not signed yet', session('c', '2026-11-06', { status: 'unsigned' }), 'induction 3 of 6'],
    [
      'that is not signed and before one that is',
      session('c', '2026-11-03', { status: 'unsigned' }),
      undefined,
    ],
    ['of before the course', session('c', '2026-10-19', { status: 'unsigned' }), undefined],
    ['that was voided', session('c', '2026-11-06', { status: 'voided' }), undefined],
    ['that is signed and does not count', session('c', '2026-11-06'), undefined],
    ['without a time', session('c', '2026-11-06', { status: 'unsigned', start: undefined }), undefined],
    ['without a phase', session('c', '2026-11-06', { status: 'unsigned', phase: undefined }), undefined],
    [
      'of maintenance, the first',
      session('m', '2026-11-20', { status: 'running', phase: 'maintenance' }),
      '1st maintenance',
    ],
  ])('%s', (_, one, text) => {
    expect(textOf(one)).toBe(text);
  });

  test('counts on over several that are not signed', () => {
    const open = [
      session('c', '2026-11-06', { status: 'unsigned' }),
      session('d', '2026-11-08', { status: 'running' }),
    ];
    const numbers = open.map((one) => textOf(one, [course], [...signed, ...open]));
    expect(numbers).toEqual(['induction 3 of 6', 'induction 4 of 6']);
  });

  test('is unknown where no course, an ended one or several could be meant', () => {
    const open = session('c', '2026-11-06', { status: 'unsigned' });
    expect(textOf(open, [])).toBeUndefined();
    expect(textOf(open, [{ ...course, phase: 'ended' }])).toBeUndefined();
    expect(textOf(open, [course, { ...course, seriesSessions: [] }])).toBeUndefined();
  });

  test('of more than planned says so, and of an unknown plan too', () => {
    expect(textOf(session('b', '2026-11-04'), [{ ...course, planned: 1 }])).toBe('induction 2 of 1');
    expect(textOf(session('b', '2026-11-04'), [{ ...course, planned: undefined }])).toBe(
      'induction 2 of an unknown number',
    );
  });

  test.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [4, '4th'],
    [11, '11th'],
    [12, '12th'],
    [21, '21st'],
    [111, '111th'],
  ])('%d is the %s', (number, words) => {
    expect(numberText({ phase: 'maintenance', number, planned: undefined })).toBe(`${words} maintenance`);
  });
});
