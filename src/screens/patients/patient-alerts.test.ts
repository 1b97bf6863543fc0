import { describe, expect, test } from 'vitest';
import { toPatient } from '#src/features/patients/patient.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import type { FactKind, FactsOfPage, PatientFacts } from './patient-facts.ts';
import { alertsOf } from './patient-alerts.ts';

const NOW = Temporal.Instant.from('2026-11-23T15:42:00Z');
const DAY = Temporal.PlainDate.from('2026-11-27');

const row = {
  kind: 'record',
  key: 'CarePlan/1',
  item: {},
  patient: toPatient(
    { resourceType: 'Patient', id: 'p', name: [{ family: 'Nguyen', given: ['Lan'] }] },
    readingWith(),
  ),
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

const LATEX = {
  patientId: 'p',
  standing: 'current',
  noneKnown: false,
  name: 'Latex',
  reaction: undefined,
} as const;

const NOT_ASKED = { kind: 'notAsked' } as const;

const lateBy = (minutes: number) =>
  ({
    id: 'a',
    patientIds: ['p'],
    start: NOW.subtract({ minutes }),
    end: undefined,
    state: 'booked',
    kind: 'induction',
    service: undefined,
  }) as const;

const quiet: PatientFacts = {
  course,
  nextSession: undefined,
  nextConsultation: undefined,
  lastSession: undefined,
  allergies: { kind: 'none', text: 'No known allergy' },
  consent: { kind: 'valid' },
  unsigned: [],
};

function alerts(
  facts: Partial<PatientFacts>,
  {
    missing = [],
    kept = [],
    today = {},
  }: {
    missing?: readonly FactKind[];
    kept?: readonly FactKind[];
    today?: Readonly<Record<string, readonly string[]>>;
  } = {},
): readonly string[] {
  const page: FactsOfPage = {
    byPatient: new Map([['p', { ...quiet, ...facts }]]),
    surnamesToday: new Map(Object.entries(today).map(([surname, ids]) => [surname, new Set(ids)])),
    missing: new Set(missing),
    kept: new Set(kept),
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
    expect(alerts({ allergies: NOT_ASKED, consent: { kind: 'none' } }, { missing: [kind] })).toContain(
      'Alerts not loaded',
    );
  });

  test('a consent that was not loaded is not called missing', () => {
    expect(alerts({ consent: { kind: 'none' } }, { missing: ['consents'] })).toEqual(['Alerts not loaded']);
  });

  test('nobody asked for allergies is not the same as none', () => {
    expect(alerts({ allergies: NOT_ASKED })).toEqual(['Allergies not asked']);
  });

  test('somebody who is given no infusions is asked for neither', () => {
    expect(alerts({ course: undefined, allergies: NOT_ASKED, consent: { kind: 'none' } })).toEqual([]);
    expect(alerts({ course: { ...course, phase: 'consultation' }, consent: { kind: 'none' } })).toEqual([]);
  });
});

test('the worst stands first', () => {
  expect(
    alerts(
      {
        consent: { kind: 'none' },
        allergies: { kind: 'known', allergies: [LATEX] },
        unsigned: [DAY],
        nextSession: lateBy(8),
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
  const shown = expected === undefined ? [] : [expected];
  expect(alerts({ nextSession: lateBy(minutes) })).toEqual(shown);
  expect(alerts({ nextConsultation: { ...lateBy(minutes), kind: 'consultation' } })).toEqual(shown);
});

test('a refusal blocks', () => {
  expect(alerts({ consent: { kind: 'refused' } })).toEqual(['Treatment refused']);
});

test('what an earlier answer said still counts, beside the word that it was not loaded again', () => {
  const missing = ['consents', 'allergies'] as const;
  expect(alerts({ consent: { kind: 'none' }, allergies: NOT_ASKED }, { missing, kept: missing })).toEqual([
    'No consent',
    'Allergies not asked',
    'Alerts not loaded',
  ]);
});

test('a consent that ends soon says when', () => {
  expect(alerts({ consent: { kind: 'ends', on: DAY } })).toEqual(['Consent ends 27 Nov']);
});
