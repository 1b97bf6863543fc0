import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Course } from '#src/features/courses/course.ts';
import { toPatient } from '#src/features/patients/patient.ts';
import type { Reminder } from '#src/features/reminders/reminder.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { arrange } from './patients-order.ts';
import type { PatientsRow, RowItem } from './patients-query.ts';
import type { PatientsSortKey } from './patients-search.ts';

interface Person {
  readonly id: string;
  readonly family?: string;
  readonly given?: string;
  readonly born?: string;
  readonly item?: RowItem;
}

function rowOf({ id, family, given, born, item = {} }: Person): PatientsRow {
  const name = [{ ...(family && { family }), ...(given && { given: [given] }) }];
  const resource = { resourceType: 'Patient', id, name, ...(born && { birthDate: born }) };
  return { kind: 'record', key: `CarePlan/${id}`, patient: toPatient(resource, readingWith()), item };
}

function unreadable(key: string): PatientsRow {
  return { kind: 'unreadable', key, reason: 'the field code is not as FHIR wants it' };
}

function course(phase: Course['phase'], seriesCount: number, maintenanceCount: number): RowItem {
  const sessions = (count: number) => Array.from({ length: count }, (_, index) => `e${index}`);
  return {
    course: {
      id: 'k',
      patientId: 'p',
      phase,
      paused: false,
      protocolUri: undefined,
      conditionId: undefined,
      planned: 6,
      seriesSessions: sessions(seriesCount),
      maintenanceSessions: sessions(maintenanceCount),
      start: undefined,
    },
  };
}

function dueOn(day: string | undefined): RowItem {
  const due = day === undefined ? undefined : Temporal.PlainDate.from(day);
  const reminder: Reminder = {
    id: 't',
    patientId: 'p',
    kind: 'maintenance',
    state: 'due',
    nextAction: due,
    due,
    courseId: undefined,
  };
  return { reminder };
}

function ids(rows: readonly PatientsRow[], sort?: PatientsSortKey, typed = ''): readonly string[] {
  return arrange(rows, { typed, sort, locale: 'en-GB' }).map(({ key }) => key.replace('CarePlan/', ''));
}

