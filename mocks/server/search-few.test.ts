import fc from 'fast-check';
import type { Resource } from 'fhir/r4';
import { expect, test } from 'vitest';
import { BEHAVIOURS, PLAIN } from './behaviour.ts';
import { EXAMPLES, example } from './example-records.ts';
import { bundleOf, CLINICIAN, matchIds, nextLink, testServer, type TestServer } from './server-fixture.ts';

const START = [
  ...Object.values(EXAMPLES).filter(({ id }) => id !== 'call'),
  example('Patient', { id: 'other' }),
];
const IDS = ['one', 'two', 'three', 'four', 'five', 'six'];
const id = fc.constantFrom(...IDS);

const task = fc
  .record({
    id,
    status: fc.constantFrom('requested', 'completed'),
    patient: fc.constantFrom('okafor', 'other'),
    starts: fc.option(fc.constantFrom('2026-01-01', '2026-02', '2026-03-01T08:00:00Z'), { nil: undefined }),
    ends: fc.option(fc.constantFrom('2026-04-01', '2026-06-01T08:00:00Z'), { nil: undefined }),
    identifier: fc.uniqueArray(
      fc.record({
        system: fc.option(fc.constantFrom('n', 'm'), { nil: undefined }),
        value: fc.constantFrom('1', '2', '1|2'),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ patient, starts, ends, identifier, ...rest }) =>
    example('Task', {
      ...rest,
      for: { reference: `Patient/${patient}` },
      executionPeriod: starts === undefined && ends === undefined ? undefined : { start: starts, end: ends },
      identifier: identifier.length === 0 ? undefined : identifier,
    }),
  );

const patient = fc
  .record({
    id,
    family: fc.constantFrom('Smith', 'SMITHERS', 'Núñez', 'de la Cruz'),
    given: fc.uniqueArray(fc.constantFrom('Ann', 'Mary Ann', 'Jo'), { minLength: 1, maxLength: 2 }),
    birthDate: fc.constantFrom('1970-01-01', '1970-01', '1980-05-05'),
    clinic: fc.boolean(),
  })
  .map(({ family, given, clinic, ...rest }) =>
    example('Patient', {
      ...rest,
      name: [{ family, given }],
      managingOrganization: clinic ? { reference: `Organization/${ORGANIZATION}` } : undefined,
    }),
  );

const ORGANIZATION = Object.values(EXAMPLES).find(({ resourceType }) => resourceType === 'Organization')?.id;

const step = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(task, patient) },
  { weight: 1, arbitrary: id.map((deleted) => ({ deleted: `Task/${deleted}` })) },
);

/** One clause that may name few, and others beside it. */
function searchOf(type: string, few: readonly string[], others: readonly string[], sorts: readonly string[]) {
  return fc
    .tuple(
      fc.subarray([...few], { minLength: 1, maxLength: 2 }),
      fc.subarray([...others], { maxLength: 2 }),
      fc.constantFrom('', ...sorts.map((sort) => `&_sort=${sort}`)),
      fc.constantFrom(1, 2, 50),
    )
    .map(
      ([some, rest, sort, count]) =>
        `${type}?${[...some, ...rest].join('&')}${sort}&_count=${count}&_total=accurate`,
    );
}

const search = fc.oneof(
  searchOf(
    'Task',
    [
      'patient=Patient/okafor',
      'subject=Patient/other,Patient/okafor',
      '_id=one,two,five',
      '_id=two,two,none',
    ],
    [
      'status=requested',
      'status=completed,requested',
      'identifier=n%7C',
      'identifier=1',
      'identifier=%7C1',
      'identifier=n%7C1,m%7C2',
      'identifier=2',
      'period=lt2026-02-10',
      'period=ge2026-02-10',
      'period=ne2026-02',
      'period=sa2026-01-01',
      'period=eb2026-04-01,2026-01-01',
    ],
    ['status', '-period', 'period,_id', '-_id', '_lastUpdated'],
  ),
  searchOf(
    'Patient',
    [`organization=Organization/${ORGANIZATION}`, '_id=one,two,three,four', `_id=okafor,six`],
    [
      'name=smi',
      'name=ann,jo',
      'name:exact=Smith',
      'given:contains=NN',
      'family:exact=smith,N%C3%BA%C3%B1ez',
      'name=cruz',
      'name=nunez',
      'birthdate=1970',
      'birthdate=lt1970-01-15',
      'gender=female',
    ],
    ['family', '-family', 'family,_id', 'birthdate'],
  ),
);

test.each([PLAIN, BEHAVIOURS.medplum])(
  'a search finds the same whether it looks at few resources or at columns ($preset)',
  async (behaviour) => {
    const searches = fc.array(search, { minLength: 6, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 16 }), searches, async (steps, wanted) => {
        const columns = testServer(START, CLINICIAN, { ...behaviour, updateCreates: true }, 0);
        const each = testServer(START, CLINICIAN, { ...behaviour, updateCreates: true }, Infinity);
        // Columns that are there before the writes have to follow them.
        await Promise.all([columns, each].map((server) => found(server, wanted)));
        for (const one of steps) {
          expect(await run(columns, one)).toBe(await run(each, one));
        }
        expect(await found(each, wanted)).toEqual(await found(columns, wanted));
      }),
      { numRuns: 40 },
    );
  },
);

async function run(server: TestServer, one: Resource | { readonly deleted: string }): Promise<number> {
  if ('deleted' in one) return (await server.send('DELETE', one.deleted)).status;
  const path = `${one.resourceType}/${one.id}`;
  const before = await server.get(path);
  const version = before.headers.get('ETag');
  const headers = before.status === 200 && version !== null ? { 'If-Match': version } : {};
  const { status } = await server.send('PUT', path, { body: one, headers });
  expect(status).toBeLessThan(300);
  return status;
}

/** The ids on each page of each search. */
async function found(server: TestServer, searches: readonly string[]): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const one of searches) {
    for (let next: string | undefined = one; next !== undefined;) {
      const answer = await server.get(next);
      expect(answer.status, answer.text).toBe(200);
      const page = bundleOf(answer);
      all.push([one, page.total, matchIds(page)]);
      next = nextLink(page);
    }
  }
  return all;
}
