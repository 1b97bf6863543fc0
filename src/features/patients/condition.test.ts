import { expect, test } from 'vitest';
import { SNOMED } from '#src/fhir/codes.ts';
import { toCondition } from './condition.ts';

const subject = { reference: 'Patient/7' };

test('a diagnosis has a name, its codes and since when', () => {
  const code = {
    coding: [{ system: SNOMED, code: '203082005', display: 'Fibromyalgia' }, { code: 'M79.7' }],
  };
  expect(
    toCondition({
      resourceType: 'Condition',
      id: 'c1',
      subject,
      code,
      onsetDateTime: '2019',
      recordedDate: '2021-04-01',
    }),
  ).toEqual({
    id: 'c1',
    patientId: '7',
    name: 'Fibromyalgia',
    tokens: [`${SNOMED}|203082005`, '|M79.7'],
    since: '2019',
  });
});

test('a diagnosis without an onset counts from when it was recorded', () => {
  const resource = { resourceType: 'Condition', id: 'c1', subject, recordedDate: '2021-04-01' };
  expect(toCondition(resource).since).toBe('2021-04-01');
});

test('a diagnosis that says nothing is still one', () => {
  expect(toCondition({ resourceType: 'Condition', id: 'c1', subject, code: {} }).name).toBe(
    'Diagnosis without a name',
  );
});

test.each([
  ['without a patient', { id: 'c1' }],
  ['without an id', { subject }],
  ['with an ill-typed code', { id: 'c1', subject, code: 'M79.7' }],
])('a diagnosis %s cannot be read', (_, fields) => {
  expect(() => toCondition({ resourceType: 'Condition', ...fields })).toThrow(/expected/);
});
