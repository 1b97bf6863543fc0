import type { Resource } from 'fhir/r4';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { example } from './example-records.ts';
import { parsePageToken, pageToken } from './paging.ts';
import { bundleOf, matchIds, nextLink, testServer, type TestServer } from './server-fixture.ts';

const FAMILIES = ['Adams', 'adams', 'Ádams', 'Brown', undefined];
const BIRTHDAYS = ['1979', '1979-03', '1980-01-01', undefined];

const clinic = fc
  .array(fc.record({ family: fc.constantFrom(...FAMILIES), birthDate: fc.constantFrom(...BIRTHDAYS) }), {
    maxLength: 40,
  })
  .map((people) => people.map(({ family, birthDate }, at) => toPatient(`p${at}`, family, birthDate)));

const sorting = fc.constantFrom(
  '',
  '&_sort=family',
  '&_sort=-family,birthdate',
  '&_sort=-birthdate',
  '&_sort=gender',
);

function toPatient(id: string, family: string | undefined, birthDate: string | undefined): Resource {
  const name = [{ given: ['Ada'], ...(family === undefined ? {} : { family }) }];
  return example('Patient', { id, name, birthDate, managingOrganization: undefined, extension: undefined });
}

async function pages(
  server: TestServer,
  search: string,
  between?: () => Promise<unknown>,
): Promise<string[][]> {
  const found: string[][] = [];
  for (let link: string | undefined = search; link !== undefined;) {
    const bundle = bundleOf(await server.get(link));
    found.push(matchIds(bundle));
    link = nextLink(bundle);
    await between?.();
  }
  return found;
}

test('the pages together are the whole, in the same order, each of them full but the last', async () => {
  await fc.assert(
    fc.asyncProperty(clinic, sorting, fc.integer({ min: 1, max: 9 }), async (patients, sort, count) => {
      const server = testServer(patients);
      const whole = await server.ids(`Patient?_count=100${sort}`);
      expect(new Set(whole)).toEqual(new Set(patients.map(({ id }) => id)));
      expect(whole).toHaveLength(patients.length);
      const found = await pages(server, `Patient?_count=${count}${sort}`);
      expect(found.flat()).toEqual(whole);
      expect(found.slice(0, -1).every((page) => page.length === count)).toBe(true);
      expect(await pages(server, `Patient?_count=${count}${sort}`)).toEqual(found);
    }),
  );
});

test('what is written between pages neither repeats nor hides a row that was there', async () => {
  await fc.assert(
    fc.asyncProperty(clinic, sorting, async (patients, sort) => {
      const server = testServer(patients);
      const before = await server.ids(`Patient?_count=100${sort}`);
      const found = await pages(server, `Patient?_count=3${sort}`, () =>
        server.send('POST', 'Patient', { body: toPatient('x', 'Brown', '1979') }),
      );
      expect(found.flat().filter((id) => !id.startsWith('new-'))).toEqual(before);
    }),
    { numRuns: 30 },
  );
});

test('a page goes on behind a row that was deleted in between', async () => {
  const server = testServer(['a', 'b', 'c', 'd'].map((id) => toPatient(id, 'Same', undefined)));
  const first = bundleOf(await server.get('Patient?_sort=family&_count=2'));
  await server.send('DELETE', 'Patient/b');
  expect(matchIds(bundleOf(await server.get(nextLink(first) ?? '')))).toEqual(['c', 'd']);
});

test('a page carries the total and the includes of its search', async () => {
  const reminders = ['a', 'b', 'c'].map((id) =>
    example('Task', { id, basedOn: undefined, encounter: undefined }),
  );
  const server = testServer([toPatient('okafor', 'Okafor', undefined), ...reminders]);
  const first = bundleOf(
    await server.get('Task?_count=2&_total=accurate&_include=Task:patient&code=maintenance-infusion'),
  );
  const second = bundleOf(await server.get(nextLink(first) ?? ''));
  expect(second.total).toBe(3);
  expect(second.entry?.map(({ resource }) => resource?.id)).toEqual(['c', 'okafor']);
});

test('a link tells no name and no place to whoever reads it', async () => {
  const server = testServer(['a', 'b'].map((id) => toPatient(id, 'Okafor', undefined)));
  const first = bundleOf(await server.get('Patient?name=okafor&_count=1'));
  expect(nextLink(first)).toMatch(/^https:\/\/clinic\.test\/fhir\/R4\/Patient\?_page=[\w-]+$/);
});

test('a token that was made up, changed or mixed with other parameters is refused', async () => {
  const token = pageToken({ query: 'name=García', after: { keys: ['garcía', null, 1], id: 'a' } });
  expect(parsePageToken(token)).toEqual({
    query: 'name=García',
    after: { keys: ['garcía', null, 1], id: 'a' },
  });
  const server = testServer([]);
  for (const page of ['x', '50', `A${token.slice(1)}`, token.slice(0, -2), `${token}&_count=2`]) {
    expect((await server.get(`Patient?_page=${page}`)).status).toBe(400);
  }
  expect((await server.get(`Patient?_page=${token}`)).status).toBe(200);
});
