import { expect, test } from 'vitest';
import { mapReferences, memorySource, referencesIn, resolverOf } from './source-record.ts';
import { patient } from './seed-testing.ts';

test('references are found wherever they stand, each once', () => {
  const record = {
    resourceType: 'Observation',
    id: 'o',
    subject: { reference: 'Patient/p' },
    extension: [{ url: 'https://host/x', valueReference: { reference: 'Patient/q' } }],
    contained: [{ resourceType: 'Specimen', id: 's', subject: { reference: 'Patient/p' } }],
    specimen: { reference: '#s' },
    derivedFrom: [{ reference: 'urn:uuid:1', display: 'One' }],
    content: [{ attachment: { url: 'Binary/b' } }],
  };
  expect(referencesIn(record)).toEqual(['Patient/p', 'Patient/q', '#s', 'urn:uuid:1', 'Binary/b']);
});

test('a reference that is left out takes what it leaves empty with it', () => {
  const value = {
    activity: [{ outcomeReference: [{ reference: 'Encounter/1' }] }],
    author: { reference: 'Encounter/1', display: 'Somebody' },
    goal: [],
  };
  expect(mapReferences(value, () => undefined)).toEqual({ author: { display: 'Somebody' }, goal: [] });
});

test.each([
  ['Patient/p', 'Patient/p'],
  ['Patient/p/_history/3', 'Patient/p'],
  ['https://old.test/fhir/Patient/p', 'Patient/p'],
  ['urn:uuid:p', 'Patient/p'],
  ['https://other.test/fhir/Patient/p', undefined],
  ['Patient/unknown', undefined],
  ['#p', undefined],
  ['Patient?identifier=1', undefined],
])('%s means %s', (reference, key) => {
  const resolve = resolverOf(memorySource([patient('p')]).records, 'https://old.test/fhir/');
  expect(resolve(reference)?.key).toBe(key);
});
