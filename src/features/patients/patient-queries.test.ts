import { describe, expect, test } from 'vitest';
import { patient, searchset } from '#src/fhir/fake-fetch.ts';
import { pageLink, scriptedClinic } from '#tests/support/scripted-clinic.ts';
import { patientPage, patientsById, type PatientListSearch } from './patient-queries.ts';

const all: PatientListSearch = { sort: 'family', record: undefined, sex: undefined, typed: '' };
const END = '&_sort=family,_id&_count=50&_total=accurate';

async function searchesFor(search: Partial<PatientListSearch>, codes: object = {}) {
  const { clinic, searches, requests } = scriptedClinic(() => searchset([]), { codes });
  await patientPage(clinic, { ...all, ...search }, {});
  return {
    searches,
    methods: requests.map(({ method }) => method),
    urls: requests.map(({ url }) => url).join(' '),
  };
}

describe('the patients of the clinic', () => {
  test('are asked for in the order and with the filters that were chosen', async () => {
    const { searches, methods } = await searchesFor({
      sort: '-birthdate',
      record: 'inactive',
      sex: 'female',
    });
    expect(searches).toEqual([
      'Patient?active=false&gender=female&_sort=-birthdate,_id&_count=50&_total=accurate',
    ]);
    expect(methods).toEqual(['GET']);
  });

  test.each([
    ['inactive', 'Patient?active=false'],
    ['deceased', 'Patient?deceased=true'],
  ] as const)('whose record is %s', async (record, search) => {
    expect((await searchesFor({ record })).searches).toEqual([search + END]);
  });

  test.each([
    ['a name', 'okafor, Ada', [`Patient?name=okafor&name=Ada${END}`]],
    ['an apostrophe in each of its spellings', 'o’brien', [`Patient?name=o'brien,o’brien,obrien${END}`]],
    ['what FHIR gives a meaning, escaped', String.raw`a\b|c$d`, [String.raw`Patient?name=a\\b\|c\$d` + END]],
    ['script and regular expressions, as text', '<script> (.+)+', [`Patient?name=<script>${END}`]],
    ['a birth date', '4 Mar 1979', [`Patient?birthdate=1979-03-04${END}`]],
    [
      'four digits as a record number and a year of birth',
      '1979',
      [`Patient?identifier=1979${END}`, `Patient?birthdate=1979${END}`],
    ],
    [
      'a number as one of a record and of a phone',
      '10-4718',
      [`Patient?identifier=10-4718${END}`, `Patient?phone=10-4718,104718${END}`],
    ],
    [
      'letters with digits as a record number and a name',
      'Fault-503',
      [`Patient?identifier=Fault-503${END}`, `Patient?name=Fault-503${END}`],
    ],
  ])('are searched for %s, out of sight of the URL', async (_, typed, searches) => {
    const asked = await searchesFor({ typed });
    expect(asked.searches).toEqual(searches);
    expect(asked.methods).toEqual(searches.map(() => 'POST'));
    expect(asked.urls).not.toContain('?');
  });

  test('are searched for by the clinic’s own record number, where it has one', async () => {
    const { searches } = await searchesFor({ typed: '10-4718' }, { mrnSystem: 'urn:clinic' });
    expect(searches[0]).toBe(`Patient?identifier=urn:clinic|10-4718${END}`);
  });

  test('are searched for by a name of 400 characters', async () => {
    const typed = 'é'.repeat(400);
    expect((await searchesFor({ typed })).searches).toEqual([`Patient?name=${typed}${END}`]);
  });

  test('come page by page, however few', async () => {
    const link = pageLink('Patient?page=2');
    const { clinic } = scriptedClinic((search) =>
      search.includes('page=2')
        ? searchset([patient('b')])
        : searchset([patient('a')], { total: 2, next: link }),
    );
    const first = await patientPage(clinic, all, {});
    expect(first).toMatchObject({ total: 2, whole: false, next: link, rows: [{ key: 'Patient/a' }] });
    expect(await patientPage(clinic, all, { link })).toMatchObject({
      whole: false,
      rows: [{ key: 'Patient/b' }],
    });
  });
});

describe('patients found by record number or phone', () => {
  test('are each there once, with what could not be read of either answer', async () => {
    const { clinic } = scriptedClinic((search) =>
      search.includes('identifier=')
        ? searchset([patient('a'), patient('b')])
        : {
            ...searchset([]),
            entry: [{ resource: patient('b') }, { resource: patient('c') }, { resource: 'half' }],
          },
    );
    const page = await patientPage(clinic, { ...all, typed: '555 0100' }, {});
    expect(page.rows.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'record Patient/a',
      'record Patient/b',
      'record Patient/c',
      'unreadable entry 1',
    ]);
    expect(page).toMatchObject({ total: 3, whole: true, next: undefined });
  });

  test.each(['identifier=', 'phone='])(
    'are not claimed to be all where %s has a further page',
    async (parameter) => {
      const { clinic } = scriptedClinic((search) =>
        search.includes(parameter)
          ? searchset([patient('a')], { next: pageLink('Patient?page=2') })
          : searchset([]),
      );
      expect(await patientPage(clinic, { ...all, typed: '555' }, {})).toMatchObject({
        total: undefined,
        whole: false,
      });
    },
  );

  test('are not shown where one of the two questions failed', async () => {
    const { clinic } = scriptedClinic((search) =>
      search.includes('phone=') ? 403 : searchset([patient('a')]),
    );
    await expect(patientPage(clinic, { ...all, typed: '555 0100' }, {})).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

describe('patients by id', () => {
  test('come in the order of the ids, without those that are gone', async () => {
    const { clinic, searches } = scriptedClinic(() => searchset([patient('a'), patient('b')]));
    const page = await patientsById(clinic, ['b', 'gone', 'a']);
    expect(searches).toEqual(['Patient?_id=b,gone,a&_count=50']);
    expect(page.rows.map(({ key }) => key)).toEqual(['Patient/b', 'Patient/a']);
    expect(page).toMatchObject({ total: 2, whole: true });
  });

  test('are all there though the server sends them in smaller pages', async () => {
    const { clinic } = scriptedClinic((search) =>
      search.includes('page=2')
        ? searchset([patient('b')])
        : searchset([patient('a')], { next: pageLink('Patient?page=2') }),
    );
    expect((await patientsById(clinic, ['b', 'a'])).rows.map(({ key }) => key)).toEqual([
      'Patient/b',
      'Patient/a',
    ]);
  });

  test('of nobody ask nothing', async () => {
    const { clinic, searches } = scriptedClinic(() => 500);
    expect((await patientsById(clinic, [])).rows).toEqual([]);
    expect(searches).toEqual([]);
  });
});
