import { describe, expect, test } from 'vitest';
import { toPatient } from '#src/features/patients/patient.ts';
import type { FactKind, FactsOfPage, PatientFacts } from './patient-facts.ts';
import { alertsOf } from './patient-alerts.ts';

const NOW = Temporal.Instant.from('2026-11-23T15:42:00Z');
const DAY = Temporal.PlainDate.from('2026-11-27');

const row = {
  kind: 'record',
  key: 'CarePlan/1',
  item: {},
  patient: toPatient({ resourceType: 'Patient', id: 'p', name: [{ family: 'Nguyen', given: ['Lan'] }] }, [
    'MR',
  ]),
} as const;

const course = {
  id: 'c',
  patientId: 'p',
  phase: 'induction',
  paused: false,
  protocolUri: undefined,
  conditionId: undefined,
  planned: 6,
  seriesSessions: [],
  maintenanceSessions: [],
  start: undefined,
} as const;

const NONE_KNOWN = {
  patientId: 'p',
  current: true,
  noneKnown: true,
  name: 'No known allergy',
  reaction: undefined,
};

const quiet: PatientFacts = {
  course,
  nextAppointment: undefined,
  lastSession: undefined,
  allergies: [NONE_KNOWN],
  consent: { kind: 'valid' },
  unsigned: [],
};

function alerts(
  facts: Partial<PatientFacts>,
  {
    missing = [],
    today = {},
  }: { missing?: readonly FactKind[]; today?: Readonly<Record<string, readonly string[]>> } = {},
): readonly string[] {
  const page: FactsOfPage = {
    byPatient: new Map([['p', { ...quiet, ...facts }]]),
    surnamesToday: new Map(Object.entries(today).map(([surname, ids]) => [surname, new Set(ids)])),
    missing: new Set(missing),
  };
  return alertsOf(row, page, NOW).map(({ text }) => text);
}

test('nothing is wrong: no alert', () => {
  expect(alerts({})).toEqual([]);
});

describe('unknown is never shown as none', () => {
  test('while the facts are on their way nothing is claimed, and when they failed that is said', () => {
    expect(alertsOf(row, undefined, NOW)).toEqual([]);
    expect(alertsOf(row, 'failed', NOW).map(({ text }) => text)).toEqual(['Alerts not loaded']);
  });

  test.each<FactKind>([
    'allergies',
    'consents',
    'appointments',
    'appointments of today',
    'unsigned sessions',
  ])('without the %s that is said', (kind) => {
    expect(alerts({ allergies: [], consent: { kind: 'none' } }, { missing: [kind] })).toContain(
      'Alerts not loaded',
    );
  });

  test('a consent that was not loaded is not called missing', () => {
    expect(alerts({ consent: { kind: 'none' } }, { missing: ['consents'] })).toEqual(['Alerts not loaded']);
  });

  test('nobody asked for allergies is not the same as none', () => {
    expect(alerts({ allergies: [] })).toEqual(['Allergies not asked']);
  });

  test('somebody who is given no infusions is asked for neither', () => {
    expect(alerts({ course: undefined, allergies: [], consent: { kind: 'none' } })).toEqual([]);
    expect(alerts({ course: { ...course, phase: 'consultation' }, consent: { kind: 'none' } })).toEqual([]);
  });
});

test('the worst stands first', () => {
  expect(
    alerts(
      {
        consent: { kind: 'none' },
        allergies: [{ ...NONE_KNOWN, noneKnown: false, name: 'Latex' }],
        unsigned: [DAY],
        nextAppointment: {
          id: 'a',
          patientIds: ['p'],
          start: NOW.subtract({ minutes: 8 }),
          end: undefined,
          state: 'booked',
        },
      },
      { today: { nguyen: ['p', 'q'] } },
    ),
  ).toEqual(['No consent', 'Latex', '8 min late', 'Unsigned 27 Nov', 'Same surname']);
});

test.each([
  [{ nguyen: ['p'] }, []],
  [{ nguyen: ['q', 'r'] }, []],
  [{ nguyen: ['p', 'q'] }, ['Same surname']],
])('same surname of today %o: %o', (today, expected) => {
  expect(alerts({}, { today })).toEqual(expected);
});

test.each([
  [89, '89 min late'],
  [90, '1 h late'],
  [0, undefined],
])('%i minutes after the start', (minutes, expected) => {
  const nextAppointment = {
    id: 'a',
    patientIds: ['p'],
    start: NOW.subtract({ minutes }),
    end: undefined,
    state: 'booked',
  } as const;
  expect(alerts({ nextAppointment })).toEqual(expected === undefined ? [] : [expected]);
});

test('a consent that ends soon says when', () => {
  expect(alerts({ consent: { kind: 'ends', on: DAY } })).toEqual(['Consent ends 27 Nov']);
});
