import { expect, test } from 'vitest';
import { CONDITION_CLINICAL, CONDITION_VERIFICATION, ICD_10_CM, SNOMED } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { toConditionDetail } from './condition-detail.ts';

const read = (fields: Readonly<Record<string, unknown>>) =>
  toConditionDetail(
    { resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/7' }, ...fields },
    readingWith(),
  );

test('a diagnosis has its ICD-10-CM code and no other in its place', () => {
  const snomed = { system: SNOMED, code: '203082005' };
  expect(read({ code: { coding: [snomed, { system: ICD_10_CM, code: 'M79.7' }] } }).icd).toBe('M79.7');
  expect(read({ code: { coding: [snomed] } }).icd).toBeUndefined();
});

test.each([
  ['active', 'confirmed', undefined],
  ['resolved', 'confirmed', 'resolved'],
  ['active', 'provisional', 'provisional'],
  ['resolved', 'refuted', 'refuted'],
  ['active', 'entered-in-error', 'recorded by mistake'],
])('%s and %s stands as %s', (clinical, verification, status) => {
  const condition = read({
    clinicalStatus: { coding: [{ system: CONDITION_CLINICAL, code: clinical }] },
    verificationStatus: { coding: [{ system: CONDITION_VERIFICATION, code: verification }] },
    abatementDateTime: '2025',
  });
  expect(condition).toMatchObject({ status, until: '2025' });
});
