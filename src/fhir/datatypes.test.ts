import { describe, expect, test } from 'vitest';
import { conceptText, hasCode, localId } from './datatypes.ts';

const BASE = 'https://ehr.example/fhir/R4';

describe('a concept', () => {
  test.each([
    ['its text', { text: 'Latex', coding: [{ display: 'Natural rubber latex' }] }, 'Latex'],
    ['a display', { coding: [{ code: '1' }, { display: 'Natural rubber latex' }] }, 'Natural rubber latex'],
    ['a display where the text is blank', { text: ' ', coding: [{ display: 'Latex' }] }, 'Latex'],
    [
      'a code where nothing better is there',
      { coding: [{ display: '' }, { code: '1003755004' }] },
      '1003755004',
    ],
    ['nothing', {}, undefined],
    ['nothing', { text: '', coding: [] }, undefined],
    ['nothing', undefined, undefined],
  ])('says %s', (_, value, said) => {
    expect(conceptText(value)).toBe(said);
  });

  test('carries a code of its own system only', () => {
    // In LOINC and in a list of races 2106-3 means two things.
    const value = { coding: [{ system: 'urn:race', code: '2106-3' }, { code: '1' }] };
    expect(hasCode(value, 'urn:race', ['x', '2106-3'])).toBe(true);
    expect(hasCode(value, 'http://loinc.org', ['2106-3'])).toBe(false);
    expect(hasCode(value, 'urn:race', ['1'])).toBe(false);
    expect(hasCode({ coding: [{ system: 'urn:race' }] }, 'urn:race', ['1'])).toBe(false);
    expect(hasCode(undefined, 'urn:race', ['2106-3'])).toBe(false);
  });
});

describe('a reference', () => {
  test.each([
    ['Patient/7', '7'],
    ['https://ehr.example/fhir/R4/Patient/7', '7'],
    ['Patient/7/_history/2', '7'],
    ['https://ehr.example/fhir/R4/Patient/7/_history/2', '7'],
    // The record of another server: its 7 is somebody else.
    ['https://hospital.example/fhir/R4/Patient/7', undefined],
    ['https://ehr.example/fhir/R4x/Patient/7', undefined],
    ['https://ehr.example/fhir/R4/tenant/Patient/7', undefined],
    ['http://ehr.example/fhir/R4/Patient/7', undefined],
    ['/Patient/7', undefined],
    ['Group/7', undefined],
    ['Patient/', undefined],
    ['Patient', undefined],
    ['#Patient/7', undefined],
    ['urn:uuid:0c3151bd', undefined],
    [undefined, undefined],
  ])('%s means the patient %s', (reference, id) => {
    expect(localId({ reference }, 'Patient', BASE)).toBe(id);
  });

  test('that is missing or names somebody only in words means nobody', () => {
    expect(localId(undefined, 'Patient', BASE)).toBeUndefined();
    expect(localId({ display: 'Ada Okafor' }, 'Patient', BASE)).toBeUndefined();
  });
});
