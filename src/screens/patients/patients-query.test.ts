import { QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import { patient, searchset } from '#src/fhir/fake-fetch.ts';
import { pageLink, scriptedClinic, type SearchScript } from '#tests/support/scripted-clinic.ts';
import { loadPatientsPage, patientsCounts, patientsPage, type PatientsRow } from './patients-query.ts';
import { patientsSearch } from './patients-search.ts';

const subject = (id: string) => ({ reference: `Patient/${id}` });
const plan = (id: string, of: string) => ({ resourceType: 'CarePlan', id, subject: subject(of) });
const task = (id: string, of: string) => ({ resourceType: 'Task', id, for: subject(of) });
const condition = (id: string, of: string) => ({ resourceType: 'Condition', id, subject: subject(of) });

interface Asked {
  readonly search?: object;
  readonly typed?: string;
  readonly link?: string;
  readonly tooMany?: boolean;
  readonly recent?: readonly string[];
}

async function load(script: SearchScript, { search = {}, typed = '', link, tooMany, recent = [] }: Asked) {
  const { clinic, searches } = scriptedClinic(script);
  const query = { search: patientsSearch.parse(search), typed, link, tooMany, recent };
  const page = await loadPatientsPage(clinic, query, new AbortController().signal);
  return { page, searches, keys: page.rows.map(({ key }) => key) };
}

function itemsOf(rows: readonly PatientsRow[]) {
  return rows.map((row) => (row.kind === 'record' ? Object.keys(row.item) : row.reason));
}

describe('a view', () => {
  test.each([
    ['all', {}, ['Patient?_sort=family,_id']],
    ['all, by name, last first', { sort: '-name' }, ['Patient?_sort=-family,_id']],
    ['all, by birth date', { sort: 'born' }, ['Patient?_sort=birthdate,_id']],
    ['all, filtered', { record: 'deceased', sex: 'male' }, ['Patient?deceased=true&gender=male&']],
    [
      'induction',
      { view: 'induction', protocol: 'short-6' },
      ['phase-induction', 'instantiates-uri', 'short-6'],
    ],
    ['maintenance', { view: 'maintenance', course: 'paused' }, ['phase-maintenance', 'status=on-hold']],
    ['due', { view: 'due', kind: 'followUpCall' }, ['Task?code=', '|follow-up-call&']],
    ['by diagnosis', { view: 'diagnosis', diagnosis: 'urn:a|1' }, ['Condition?code=urn:a|1&']],
  ])('%s is one search', async (_, search, parts) => {
    const { searches, page } = await load(() => searchset([]), { search });
    expect(searches).toHaveLength(1);
    for (const part of parts) expect(searches[0]).toContain(part);
    expect(page).toMatchObject({ rows: [], total: 0, whole: true });
  });

  test.each([
    ['all', patient('p1'), []],
    ['induction', plan('k1', 'p1'), ['course']],
    ['due', task('t1', 'p1'), ['reminder']],
    ['diagnosis', condition('c1', 'p1'), ['condition']],
  ])('%s has beside the patient what it is made of', async (view, resource, item) => {
    const { page } = await load(() => searchset([resource], { included: [patient('p1')] }), {
      search: { view },
    });
    expect(itemsOf(page.rows)).toEqual([item]);
  });

  test('recent asks for those who were opened, in that order', async () => {
    const { searches, keys } = await load(() => searchset([patient('a'), patient('b')]), {
      search: { view: 'recent' },
      recent: ['b', 'a'],
    });
    expect(searches).toEqual(['Patient?_id=b,a&_count=50']);
    expect(keys).toEqual(['Patient/b', 'Patient/a']);
  });

  test('goes on behind the server’s link', async () => {
    const link = pageLink('CarePlan?page=2');
    const { searches } = await load(() => searchset([]), {
      search: { view: 'induction' },
      link,
      typed: 'okafor',
    });
    expect(searches).toEqual(['CarePlan?page=2']);
  });
});

describe('a search in a list that is too long to be here whole', () => {
  const patients = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => patient(`p${from + index}`));

  test('asks for the patients first, then for their rows', async () => {
    const { searches, keys, page } = await load(
      (search) =>
        search.startsWith('Patient?')
          ? searchset([patient('a'), patient('b')])
          : searchset([plan('k1', 'b')], { included: [patient('b')] }),
      { search: { view: 'induction', course: 'active' }, typed: 'oka' },
    );
    expect(searches[0]).toContain('Patient?name=oka&_sort=family,_id');
    expect(searches[1]).toContain('&status=active&patient=Patient/a,Patient/b&');
    expect(searches).toHaveLength(2);
    expect(keys).toEqual(['CarePlan/k1']);
    expect(page.tooMany).toBe(false);
  });

  test.each(['induction', 'maintenance', 'due', 'diagnosis'])(
    'asks no more of %s where no patient answers, and never for everybody',
    async (view) => {
      const { searches, page } = await load(() => searchset([]), { search: { view }, typed: 'nobody' });
      expect(searches).toHaveLength(1);
      expect(page).toMatchObject({ rows: [], total: 0, whole: true });
    },
  );

  const many =
    (total: number): SearchScript =>
    (search) => {
      const from = Number(/page=(\d+)/.exec(search)?.[1] ?? 0);
      if (!search.startsWith('Patient?')) return searchset([]);
      const next = from + 50 < total ? { next: pageLink(`Patient?page=${from + 50}`) } : {};
      return searchset(patients(from, Math.min(50, total - from)), next);
    };

  test.each([
    [50, 1, 50, false],
    [51, 2, 51, false],
    [100, 2, 100, false],
    [101, 2, 100, true],
    [400, 2, 100, true],
  ])(
    'for %i patients reads %i pages, names %i and says whether they are too many: %s',
    async (total, pages, named, tooMany) => {
      const { searches, page } = await load(many(total), { search: { view: 'due' }, typed: 'a' });
      expect(searches.filter((search) => search.startsWith('Patient?'))).toHaveLength(pages);
      expect(searches.at(-1)?.match(/Patient\/p\d+/g)).toHaveLength(named);
      expect(page.tooMany).toBe(tooMany);
    },
  );

  test('says that they are too many where a number has more answers than one page', async () => {
    const { page } = await load(
      (search) =>
        search.includes('phone=')
          ? searchset(patients(0, 50), { next: pageLink('Patient?page=2') })
          : searchset([]),
      { search: { view: 'due' }, typed: '555' },
    );
    expect(page.tooMany).toBe(true);
  });

  test('still says so on the pages behind the first', async () => {
    const { page } = await load(() => searchset([]), {
      search: { view: 'due' },
      typed: 'a',
      link: pageLink('Task?page=2'),
      tooMany: true,
    });
    expect(page.tooMany).toBe(true);
  });

  test('finds the rows of a patient whose record cannot be read, too: they say so', async () => {
    const broken = patient('a', { birthDate: 1950 });
    const { page, searches } = await load(
      (search) =>
        search.startsWith('Patient?')
          ? searchset([broken])
          : searchset([task('t1', 'a')], { included: [broken] }),
      { search: { view: 'due' }, typed: 'oka' },
    );
    expect(searches[1]).toContain('&patient=Patient/a&');
    expect(page.rows).toMatchObject([
      { kind: 'unreadable', key: 'Task/t1', reason: expect.stringContaining('Patient/a') },
    ]);
  });

  test('fails where the patients cannot be asked for', async () => {
    await expect(load(() => 403, { search: { view: 'due' }, typed: 'oka' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

describe('the query of a page', () => {
  const { clinic } = scriptedClinic(() => searchset([]));
  const keyOf = (asked: Asked) =>
    patientsPage(clinic, {
      search: patientsSearch.parse(asked.search ?? {}),
      typed: asked.typed ?? '',
      link: asked.link,
      recent: asked.recent ?? [],
    }).queryKey;

  test.each([
    ['all', 'Patient'],
    ['recent', 'Patient'],
    ['induction', 'CarePlan'],
    ['maintenance', 'CarePlan'],
    ['due', 'Task'],
    ['diagnosis', 'Condition'],
  ])('of %s is renewed when a %s is written', (view, type) => {
    expect(keyOf({ search: { view } })[0]).toBe(type);
  });

  test('is another one for another filter, text, page or order of the server’s', () => {
    const asked: readonly Asked[] = [
      {},
      { search: { sort: 'born' } },
      { search: { sex: 'female' } },
      { typed: 'oka' },
      { link: pageLink('Patient?page=2') },
      { search: { view: 'induction' } },
      { search: { view: 'maintenance' } },
    ];
    const keys = asked.map((one) => JSON.stringify(keyOf(one)));
    expect(new Set(keys).size).toBe(asked.length);
  });

  test('is the same one for an order that the application makes, and whoever was opened', () => {
    expect(keyOf({ search: { view: 'due', sort: '-due' } })).toEqual(keyOf({ search: { view: 'due' } }));
    expect(keyOf({ search: { view: 'due' }, recent: ['a'] })).toEqual(keyOf({ search: { view: 'due' } }));
    expect(keyOf({ search: { view: 'recent' }, recent: ['a'] })).not.toEqual(
      keyOf({ search: { view: 'recent' } }),
    );
  });

  test('gives its page', async () => {
    const options = patientsPage(clinic, {
      search: patientsSearch.parse({}),
      typed: '',
      link: undefined,
      recent: [],
    });
    expect(await new QueryClient().fetchQuery(options)).toMatchObject({ rows: [], whole: true });
  });

  test.each([
    ['all', ['Patient']],
    ['due', ['Task', 'Patient']],
    ['diagnosis', ['Condition', 'Patient']],
  ])('of %s names every type of record in it', (view, types) => {
    const search = patientsSearch.parse({ view });
    const { meta } = patientsPage(clinic, { search, typed: '', link: undefined, recent: [] });
    expect(meta?.['types']).toEqual(types);
  });
});

test('the rows of the views are counted in one batch, each in its place, a failure in its own', async () => {
  const { clinic, requests } = scriptedClinic((search) =>
    search.includes('phase-maintenance')
      ? 403
      : { resourceType: 'Bundle', type: 'searchset', total: search.length > 200 ? 7 : 3 },
  );
  const [induction, maintenance, due] = await new QueryClient().fetchQuery(patientsCounts(clinic));
  expect(requests).toHaveLength(1);
  expect(induction).toEqual({ value: 3, exact: true });
  expect(maintenance).toMatchObject({ kind: 'forbidden' });
  expect(due).toEqual({ value: 7, exact: true });
});
