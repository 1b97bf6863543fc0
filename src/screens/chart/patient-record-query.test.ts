import { QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { searchset } from '#src/fhir/fake-fetch.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { pageLink, scriptedClinic } from '#tests/support/scripted-clinic.ts';
import { patientRecordParts, type RecordParts } from './patient-record-query.ts';

const subject = { reference: 'Patient/7' };

function record(resourceType: string, id: string, fields: Readonly<Record<string, unknown>>): RawResource {
  return { resourceType, id, ...fields };
}

const RESOURCES = {
  courses: 'CarePlan',
  diagnoses: 'Condition',
  allergies: 'AllergyIntolerance',
  appointments: 'Appointment',
  reminders: 'Task',
} as const satisfies Record<keyof RecordParts, string>;

type PartName = keyof typeof RESOURCES;

const PARTS: readonly PartName[] = ['courses', 'diagnoses', 'allergies', 'appointments', 'reminders'];

async function load(answers: Partial<Record<PartName, object | number>> = {}) {
  const { clinic, searches, requests } = scriptedClinic((search) => {
    const part = PARTS.find((name) => search.startsWith(`${RESOURCES[name]}?`));
    return (part && answers[part]) ?? searchset([]);
  });
  const parts = await new QueryClient().fetchQuery(patientRecordParts(clinic, '7'));
  return { parts, searches, requests };
}

test('what surrounds a patient is one batch', async () => {
  const { requests, searches } = await load();
  expect(requests).toHaveLength(1);
  expect(searches).toEqual([
    `CarePlan?patient=Patient/7&category=${LOCAL_SYSTEM}|ketamine-course&status=active,on-hold,completed,revoked,unknown&_sort=-date&_count=100`,
    'Condition?patient=Patient/7&clinical-status=active,recurrence,relapse&_count=100',
    'AllergyIntolerance?patient=Patient/7&_count=100',
    'Appointment?patient=Patient/7&date=ge2026-11-23T00:00:00-05:00&status=booked,arrived,checked-in&_sort=date&_count=100',
    `Task?patient=Patient/7&code=${['maintenance-infusion', 'follow-up-call', 'clinician-review']
      .map((code) => `${LOCAL_SYSTEM}|${code}`)
      .join(',')}&status=requested,received,on-hold,accepted&_sort=period&_count=100`,
  ]);
});

test('each part holds its records, read', async () => {
  const { parts } = await load({
    courses: searchset([record('CarePlan', 'k1', { subject, status: 'on-hold' })]),
    diagnoses: searchset([record('Condition', 'c1', { subject, code: { text: 'CRPS' } })]),
    allergies: searchset([record('AllergyIntolerance', 'a1', { patient: subject, code: { text: 'Latex' } })]),
    appointments: searchset([record('Appointment', 'p1', { start: '2026-11-24T14:00:00Z' })]),
    reminders: searchset([
      record('Task', 't1', {
        for: subject,
        restriction: { period: { end: '2026-11-24T02:00:00Z' } },
      }),
    ]),
  });
  expect(parts.courses.items).toMatchObject([{ id: 'k1', paused: true }]);
  expect(parts.diagnoses.items).toMatchObject([{ name: 'CRPS' }]);
  expect(parts.allergies.items).toMatchObject([{ name: 'Latex' }]);
  expect(parts.appointments.items.map(({ start }) => String(start))).toEqual(['2026-11-24T14:00:00Z']);
  expect(parts.reminders.items.map(({ due }) => String(due))).toEqual(['2026-11-23']);
  for (const name of PARTS) expect(parts[name]).toMatchObject({ problems: [], more: false });
});

describe('what could not be read is said', () => {
  test.each(PARTS)('where %s were refused, and the others stand', async (name) => {
    const { parts } = await load({ [name]: 403 });
    for (const other of PARTS) {
      expect(parts[other]).toEqual({
        items: [],
        problems:
          other === name
            ? ['The clinic system does not let you read this (403). Ask whoever manages its accounts.']
            : [],
        more: false,
      });
    }
  });

  test.each([
    ['courses', record('CarePlan', 'x', { subject: 'Patient/7' }), 'CarePlan/x', 'subject'],
    ['diagnoses', record('Condition', 'x', { subject, code: 'M79.7' }), 'Condition/x', 'code'],
    ['allergies', { resourceType: 'AllergyIntolerance', id: 'x' }, 'AllergyIntolerance/x', 'patient'],
    ['appointments', record('Appointment', 'x', { start: 9 }), 'Appointment/x', 'start'],
    ['reminders', { resourceType: 'Task', for: subject }, 'Task/?', 'id'],
  ] as const)('of one record among the %s', async (name, resource, key, field) => {
    const bundle = searchset([resource]);
    const { parts } = await load({ [name]: { ...bundle, entry: [...bundle.entry, { resource: 'half' }] } });
    const { items, problems } = parts[name];
    expect(items).toEqual([]);
    expect(problems).toEqual([
      'Entry 2 of the answer is not a record',
      expect.stringMatching(
        `^${key.replace('?', '\\?')} cannot be read: the field ${field} is not as FHIR wants it`,
      ),
    ]);
  });

  test('where there is more than was fetched; of allergies it is a problem', async () => {
    const next = pageLink('Any?page=2');
    const allergy = record('AllergyIntolerance', 'a1', {
      patient: subject,
      code: { text: 'Latex' },
    });
    const { parts } = await load({
      appointments: searchset([{ resourceType: 'Appointment', id: 'p1' }], { next }),
      allergies: searchset([allergy], { next }),
    });
    expect(parts.appointments).toMatchObject({ more: true, problems: [] });
    expect(parts.allergies).toMatchObject({ more: true, problems: ['Only the first 1 could be loaded.'] });
    expect(parts.allergies.items).toHaveLength(1);
  });

  test('and allergies that are over are none', async () => {
    const verificationStatus = {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
          code: 'entered-in-error',
        },
      ],
    };
    const { parts } = await load({
      allergies: searchset([record('AllergyIntolerance', 'a1', { patient: subject, verificationStatus })]),
    });
    expect(parts.allergies).toEqual({ items: [], problems: [], more: false });
  });
});
