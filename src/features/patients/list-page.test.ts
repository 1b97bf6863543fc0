import { describe, expect, test } from 'vitest';
import { patient, searchset } from '#src/fhir/fake-fetch.ts';
import { searchRequest } from '#src/fhir/search.ts';
import { pageLink, scriptedClinic, type SearchScript } from '#tests/support/scripted-clinic.ts';
import { loadList, patientReferences, patientRows, reasonOf, rowsWithPatients } from './list-page.ts';
import { toCondition } from './condition.ts';

const request = searchRequest('Condition', { _count: 100 });

const condition = (id: string, patientId: string, more: object = {}) => ({
  resourceType: 'Condition',
  id,
  subject: { reference: `Patient/${patientId}` },
  ...more,
});

const conditions = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => condition(`c${from + index}`, 'p1'));

/** Answers the first page, and each `page=n` as told. */
function pages(first: object, further: Readonly<Record<string, object | number>> = {}): SearchScript {
  return (search) => further[/page=(\d+)/.exec(search)?.[1] ?? ''] ?? first;
}

const next = (page: number) => pageLink(`Condition?page=${page}`);

function load(script: SearchScript, link?: string) {
  const { clinic, searches } = scriptedClinic(script);
  return { searches, page: loadList(clinic.fhir, request, { link }) };
}

