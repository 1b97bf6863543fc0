import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyOf, encodeQuery, literal, searchRequest, searchUrl } from './search.ts';

const text = fc.string({ unit: 'binary', minLength: 1 });

describe('a search', () => {
  test('keeps the order, leaves out what is undefined and repeats a list', () => {
    const request = searchRequest('Encounter', {
      type: ['a|1', 'a|2'],
      status: undefined,
      date: [],
      _count: 50,
    });
    expect(request.params).toEqual([
      ['type', 'a|1'],
      ['type', 'a|2'],
      ['_count', '50'],
    ]);
  });

  test.each([{ patient: '' }, { patient: ['Patient/1', ''] }])('refuses the empty value in %j', (params) => {
    expect(() => searchRequest('Task', params)).toThrow('The search parameter patient of Task has no value');
  });

  test('without parameters has no query', () => {
    expect(searchUrl(searchRequest('Location', {}))).toBe('Location');
  });

  test('encodes what has a meaning in a URL', () => {
    const request = searchRequest('Appointment', {
      date: 'ge2026-11-20T00:00:00+01:00',
      name: 'van & de=Ω#1',
    });
    expect(searchUrl(request)).toBe(
      'Appointment?date=ge2026-11-20T00%3A00%3A00%2B01%3A00&name=van%20%26%20de%3D%CE%A9%231',
    );
  });

  test('any text comes out as it went in, for servers that read + as a space and those that do not', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (params) => {
        const query = encodeQuery(params);
        expect([...new URLSearchParams(query)]).toEqual(params);
        const decoded =
          query === '' ? [] : query.split('&').map((pair) => pair.split('=').map(decodeURIComponent));
        expect(decoded).toEqual(params);
      }),
    );
  });
});

describe('any of', () => {
  test('nothing is refused: servers would answer with everything', () => {
    expect(() => anyOf([])).toThrow(TypeError);
  });

  test('leaves tokens and references as they are', () => {
    expect(anyOf(['http://loinc.org|1', 'Patient/a'])).toBe('http://loinc.org|1,Patient/a');
  });

  test('literal texts can be told apart again, whatever they contain', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\\,$|ab]+$/), { minLength: 1 }), (texts) => {
        const parts = anyOf(texts.map(literal)).match(/(?:\\.|[^\\,$|])+/gs);
        expect(parts?.map((part) => part.replaceAll(/\\(.)/gs, '$1'))).toEqual(texts);
      }),
    );
  });
});
