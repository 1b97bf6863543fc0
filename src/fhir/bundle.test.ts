import { describe, expect, test } from 'vitest';
import { type Bundle, parseBundle, readEntryAnswer, readSearchPage } from './bundle.ts';
import { outcome, patient, responses, searchset } from './fake-fetch.ts';

function bundle(value: unknown): Bundle {
  const parsed = parseBundle(value);
  if (!parsed) throw new Error('not a Bundle');
  return parsed;
}

describe('a bundle', () => {
  test.each([
    ['another resource', patient('1')],
    ['entries that are no list', { resourceType: 'Bundle', entry: {} }],
    [
      'a link without an address, which would end a list too early',
      { resourceType: 'Bundle', link: [{ relation: 'next' }] },
    ],
  ])('is not %s', (_, value) => {
    expect(parseBundle(value)).toBeUndefined();
  });

  test('of nothing is an empty page', () => {
    expect(readSearchPage(bundle({ resourceType: 'Bundle' }), 'Patient')).toEqual({
      matches: [],
      included: new Map(),
      problems: [],
      total: undefined,
      next: undefined,
    });
  });
});

describe('a page', () => {
  test('tells matches from what came along, and knows total and next', () => {
    const task = { resourceType: 'Task', id: 't' };
    const value = searchset([task], { included: [patient('1')], total: 7, next: 'https://ehr.example/next' });
    expect(readSearchPage(bundle(value), 'Task')).toEqual({
      matches: [task],
      included: new Map([['Patient/1', patient('1')]]),
      problems: [],
      total: 7,
      next: 'https://ehr.example/next',
    });
  });

  test('goes by the type where the server gives no mode', () => {
    const entry = [{ resource: { resourceType: 'Task', id: 't' } }, { resource: patient('1') }];
    const page = readSearchPage(bundle({ resourceType: 'Bundle', entry }), 'Task');
    expect(page.matches.map(({ id }) => id)).toEqual(['t']);
    expect([...page.included.keys()]).toEqual(['Patient/1']);
  });

  test('takes everything for a match where neither is known', () => {
    const page = readSearchPage(
      bundle({ resourceType: 'Bundle', entry: [{ resource: patient('1') }] }),
      undefined,
    );
    expect(page.matches.map(({ id }) => id)).toEqual(['1']);
  });

  test.each([
    null,
    'cut',
    {},
    { resource: {} },
    { resource: { id: '9' } },
    { resource: { resourceType: 'Patient', id: 9 } },
  ])('survives the entry %j', (entry) => {
    const page = readSearchPage(
      bundle({ resourceType: 'Bundle', entry: [{ resource: patient('1') }, entry] }),
      'Patient',
    );
    expect(page.matches.map(({ id }) => id)).toEqual(['1']);
    expect(page.problems).toEqual(['Entry 2 of the answer is not a record']);
  });

  test.each([-1, 1.5, '12', null])('has no total where it is %j', (total) => {
    expect(readSearchPage(bundle({ resourceType: 'Bundle', total }), 'Patient').total).toBeUndefined();
  });

  test('hands on what the server had to say, but for mere information', () => {
    const entry = [
      { resource: outcome('Parameter colour ignored', { severity: 'warning' }), search: { mode: 'outcome' } },
      { resource: outcome('Took 3 ms', { severity: 'information' }), search: { mode: 'outcome' } },
    ];
    const page = readSearchPage(bundle({ resourceType: 'Bundle', entry }), 'Patient');
    expect(page).toMatchObject({ matches: [], problems: ['Parameter colour ignored'] });
  });
});

describe('the answer to an entry', () => {
  const answer = bundle(responses('201 Created', '412', patient('1'), 'fine'));

  test.each([
    [0, 201],
    [1, 412],
    [2, 200],
    [3, undefined],
    [4, undefined],
  ])('%i has the status %j', (index, status) => {
    expect(readEntryAnswer(answer, index).status).toBe(status);
  });

  test('brings its resource, or the reason', () => {
    expect(readEntryAnswer(answer, 2).resource).toEqual(patient('1'));
    const refused = bundle({
      resourceType: 'Bundle',
      entry: [{ response: { status: '400', outcome: outcome('no') } }],
    });
    expect(readEntryAnswer(refused, 0).outcome).toEqual(outcome('no'));
  });
});
