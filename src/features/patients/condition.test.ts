import { expect, test } from 'vitest';
import { CONDITION_CLINICAL, CONDITION_VERIFICATION, SNOMED } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { toCondition } from './condition.ts';

const read = (fields: Readonly<Record<string, unknown>>) =>
  toCondition({ resourceType: 'Condition', ...fields }, readingWith());

const subject = { reference: 'Patient/7' };

test('a diagnosis has a name, a patient and since when', () => {
  const code = {
    coding: [{ system: SNOMED, code: '203082005', display: 'Fibromyalgia' }, { code: 'M79.7' }],
  };
  expect(read({ id: 'c1', subject, code, onsetDateTime: '2019', recordedDate: '2021-04-01' })).toEqual({
    id: 'c1',
    patientId: '7',
    name: 'Fibromyalgia',
    current: true,
    since: '2019',
  });
});

test('a diagnosis without an onset counts from when it was recorded', () => {
  expect(read({ id: 'c1', subject, recordedDate: '2021-04-01' }).since).toBe('2021-04-01');
});

test('a diagnosis that says nothing is still one', () => {
  expect(read({ id: 'c1', subject, code: {} }).name).toBe('Diagnosis without a name');
});

test.each([
  ['without a status', undefined, undefined, true],
  ['active', 'active', 'confirmed', true],
  ['come back', 'relapse', undefined, true],
  ['provisional', undefined, 'provisional', true],
  ['in remission', 'remission', 'confirmed', false],
  ['resolved', 'resolved', undefined, false],
  ['inactive', 'inactive', undefined, false],
  ['refuted, though active', 'active', 'refuted', false],
  ['a mistake', undefined, 'entered-in-error', false],
])('a diagnosis that is %s', (_, clinical, verification, current) => {
  const status = (system: string, code: string | undefined) =>
    code === undefined ? undefined : { coding: [{ system, code }] };
  const fields = {
    clinicalStatus: status(CONDITION_CLINICAL, clinical),
    verificationStatus: status(CONDITION_VERIFICATION, verification),
  };
  expect(read({ id: 'c1', subject, ...fields }).current).toBe(current);
});

test.each([
  ['without a patient', { id: 'c1' }],
  ['without an id', { subject }],
  ['with an ill-typed code', { id: 'c1', subject, code: 'M79.7' }],
])('a diagnosis %s cannot be read', (_, fields) => {
  expect(() => read(fields)).toThrow(/expected/);
});
