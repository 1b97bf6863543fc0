import { QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import { CONSENT_SCOPE, LOCAL_SYSTEM, local } from '#src/fhir/codes.ts';
import { searchset } from '#src/fhir/fake-fetch.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import type { Role } from '#src/config/config.ts';
import { scriptedClinic } from '#tests/support/scripted-clinic.ts';
import { chartAlerts } from './chart-alerts.ts';
import { patientRecordParts } from './patient-record-query.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const subject = { reference: 'Patient/7' };

const record = (resourceType: string, fields: Readonly<Record<string, unknown>>): RawResource => ({
  resourceType,
  id: 'x1',
  ...fields,
});

const induction = record('CarePlan', {
  subject,
  status: 'active',
  category: [{ coding: [{ system: LOCAL_SYSTEM, code: 'phase-induction' }] }],
});
const consent = (end: string, fields: object = {}) =>
  record('Consent', {
    status: 'active',
    scope: { coding: [{ system: CONSENT_SCOPE, code: 'treatment' }] },
    patient: subject,
    provision: { type: 'permit', period: { end }, ...fields },
  });
const session = (start: string, fields: object = {}) =>
  record('Encounter', {
    subject,
    status: 'in-progress',
    type: [{ coding: [local('ketamine-infusion')] }],
    appointment: [{ reference: 'Appointment/x1' }],
    period: { start },
    ...fields,
  });

/** The alerts of a chart whose searches are answered by these records; a number is a refusal. */
async function alertsOf(
  records: Readonly<Record<string, readonly RawResource[] | number>>,
  role: Role = 'nurse',
  deceased = false,
) {
  const { clinic } = scriptedClinic((search) => {
    const answer = records[search.replace(/\?.*/, '')] ?? [];
    return typeof answer === 'number' ? answer : searchset(answer);
  });
  const parts = await new QueryClient().fetchQuery(patientRecordParts(clinic, '7', role));
  return chartAlerts(parts, today, { deceased }).map(({ tone, text }) => `${tone}: ${text}`);
}

describe('consent, of a patient who is infused', () => {
  test.each([
    ['none', [], ['block: No valid consent']],
    ['lapsed', [consent('2026-11-22')], ['block: No valid consent']],
    ['about to lapse', [consent('2026-11-30')], ['late: Consent ends 30 Nov']],
    ['valid', [consent('2027-06-01')], []],
    [
      'refused, beside an older consent',
      [consent('2027-06-01'), { ...consent('2027-06-01', { type: 'deny' }), id: 'x2' }],
      ['block: Treatment refused'],
    ],
    ['not answered', 403, ['info: Consent not loaded']],
    [
      'not read in whole',
      [consent('2027-06-01'), { ...consent('never'), id: 'x2' }],
      ['info: Consent not fully read'],
    ],
  ])('%s', async (_, consents, alerts) => {
    expect(await alertsOf({ CarePlan: [induction], Consent: consents })).toEqual(alerts);
  });

  test.each([
    [
      'may be refused beside one that is about to lapse',
      [consent('2026-11-30'), { ...consent('never'), id: 'x2' }],
    ],
  ])('%s', async (_, consents) => {
    expect(await alertsOf({ CarePlan: [induction], Consent: consents })).toEqual([
      'late: Consent ends 30 Nov',
      'info: Consent not fully read',
    ]);
  });

  test.each([
    ['the courses were refused', 403],
    ['the phase is not recorded', [record('CarePlan', { subject, status: 'active' })]],
    [
      'another course is at its consultation',
      [
        record('CarePlan', {
          subject,
          status: 'active',
          category: [{ coding: [{ system: LOCAL_SYSTEM, code: 'phase-consultation' }] }],
        }),
        { ...induction, id: 'x2' },
      ],
    ],
  ])('is warned of where %s', async (_, courses) => {
    expect(await alertsOf({ CarePlan: courses })).toContain('block: No valid consent');
  });

  test('is nothing to warn of without a course', async () => {
    expect(await alertsOf({})).toEqual([]);
  });
});

describe('a session that is not signed', () => {
  test.each([
    ['of an earlier day', [session('2026-11-20T15:00:00Z')], 'booked', ['late: 20 Nov not signed']],
    ['of an earlier year', [session('2025-11-20T15:00:00Z')], 'booked', ['late: 20 Nov 2025 not signed']],
    ['of today, still running', [session('2026-11-23T15:00:00Z')], 'checked-in', []],
    ['of today, over', [session('2026-11-23T13:00:00Z')], 'fulfilled', ['late: Today not signed']],
    [
      'and another one',
      [session('2026-11-20T15:00:00Z'), session('2026-11-18T15:00:00Z', { id: 'x2' })],
      'booked',
      ['late: 2 sessions not signed'],
    ],
    ['on the wrong patient', [session('2026-11-20T15:00:00Z', { status: 'entered-in-error' })], 'booked', []],
  ])('%s', async (_, sessions, status, alerts) => {
    const appointment = record('Appointment', { status, start: '2026-11-23T15:00:00Z' });
    expect(await alertsOf({ Encounter: sessions, Appointment: [appointment] })).toEqual(alerts);
  });

  test('is not known where sessions or notes were refused', async () => {
    expect(await alertsOf({ Composition: 403 })).toEqual(['info: Signatures not fully read']);
  });

  test('of today is not known to run where appointments were refused', async () => {
    const records = { Encounter: [session('2026-11-23T13:00:00Z')], Appointment: 403 };
    expect(await alertsOf(records)).toEqual(['info: Signatures not fully read']);
  });

  test('is nothing that an administrator is told of', async () => {
    expect(await alertsOf({ Encounter: [session('2026-11-20T15:00:00Z')] }, 'administrator')).toEqual([]);
  });
});

const review = (status: string) =>
  record('Task', { status, code: { coding: [local('clinician-review')] }, for: subject });

test.each([
  ['open', 'requested', ['late: Clinician review']],
  ['done', 'completed', []],
])('a review that is %s', async (_, status, expected) => {
  expect(await alertsOf({ Task: [review(status)] })).toEqual(expected);
});

test('that nobody may call is told, in grey: it stops no treatment', async () => {
  const closed = {
    ...review('cancelled'),
    code: { coding: [local('maintenance-infusion')] },
    statusReason: { text: 'Do not contact' },
  };
  expect(await alertsOf({ Task: [closed] })).toEqual(['info: Do not contact']);
});

test('of somebody who died only what waits for a signature', async () => {
  const records = {
    CarePlan: [induction],
    Task: [review('requested')],
    Encounter: [session('2026-11-20T15:00:00Z')],
  };
  expect(await alertsOf(records)).toContain('late: Clinician review');
  expect(await alertsOf(records, 'nurse', true)).toEqual(['late: 20 Nov not signed']);
});