describe('a list that is here whole', () => {
  test.each([
    ['name', ['a', 'b', 'c', 'd']],
    ['-name', ['d', 'c', 'b', 'a']],
  ] as const)('is ordered by %s without minding accents, apostrophes and case', (sort, expected) => {
    const rows = [
      rowOf({ id: 'd', family: 'Zulu' }),
      rowOf({ id: 'b', family: 'obrien', given: 'Bea' }),
      rowOf({ id: 'c', family: 'O’Brien', given: 'Cem' }),
      rowOf({ id: 'a', family: 'Åkesson' }),
    ];
    expect(ids(rows, sort)).toEqual(expected);
  });

  test('is ordered by name so that a short surname comes before a longer one', () => {
    expect(
      ids([rowOf({ id: 'b', family: 'Lee-Ann' }), rowOf({ id: 'a', family: 'Lee', given: 'Zoe' })], 'name'),
    ).toEqual(['a', 'b']);
  });

  test('has patients without a name where nobody overlooks them, first', () => {
    expect(ids([rowOf({ id: 'b', family: 'Adams' }), rowOf({ id: 'a' })], 'name')).toEqual(['a', 'b']);
  });

  test.each([
    ['born', ['none', 'year', 'day', 'late']],
    ['-born', ['late', 'day', 'year', 'none']],
  ] as const)('is ordered by birth date, partial ones at their beginning: %s', (sort, expected) => {
    const rows = [
      rowOf({ id: 'late', born: '1979' }),
      rowOf({ id: 'day', born: '1950-01-01' }),
      rowOf({ id: 'none' }),
      rowOf({ id: 'year', born: '1950' }),
    ];
    expect(ids(rows, sort)).toEqual(expected);
  });

  test('is ordered by the sessions of the phase', () => {
    const rows = [
      rowOf({ id: 'm2', item: course('maintenance', 6, 2) }),
      rowOf({ id: 'i7', item: course('induction', 7, 0) }),
      rowOf({ id: 'i0', item: course('induction', 0, 0) }),
      rowOf({ id: 'm1', item: course('maintenance', 6, 1) }),
    ];
    expect(ids(rows, 'progress')).toEqual(['i0', 'm1', 'm2', 'i7']);
  });

  test('is ordered by due date, the longest over first', () => {
    const rows = [
      rowOf({ id: 'today', item: dueOn('2026-11-23') }),
      rowOf({ id: 'over', item: dueOn('2026-09-01') }),
      rowOf({ id: 'unknown', item: dueOn(undefined) }),
    ];
    expect(ids(rows, 'due')).toEqual(['unknown', 'over', 'today']);
  });

  test('keeps equal ones in the order of their names, in either direction', () => {
    const rows = ['Cole', 'Adams', 'Brown'].map((family) => rowOf({ id: family, family, born: '1979' }));
    expect(ids(rows, 'born')).toEqual(['Adams', 'Brown', 'Cole']);
    expect(ids(rows, '-born')).toEqual(['Adams', 'Brown', 'Cole']);
  });

  test('without an order is as it came', () => {
    expect(ids([rowOf({ id: 'b', family: 'Z' }), rowOf({ id: 'a', family: 'A' })])).toEqual(['b', 'a']);
  });

  test('shows what cannot be read last, whatever is searched for', () => {
    const rows = [unreadable('x'), rowOf({ id: 'a', family: 'Adams' }), unreadable('y')];
    expect(ids(rows, 'name')).toEqual(['a', 'x', 'y']);
    expect(ids(rows, '-name')).toEqual(['a', 'x', 'y']);
    expect(ids(rows, 'name', 'adams')).toEqual(['a', 'x', 'y']);
    expect(ids(rows, 'name', 'zola')).toEqual(['x', 'y']);
  });

  const person = fc.record(
    {
      id: fc.stringMatching(/^[a-z0-9]{6}$/),
      family: fc.constantFrom('Okafor', 'OKAFOR', 'Ökafor', 'O’Kafor', 'Adams', 'İnce', 'כהן', ''),
      given: fc.constantFrom('Ada', 'ada', 'Zoe', ''),
      born: fc.constantFrom('1979', '1979-03', '1979-03-04', 'unknown'),
      item: fc.oneof(
        fc
          .tuple(fc.nat(7), fc.nat(7))
          .map(([series, kept]) => course(series > 3 ? 'maintenance' : 'induction', series, kept)),
        fc.constantFrom('2026-11-20', '2026-11-23', undefined).map(dueOn),
      ),
    },
    { requiredKeys: ['id'] },
  );
  const lists = fc
    .uniqueArray(person, { selector: ({ id }) => id, maxLength: 25 })
    .chain((people) =>
      fc.tuple(
        fc.constant(people.map((one, index) => (index % 7 === 6 ? unreadable(one.id) : rowOf(one)))),
        fc.shuffledSubarray([...people.keys()], { minLength: people.length }),
      ),
    );
  const sorts = fc.constantFrom<PatientsSortKey | undefined>(
    'name',
    '-name',
    'born',
    '-born',
    'progress',
    '-progress',
    'due',
    '-due',
    undefined,
  );

  test('loses no row, makes none up, and has one order however the rows came', () => {
    fc.assert(
      fc.property(lists, sorts, ([rows, shuffle], sort) => {
        const before = [...rows];
        const arranged = arrange(rows, { typed: '', sort, locale: 'en-GB' });
        expect(new Set(arranged)).toEqual(new Set(rows));
        expect(arranged).toHaveLength(rows.length);
        expect(rows).toEqual(before);
        expect(arrange(arranged, { typed: '', sort, locale: 'en-GB' })).toEqual(arranged);
        if (sort === undefined) return;
        const shuffled = shuffle.flatMap((index) => rows[index] ?? []);
        const records = (all: readonly PatientsRow[]) => all.filter(({ kind }) => kind === 'record');
        expect(records(arrange(shuffled, { typed: '', sort, locale: 'en-GB' }))).toEqual(records(arranged));
      }),
    );
  });

  test('that is searched is a part of itself, in its own order', () => {
    const typed = fc.constantFrom('ok', 'okafor ada', 'ADA', '1979', 'Mar 1979', "o'k", 'zz', '.*', 'כהן');
    fc.assert(
      fc.property(lists, sorts, typed, ([rows], sort, text) => {
        const all = arrange(rows, { typed: '', sort, locale: 'en-GB' });
        const found = new Set(arrange(rows, { typed: text, sort, locale: 'en-GB' }));
        expect(arrange(rows, { typed: text, sort, locale: 'en-GB' })).toEqual(
          all.filter((row) => found.has(row)),
        );
      }),
    );
  });
});
