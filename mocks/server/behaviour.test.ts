import type { FhirResource, Resource } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { BEHAVIOURS, isServerProfile, PLAIN, type ServerProfileName } from './behaviour.ts';
import { EXAMPLES } from './example-records.ts';
import {
  bundleOf,
  CLINICIAN,
  matchIds,
  nextLink,
  outcomeOf,
  testServer,
  type TestServer,
} from './server-fixture.ts';

const NAMES = Object.keys(BEHAVIOURS).filter(isServerProfile);
const serverOf = (name: ServerProfileName, more: readonly Resource[] = []): TestServer =>
  testServer([...Object.values(EXAMPLES), ...more], CLINICIAN, BEHAVIOURS[name]);

/** Patients whose names do not tell them apart. */
const ALIKE = Array.from({ length: 9 }, (_, index): FhirResource & { id: string } => ({
  resourceType: 'Patient',
  id: `same-${index}`,
  name: [{ family: 'Same' }],
}));

/** The servers on which something holds. */
async function holding(check: (server: TestServer) => Promise<boolean>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of NAMES) if (await check(serverOf(name, ALIKE))) found.push(name);
  return found;
}

const all = (...without: readonly ServerProfileName[]) => NAMES.filter((name) => !without.includes(name));
const status = async (server: TestServer, ...request: Parameters<TestServer['send']>) =>
  (await server.send(...request)).status;
const strictly = { headers: { Prefer: 'handling=strict' } };
const batch = (type: string, ...entry: readonly object[]) => ({ resourceType: 'Bundle', type, entry });

test('a name from outside is one of the servers, or none', () => {
  expect(NAMES).toEqual(['plain', 'medplum', 'hapi', 'google', 'azure', 'minimal']);
  expect(isServerProfile('constructor')).toBe(false);
  expect(BEHAVIOURS.plain).toBe(PLAIN);
});

describe('searches', () => {
  test('an unknown parameter is refused by name, or ignored', async () => {
    expect(
      await holding(async (server) => (await status(server, 'GET', 'Patient?nonsense=1')) === 400),
    ).toEqual(all('google', 'azure', 'minimal'));
    expect(
      await holding(async (server) => (await status(server, 'GET', 'Patient?nonsense=1', strictly)) === 400),
    ).toEqual(all('minimal'));
    expect(await serverOf('azure').ids('Patient?nonsense=1')).toEqual(['okafor']);
  });

  test('a bare id and a bare day find what they mean, or nothing', async () => {
    expect(
      await holding(async (server) => (await server.ids('Condition?patient=okafor')).length > 0),
    ).toEqual(all('medplum'));
    expect(
      await holding(async (server) => (await server.ids('Appointment?date=2026-11-20')).length > 0),
    ).toEqual(all('medplum'));
    expect(await serverOf('medplum').ids('Patient?birthdate=1979-03-04')).toEqual(['okafor']);
  });

  test('a course without an end is found ever after, or by its start alone', async () => {
    expect(await holding(async (server) => (await server.ids('CarePlan?date=ge2030')).length > 0)).toEqual(
      all('medplum'),
    );
    expect(
      await holding(async (server) => (await server.ids('CarePlan?date=sa2026-11-01')).length > 0),
    ).toEqual(NAMES);
    expect(
      await holding(async (server) => (await server.ids('CarePlan?date=sa2026-12-01')).length > 0),
    ).toEqual([]);
  });

  test('rows alike are lost between pages, but for a last key that tells them apart', async () => {
    const paged = (sort: string) => async (server: TestServer) => {
      const seen = new Set<string>();
      let page = bundleOf(await server.get(`Patient?family=same&_sort=${sort}&_count=2`));
      for (;;) {
        for (const id of matchIds(page)) seen.add(id);
        const next = nextLink(page);
        if (next === undefined) return seen.size === ALIKE.length;
        page = bundleOf(await server.get(next));
      }
    };
    expect(await holding(paged('family'))).toEqual(all('medplum'));
    expect(await paged('family,_id')(serverOf('medplum', ALIKE))).toBe(true);
  });

  test('a second sort key is refused, or ignored', async () => {
    expect(
      await holding(
        async (server) => (await status(server, 'GET', 'Patient?_sort=family,_id', strictly)) === 200,
      ),
    ).toEqual(all('azure'));
    expect(
      await holding(async (server) => (await status(server, 'GET', 'Patient?_sort=_id')) === 400),
    ).toEqual(['azure', 'minimal']);
  });

  test('a hundred come along at most', async () => {
    const conditions = Array.from({ length: 130 }, (_, index): readonly (FhirResource & { id: string })[] => [
      { resourceType: 'Patient', id: `p-${index}` },
      { resourceType: 'Condition', id: `c-${index}`, subject: { reference: `Patient/p-${index}` } },
    ]).flat();
    const entries = async (name: ServerProfileName) =>
      bundleOf(await serverOf(name, conditions).get('Condition?_count=200&_include=Condition:patient')).entry;
    expect(await entries('plain')).toHaveLength(262);
    expect(await entries('azure')).toHaveLength(231);
    expect(await entries('minimal')).toHaveLength(131);
  });

  test('are counted alone, or not', async () => {
    const counted = async (server: TestServer) =>
      bundleOf(await server.get('Patient?family=same&_summary=count')).total === ALIKE.length;
    expect(await holding(counted)).toEqual(all('google', 'minimal'));
  });

  test('by form', async () => {
    const form = new URLSearchParams({ family: 'okafor' });
    expect(
      await holding(
        async (server) => (await status(server, 'POST', 'Patient/_search', { body: form })) === 200,
      ),
    ).toEqual(all('google', 'minimal'));
    const mixed = await serverOf('medplum', ALIKE).send('POST', 'Patient/_search?_count=50', { body: form });
    expect(matchIds(bundleOf(mixed))).toHaveLength(ALIKE.length + 1);
  });

  test('may be answered as a minute ago', async () => {
    const stale = async (server: TestServer, headers: Readonly<Record<string, string>>) => {
      const search = 'Communication?status=completed';
      const before = await server.ids(search);
      const [call] = before;
      const ifMatch = { 'If-Match': 'W/"1"' };
      await server.send('DELETE', `Communication/${call}`, { headers: ifMatch });
      const after = matchIds(bundleOf(await server.send('GET', search, { headers })));
      return before.length === after.length;
    };
    expect(await holding((server) => stale(server, {}))).toEqual(['hapi']);
    expect(await holding((server) => stale(server, { 'Cache-Control': 'no-cache' }))).toEqual([]);
  });

  test('are paged below the type, or below the base', async () => {
    const bundle = bundleOf(await serverOf('hapi', ALIKE).get('Patient?family=same&_count=5'));
    expect(nextLink(bundle)).toMatch(/\/fhir\/R4\?_getpages=Patient\./);
    const answer = await serverOf('hapi').get('?_getpages=nonsense');
    expect(outcomeOf(answer).issue[0]?.expression).toEqual(['_getpages']);
  });
});

