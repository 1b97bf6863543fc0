import { describe, expect, test } from 'vitest';
import { parseResource, referenceTo, sameContent } from './resource.ts';

describe('the envelope', () => {
  test('lets every field through that the client knows nothing of', () => {
    const record = {
      resourceType: 'Patient',
      id: '1',
      meta: { versionId: '2', profile: ['x'] },
      birthDate: 1950,
      extension: [{ url: 'u' }],
    };
    expect(parseResource(record)).toEqual(record);
  });

  test.each([
    null,
    'Patient',
    [],
    {},
    { resourceType: '' },
    { resourceType: 'Patient', id: 1 },
    { resourceType: 'Patient', meta: 'x' },
    { resourceType: 'Patient', meta: { versionId: 3 } },
  ])('is damaged in %j', (value) => {
    expect(parseResource(value)).toBeUndefined();
  });
});

test('a reference is type and id; what was never stored has none', () => {
  expect(referenceTo({ resourceType: 'Patient', id: 'a-1' })).toBe('Patient/a-1');
  expect(() => referenceTo({ resourceType: 'Patient' })).toThrow('This Patient has no id');
});

describe('the same content', () => {
  const sent = {
    resourceType: 'Patient',
    id: '1',
    meta: { versionId: '1' },
    name: [{ family: 'A', given: ['B', 'C'] }],
  };

  test.each([
    ['the same in another order and version', { name: [{ given: ['B', 'C'], family: 'A' }], id: '1' }, true],
    ['another value', { id: '1', name: [{ family: 'A', given: ['B', 'D'] }] }, false],
    ['another order of a list', { id: '1', name: [{ family: 'A', given: ['C', 'B'] }] }, false],
    ['one field more', { id: '1', name: sent.name, active: true }, false],
    ['one field less', { id: '1' }, false],
  ])('%s', (_, fields, same) => {
    expect(sameContent({ resourceType: 'Patient', meta: { versionId: '2' }, ...fields }, sent)).toBe(same);
  });
});
