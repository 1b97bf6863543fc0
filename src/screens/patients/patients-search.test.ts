import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultSort,
  patientsSearch,
  orderText,
  SORTABLE,
  VIEWS,
  type PatientsSortKey,
} from './patients-search.ts';

const KEYS = ['view', 'sort', 'record', 'sex', 'protocol', 'course', 'kind', 'diagnosis'];
const SORTS: readonly PatientsSortKey[] = [
  'name',
  '-name',
  'born',
  '-born',
  'progress',
  '-progress',
  'due',
  '-due',
];

describe('the URL of the list', () => {
  test('keeps what the list knows', () => {
    const search = {
      view: 'maintenance',
      sort: '-progress',
      record: 'inactive',
      sex: 'unknown',
      protocol: 'short-6',
      course: 'paused',
      kind: 'followUpCall',
      diagnosis: 'http://snomed.info/sct|203082005',
    };
    expect(patientsSearch.parse(search)).toEqual(search);
  });

  test('is the list of all patients where it says nothing', () => {
    expect(patientsSearch.parse({})).toEqual({ view: 'all' });
  });

  test.each([
    ['a view of another version', { view: 'funnel' }, { view: 'all' }],
    ['an order of another version', { view: 'due', sort: 'phone' }, { view: 'due' }],
    ['an order that the view does not have', { view: 'all', sort: 'due' }, { view: 'all' }],
    ['an order of the recent ones', { view: 'recent', sort: 'name' }, { view: 'recent' }],
    ['an order in a list of orders', { sort: ['name'] }, { view: 'all' }],
    ['numbers for words', { protocol: 123, sex: 1, diagnosis: null }, { view: 'all' }],
    ['empty words, which a search refuses', { protocol: '', diagnosis: '' }, { view: 'all' }],
    [
      'what was typed, which never stands in a URL',
      { typed: 'okafor', name: 'okafor', q: 'x' },
      { view: 'all' },
    ],
  ])('drops %s', (_, url, search) => {
    expect(patientsSearch.parse(url)).toEqual(search);
  });

  test('opens whatever stands in it, and means the same when it is opened again', () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(...VIEWS, ...SORTS, 'active', 'paused', 'female', 'maintenance', '__proto__'),
      fc.anything(),
    );
    const urls = fc.oneof(
      fc.record(Object.fromEntries(KEYS.map((key) => [key, value])), { requiredKeys: [] }),
      fc.dictionary(fc.string(), fc.anything()),
    );
    fc.assert(
      fc.property(urls, (url) => {
        const search = patientsSearch.parse(url);
        expect(VIEWS).toContain(search.view);
        expect(Object.keys(search).filter((key) => !KEYS.includes(key))).toEqual([]);
        if (search.sort !== undefined) expect(SORTABLE[search.view]).toContain(search.sort.replace('-', ''));
        expect(patientsSearch.parse(search)).toEqual(search);
        expect(patientsSearch.parse(JSON.parse(JSON.stringify(search)))).toEqual(search);
      }),
    );
  });
});

test.each(VIEWS.filter((view) => view !== 'recent'))(
  'the view %s can be ordered by its own default',
  (view) => {
    expect(SORTABLE[view]).toContain(defaultSort(view));
  },
);

test.each([
  ['name', 'induction', 'name'],
  ['name', 'all', 'surname'],
  ['-name', 'all', 'surname, last first'],
  ['-born', 'all', 'birth date, last first'],
  ['due', 'due', 'due date'],
  ['-progress', 'maintenance', 'progress, last first'],
] as const)('the order %s of %s is told as: %s', (sort, view, text) => {
  expect(orderText(sort, view)).toBe(text);
});
