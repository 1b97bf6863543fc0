import { describe, expect, test } from 'vitest';
import { BASE } from './fake-fetch.ts';
import { readNextLink, withIncludes } from './next-link.ts';

describe('a link is followed', () => {
  test.each([
    [`${BASE}/Patient?page=%2B2&a=x%7Cy`, 'Patient', 'Patient'],
    [`${BASE}?_getpages=1`, '', undefined],
    [`${BASE}/_search?_cursor=2`, '_search', undefined],
    [`${BASE}/Patient/1/_history?page=2`, 'Patient/1/_history', 'Patient'],
  ])('as it is: %s', (link, path, type) => {
    expect(readNextLink(link, BASE)).toEqual({ url: link, path, type, includes: [] });
  });

  test('also where it is relative to the base', () => {
    expect(readNextLink('Task?page=2', BASE)).toMatchObject({ url: `${BASE}/Task?page=2`, type: 'Task' });
  });

  test('with what the page after needs, which is never sent', () => {
    const link = withIncludes(`${BASE}/Task?page=2#x`, ['Task:patient', 'Task:focus']);
    expect(readNextLink(link, BASE)).toMatchObject({
      url: `${BASE}/Task?page=2`,
      includes: ['Task:patient', 'Task:focus'],
    });
  });

  test('with a base that is the whole server', () => {
    expect(readNextLink('https://ehr.example/Task?page=2', 'https://ehr.example').path).toBe('Task');
  });
});

describe('a link is refused', () => {
  test.each([
    'https://evil.example/fhir/R4/Patient?page=2',
    'http://ehr.example/fhir/R4/Patient?page=2',
    'https://ehr.example:8443/fhir/R4/Patient?page=2',
    'https://ehr.example.evil.example/fhir/R4/Patient',
    'https://ehr.example/fhir/R4evil/Patient',
    'https://ehr.example/other/Patient',
    `${BASE}/../../other/Patient`,
    `${BASE}/%2e%2e/%2e%2e/other`,
    '/other/Patient',
    '//evil.example/fhir/R4/Patient',
    'https://',
    'data:application/json,{}',
  ])('%s', (link) => {
    expect(() => readNextLink(link, BASE)).toThrow(expect.objectContaining({ kind: 'refused-link' }));
  });

  test('with both addresses, but without the search, in the message', () => {
    expect(() => readNextLink('http://internal:8080/fhir/Patient?name=Okafor', BASE)).toThrow(
      'leads to http://internal:8080/fhir/Patient instead of https://ehr.example/fhir/R4;',
    );
    expect(() => readNextLink('http://internal:8080/fhir/Patient?name=Okafor', BASE)).not.toThrow('Okafor');
  });
});
