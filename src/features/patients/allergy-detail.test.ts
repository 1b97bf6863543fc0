import { expect, test } from 'vitest';
import { ALLERGY_CLINICAL, ALLERGY_VERIFICATION } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { toAllergyDetail } from './allergy-detail.ts';

function read(fields: Readonly<Record<string, unknown>>) {
  const patient = { reference: 'Patient/7' };
  return toAllergyDetail({ resourceType: 'AllergyIntolerance', id: 'a1', patient, ...fields }, readingWith());
}

const clinical = (code: string) => ({ clinicalStatus: { coding: [{ system: ALLERGY_CLINICAL, code }] } });
const verified = (code: string) => ({
  verificationStatus: { coding: [{ system: ALLERGY_VERIFICATION, code }] },
});

test('an allergy has all its reactions, with their severity', () => {
  const allergy = read({
    criticality: 'high',
    recordedDate: '2025-05-12',
    reaction: [
      { manifestation: [{ text: 'Hives' }, { text: 'Itching' }], severity: 'moderate' },
      { manifestation: [{ text: 'Cough' }] },
      { severity: 'severe' },
      {},
    ],
  });
  expect(allergy.reactions).toEqual(['Hives, Itching, moderate', 'Cough', 'severe']);
  expect(allergy).toMatchObject({ highRisk: true, recorded: '2025-05-12' });
});

test.each([
  [{ ...clinical('active'), ...verified('confirmed') }, undefined],
  [{ ...clinical('resolved'), ...verified('confirmed') }, 'resolved'],
  [{ ...clinical('active'), ...verified('unconfirmed') }, 'unconfirmed'],
  [verified('refuted'), 'refuted'],
  [verified('entered-in-error'), 'recorded by mistake'],
  [{}, undefined],
])('%j stands as %s', (fields, status) => {
  expect(read(fields).status).toBe(status);
});