describe('a list', () => {
  test('of one page is whole, counted even where the server does not', async () => {
    const { page } = load(() => searchset(conditions(0, 3)));
    expect(await page).toMatchObject({ total: 3, whole: true, next: undefined, problems: [] });
  });

  test('that is empty is whole', async () => {
    const { page } = load(() => ({ resourceType: 'Bundle', type: 'searchset', total: 0 }));
    expect(await page).toMatchObject({ matches: [], total: 0, whole: true });
  });

  test('of 200 rows is loaded to its end', async () => {
    const { page, searches } = load(
      pages(searchset(conditions(0, 100), { total: 200, next: next(2), included: [patient('p1')] }), {
        2: searchset(conditions(100, 100), { included: [patient('p2')] }),
      }),
    );
    const { matches, included, ...rest } = await page;
    expect(rest).toEqual({ total: 200, whole: true, next: undefined, problems: [] });
    expect(new Set(matches.map(({ id }) => id)).size).toBe(200);
    expect([...included.keys()]).toEqual(['Patient/p1', 'Patient/p2']);
    expect(searches).toEqual(['Condition?_count=100', 'Condition?page=2']);
  });

  test('of 201 rows is paged by the server', async () => {
    const { page, searches } = load(pages(searchset(conditions(0, 100), { total: 201, next: next(2) })));
    expect(await page).toMatchObject({ total: 201, whole: false, next: next(2) });
    expect(searches).toHaveLength(1);
  });

  test('that the server does not count is paged, since it may be long', async () => {
    const { page, searches } = load(pages(searchset(conditions(0, 100), { next: next(2) })));
    expect(await page).toMatchObject({ total: undefined, whole: false, next: next(2) });
    expect(searches).toHaveLength(1);
  });

  test('whose further page is asked for is that page, never whole', async () => {
    const { page, searches } = load(pages(searchset([]), { 3: searchset(conditions(0, 2)) }), next(3));
    expect(await page).toMatchObject({ whole: false, next: undefined });
    expect(searches).toEqual(['Condition?page=3']);
  });

  test('in which a row moved between two pages has it once', async () => {
    const { page } = load(
      pages(searchset(conditions(0, 3), { total: 5, next: next(2) }), { 2: searchset(conditions(2, 3)) }),
    );
    const { matches, whole } = await page;
    expect(matches.map(({ id }) => id)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
    expect(whole).toBe(true);
  });

  test.each([
    ['on one page', searchset(conditions(0, 3), { total: 4 }), {}],
    [
      'between two pages',
      searchset(conditions(0, 2), { total: 4, next: next(2) }),
      { 2: searchset(conditions(1, 2)) },
    ],
  ])('of which the server lost a row %s does not claim to be whole', async (_, first, further) => {
    const { page } = load(pages(first, further));
    expect(await page).toMatchObject({ whole: false, total: 4 });
  });

  test('that holds more than the server counted is paged instead of cut off', async () => {
    const endless = (page: number) => searchset(conditions(page * 100, 100), { next: next(page + 1) });
    const { page } = load(
      pages(searchset(conditions(0, 100), { total: 150, next: next(1) }), {
        1: endless(1),
        2: endless(2),
        3: endless(3),
      }),
    );
    const { matches, ...rest } = await page;
    expect(rest).toMatchObject({ whole: false, total: undefined, next: next(1) });
    expect(matches).toHaveLength(100);
  });

  test('keeps the damaged entries of every page', async () => {
    const broken = {
      ...searchset(conditions(2, 1)),
      entry: [{ resource: 'half' }, { resource: condition('c2', 'p1') }],
    };
    const { page } = load(pages(searchset(conditions(0, 2), { total: 4, next: next(2) }), { 2: broken }));
    expect(await page).toMatchObject({ problems: ['Entry 1 of the answer is not a record'], whole: true });
  });

  test('of which a page fails, fails', async () => {
    const { page } = load(pages(searchset(conditions(0, 2), { total: 4, next: next(2) }), { 2: 403 }));
    await expect(page).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test('that nobody waits for any more is given up', async () => {
    const { clinic } = scriptedClinic(() => searchset([]));
    const reason = new Error('left');
    await expect(loadList(clinic.fhir, request, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('rows', () => {
  const loaded = async (bundle: object) => {
    const { clinic } = scriptedClinic(() => bundle);
    return { clinic, page: await loadList(clinic.fhir, request, {}) };
  };

  async function rowsOf(bundle: object) {
    const { clinic, page } = await loaded(bundle);
    return rowsWithPatients(clinic, page, toCondition).rows;
  }

  test('join a record with its patient', async () => {
    const name = [{ family: 'Okafor' }];
    const [row] = await rowsOf(searchset([condition('c1', 'p1')], { included: [patient('p1', { name })] }));
    expect(row).toMatchObject({
      kind: 'record',
      key: 'Condition/c1',
      patient: { id: 'p1', name: { surname: 'OKAFOR' } },
      item: { id: 'c1', patientId: 'p1' },
    });
  });

  test.each([
    ['its patient did not come along', condition('c1', 'p9'), 'its patient was not sent along'],
    ['it says nobody’s', condition('c1', 'p1', { subject: {} }), 'its patient was not sent along'],
    [
      'it is ill-typed',
      condition('c1', 'p1', { code: 'M79.7' }),
      'the field code is not as FHIR wants it, expected object',
    ],
    [
      'its patient is ill-typed',
      condition('c1', 'p2'),
      'of its Patient/p2, the field birthDate is not as FHIR wants it, expected string',
    ],
  ])('say why one cannot be read: %s', async (_, resource, reason) => {
    const included = [patient('p1'), patient('p2', { birthDate: 1950 })];
    expect(await rowsOf(searchset([resource, condition('c2', 'p1')], { included }))).toMatchObject([
      { kind: 'unreadable', key: 'Condition/c1', reason },
      { kind: 'record', key: 'Condition/c2' },
    ]);
  });

  test('that cannot be read never share a key', async () => {
    const nameless = { resourceType: 'Condition', subject: { reference: 'Patient/p1' } };
    const bundle = searchset([nameless, nameless]);
    const rows = await rowsOf({ ...bundle, entry: [...bundle.entry, { resource: 1 }, { resource: 2 }] });
    expect(rows.map(({ kind }) => kind)).toEqual(['unreadable', 'unreadable', 'unreadable', 'unreadable']);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
  });

  test('are read with the clinic’s own record number', async () => {
    const mr = (system: string, value: string) => ({
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
      system,
      value,
    });
    const known = patient('p1', { identifier: [mr('urn:hospital', '99-1'), mr('urn:clinic', '10-4718')] });
    const { clinic } = scriptedClinic(
      (search) =>
        search.startsWith('Patient')
          ? searchset([known, patient('p2', { active: 'yes' })])
          : searchset([condition('c1', 'p1')], { included: [known] }),
      { codes: { mrnSystem: 'urn:clinic' } },
    );
    const patients = await loadList(clinic.fhir, searchRequest('Patient', {}), {});
    expect(patientRows(clinic, patients)).toMatchObject({
      rows: [
        { kind: 'record', key: 'Patient/p1', patient: { mrn: '10-4718' } },
        {
          kind: 'unreadable',
          key: 'Patient/p2',
          reason: 'the field active is not as FHIR wants it, expected boolean',
        },
      ],
      total: 2,
      whole: true,
    });
    const { rows } = rowsWithPatients(clinic, await loadList(clinic.fhir, request, {}), toCondition);
    expect(rows).toMatchObject([{ patient: { mrn: '10-4718' } }]);
  });
});

test.each([
  [new Error('no luck'), 'no luck'],
  ['text', 'unknown reason'],
  [Object.assign(new Error('odd'), { issues: [] }), 'odd'],
  [Object.assign(new Error('odd'), { issues: [{ path: [] }] }), 'the field itself is not as FHIR wants it'],
])('the reason of %s is in words', (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});

test('references of patients are what a search wants', () => {
  expect(patientReferences(['a', 'b'])).toBe('Patient/a,Patient/b');
});
