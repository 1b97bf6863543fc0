import { describe, expect, test } from 'vitest';
import { ALLERGY_CLINICAL, SNOMED } from '#src/fhir/codes.ts';
import { toAllergy } from './allergy.ts';

const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';

function read(fields: Readonly<Record<string, unknown>>) {
  return toAllergy({
    resourceType: 'AllergyIntolerance',
    id: 'a1',
    patient: { reference: 'Patient/7' },
    ...fields,
  });
}

test('an allergy has a name and a reaction', () => {
  const reaction = [{ manifestation: [{ text: 'Hives' }, { text: 'Itching' }] }];
  expect(read({ code: { text: 'Latex' }, reaction })).toEqual({
    patientId: '7',
    noneKnown: false,
    current: true,
    name: 'Latex',
    reaction: 'Hives',
  });
});

test('an allergy whose record names nothing is shown as one', () => {
  expect(read({})).toMatchObject({ name: 'Allergy without a name', noneKnown: false, current: true });
  expect(read({ code: { text: '' } }).name).toBe('Allergy without a name');
});

test.each([
  ['no known allergy', SNOMED, '716186003', true],
  ['no known drug allergy', SNOMED, '409137002', true],
  ['the same digits in another system', 'urn:other', '716186003', false],
  ['a substance', SNOMED, '373464007', false],
])('%s', (_, system, code, noneKnown) => {
  expect(read({ code: { coding: [{ system, code }] } }).noneKnown).toBe(noneKnown);
});

test('words that sound like none are no statement that none is known', () => {
  expect(read({ code: { text: 'No known allergies' } }).noneKnown).toBe(false);
});

describe('is current', () => {
  const status = (system: string, code: string) => ({ coding: [{ system, code }] });

  test.each([
    ['active', { clinicalStatus: status(ALLERGY_CLINICAL, 'active') }, true],
    ['without a status', {}, true],
    ['with a status of an unknown system', { clinicalStatus: status('urn:other', 'resolved') }, true],
    ['unconfirmed', { verificationStatus: status(VERIFICATION, 'unconfirmed') }, true],
    ['resolved', { clinicalStatus: status(ALLERGY_CLINICAL, 'resolved') }, false],
    ['inactive', { clinicalStatus: status(ALLERGY_CLINICAL, 'inactive') }, false],
    ['entered in error', { verificationStatus: status(VERIFICATION, 'entered-in-error') }, false],
    [
      'refuted, though active',
      {
        clinicalStatus: status(ALLERGY_CLINICAL, 'active'),
        verificationStatus: status(VERIFICATION, 'refuted'),
      },
      false,
    ],
  ])('%s: %s', (_, fields, current) => {
    expect(read(fields).current).toBe(current);
  });
});

test.each([
  ['without a patient', { patient: undefined }],
  ['with an ill-typed code', { code: 'latex' }],
  ['with an ill-typed reaction', { reaction: { manifestation: [] } }],
])('an allergy %s cannot be read', (_, fields) => {
  expect(() => read(fields)).toThrow(/expected/);
});
