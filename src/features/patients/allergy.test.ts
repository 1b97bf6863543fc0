import { describe, expect, test } from 'vitest';
import { ALLERGY_CLINICAL, ALLERGY_VERIFICATION as VERIFICATION, SNOMED } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { allergyState, toAllergy } from './allergy.ts';

function read(fields: Readonly<Record<string, unknown>>) {
  const patient = { reference: 'Patient/7' };
  return toAllergy({ resourceType: 'AllergyIntolerance', id: 'a1', patient, ...fields }, readingWith());
}

test('an allergy has a name and a reaction', () => {
  const reaction = [{ manifestation: [{ text: 'Hives' }, { text: 'Itching' }] }];
  expect(read({ code: { text: 'Latex' }, reaction })).toEqual({
    patientId: '7',
    noneKnown: false,
    standing: 'current',
    name: 'Latex',
    reaction: 'Hives, Itching',
  });
});

test('of several reactions the gravest is told', () => {
  const reaction = [
    { manifestation: [{ text: 'Rash' }], severity: 'mild' },
    { manifestation: [{ text: 'Anaphylaxis' }], severity: 'severe' },
    { manifestation: [{ text: 'Itching' }] },
    { severity: 'severe' },
  ];
  expect(read({ reaction }).reaction).toBe('Anaphylaxis');
  expect(read({ reaction: [{ severity: 'severe' }] }).reaction).toBeUndefined();
});

test('an allergy whose record names nothing is shown as one', () => {
  expect(read({})).toMatchObject({ name: 'Allergy without a name', noneKnown: false, standing: 'current' });
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

describe('is current, or past, or a mistake', () => {
  const status = (system: string, code: string) => ({ coding: [{ system, code }] });

  test.each([
    ['active', { clinicalStatus: status(ALLERGY_CLINICAL, 'active') }, 'current'],
    ['without a status', {}, 'current'],
    ['with a status of an unknown system', { clinicalStatus: status('urn:other', 'resolved') }, 'current'],
    ['unconfirmed', { verificationStatus: status(VERIFICATION, 'unconfirmed') }, 'current'],
    ['resolved', { clinicalStatus: status(ALLERGY_CLINICAL, 'resolved') }, 'past'],
    ['inactive', { clinicalStatus: status(ALLERGY_CLINICAL, 'inactive') }, 'past'],
    ['entered in error', { verificationStatus: status(VERIFICATION, 'entered-in-error') }, 'mistake'],
    [
      'refuted, though active',
      {
        clinicalStatus: status(ALLERGY_CLINICAL, 'active'),
        verificationStatus: status(VERIFICATION, 'refuted'),
      },
      'past',
    ],
  ])('%s: %s', (_, fields, standing) => {
    expect(read(fields).standing).toBe(standing);
  });
});

test.each([
  ['without a patient', { patient: undefined }],
  ['with an ill-typed code', { code: 'latex' }],
  ['with an ill-typed reaction', { reaction: { manifestation: [] } }],
])('an allergy %s cannot be read', (_, fields) => {
  expect(() => read(fields)).toThrow(/expected/);
});

test('a statement that says only its code is put into words', () => {
  const code = { coding: [{ system: SNOMED, code: '409137002' }] };
  expect(read({ code }).name).toBe('No known drug allergy');
  expect(read({ code: { ...code, text: 'NKDA' } }).name).toBe('NKDA');
});

describe('the records of a patient', () => {
  const latex = read({ code: { text: 'Latex' } });
  const none = read({ code: { coding: [{ system: SNOMED, code: '716186003' }] } });
  const noDrug = read({ code: { coding: [{ system: SNOMED, code: '409137002' }] } });
  const past = { ...latex, standing: 'past' } as const;
  const mistake = { ...latex, standing: 'mistake' } as const;

  test.each([
    ['nothing', [], { kind: 'notAsked' }],
    ['an allergy', [latex], { kind: 'known', allergies: [latex] }],
    ['an allergy and that none is known', [none, latex, past], { kind: 'known', allergies: [latex] }],
    ['that none is known', [none, past], { kind: 'none', text: 'No known allergy' }],
    ['that no drug is', [noDrug, noDrug], { kind: 'none', text: 'No known drug allergy' }],
    ['allergies that are over', [past, past], { kind: 'none', text: 'No current allergies' }],
    ['a mistake alone', [mistake], { kind: 'notAsked' }],
    ['that none was known once', [{ ...none, standing: 'past' } as const], { kind: 'notAsked' }],
  ])('with %s', (_, records, state) => {
    expect(allergyState(records)).toEqual(state);
  });
});
