import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSavedViews } from './saved-views.ts';

const kept = { name: 'Mine', search: { view: 'due', kind: 'followUpCall' } };

test('saved views are read as they were written', () => {
  expect(parseSavedViews(JSON.stringify([kept]))).toEqual([kept]);
});

test('a view that cannot be read costs no other', () => {
  const text = JSON.stringify([{ name: 7, search: {} }, kept, null, { name: 'Half' }, 'text']);
  expect(parseSavedViews(text)).toEqual([kept]);
});

test('a view of another version opens as far as the list knows it', () => {
  const text = JSON.stringify([
    { name: 'Old', search: { view: 'funnel', sort: 'due', sex: 'female', typed: 'okafor' } },
  ]);
  expect(parseSavedViews(text)).toEqual([{ name: 'Old', search: { view: 'all', sex: 'female' } }]);
});

test.each(['', 'null', '{}', '[', 'undefined', '"text"'])('%j holds no view', (text) => {
  expect(parseSavedViews(text)).toEqual([]);
});

test('whatever stands in the storage, the list opens', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(Array.isArray(parseSavedViews(text))).toBe(true);
    }),
  );
});