describe('writes', () => {
  test('a version that is not the current one is 412, or 409', async () => {
    const body = EXAMPLES.Patient;
    const stale = { body, headers: { 'If-Match': 'W/"7"' } };
    expect(
      await holding(async (server) => (await status(server, 'PUT', 'Patient/okafor', stale)) === 409),
    ).toEqual(['hapi']);
    expect(
      await holding(async (server) => (await status(server, 'PUT', 'Patient/okafor', stale)) === 412),
    ).toEqual(all('hapi'));
  });

  test('a delete looks at the version, or does not', async () => {
    const stale = { headers: { 'If-Match': 'W/"7"' } };
    expect(
      await holding(async (server) => (await status(server, 'DELETE', 'Communication/call', stale)) === 204),
    ).toEqual(['medplum', 'minimal']);
  });

  test('an unknown id is created under it, or refused', async () => {
    const body = { ...EXAMPLES.Patient, id: 'chosen' };
    expect(
      await holding(async (server) => (await status(server, 'PUT', 'Patient/chosen', { body })) === 201),
    ).toEqual(all('medplum', 'minimal'));
    const server = serverOf('plain');
    await server.send('DELETE', 'Communication/call');
    expect(await status(server, 'PUT', 'Communication/call', { body: EXAMPLES.Communication })).toBe(201);
    expect(await server.ids('Communication?_id=call')).toEqual(['call']);
  });

  test('a create is made once, or twice', async () => {
    const again = { body: EXAMPLES.Patient, headers: { 'If-None-Exist': 'family=okafor' } };
    expect(await holding(async (server) => (await status(server, 'POST', 'Patient', again)) === 201)).toEqual(
      ['minimal'],
    );
  });

  test('a transaction stands whole, in part, or is not known', async () => {
    const body = batch(
      'transaction',
      { fullUrl: 'urn:uuid:1', resource: ALIKE[0], request: { method: 'POST', url: 'Patient' } },
      {
        resource: { ...EXAMPLES.Condition, subject: { reference: 'urn:uuid:1' } },
        request: { method: 'POST', url: 'Condition' },
      },
      { request: { method: 'DELETE', url: 'Patient/nobody' } },
    );
    const outcomes: Record<string, unknown> = {};
    for (const name of NAMES) {
      const server = serverOf(name);
      const { status: answered } = await server.send('POST', '', { body });
      outcomes[name] = [answered, (await server.ids('Patient?family=same')).length];
    }
    const whole = [404, 0];
    expect(outcomes).toEqual({
      plain: whole,
      medplum: [200, 1],
      hapi: whole,
      google: whole,
      azure: whole,
      minimal: [400, 0],
    });
    const server = serverOf('medplum');
    const { entry = [] } = bundleOf(await server.send('POST', '', { body }));
    expect(entry.map(({ response }) => response?.status)).toEqual([
      '201 Created',
      '201 Created',
      '404 Not Found',
    ]);
    const [made] = await server.ids('Patient?family=same');
    expect(await server.ids(`Condition?patient=Patient/${made}`)).toHaveLength(1);
  });

  test('a batch holds searches, only writes and reads, or is not known', async () => {
    const body = batch(
      'batch',
      { request: { method: 'GET', url: 'Patient?family=okafor' } },
      { request: { method: 'GET', url: 'Patient/okafor' } },
    );
    const told: Record<string, unknown> = {};
    for (const name of NAMES) {
      const answer = await serverOf(name).send('POST', '', { body });
      told[name] =
        answer.status === 200
          ? bundleOf(answer).entry?.map(({ response }) => response?.status?.slice(0, 3))
          : answer.status;
    }
    expect(told).toEqual({
      plain: ['200', '200'],
      medplum: ['200', '200'],
      hapi: ['200', '200'],
      google: ['400', '200'],
      azure: ['200', '200'],
      minimal: 400,
    });
  });
});

test('what a server tells of itself is true, and on one not all', async () => {
  for (const name of NAMES) {
    const { rest = [] } = JSON.parse((await serverOf(name).get('metadata')).text);
    const [patient] = rest[0].resource;
    const { conditionalCreate, transaction, lacks, tellsAll } = BEHAVIOURS[name];
    expect(patient.conditionalCreate).toBe(conditionalCreate && tellsAll);
    expect('searchInclude' in patient).toBe(tellsAll && !lacks.some((lacked) => lacked === '_include'));
    expect(JSON.stringify(rest[0].interaction).includes('transaction')).toBe(transaction !== 'none');
  }
});
