/**
 * What a server need not be able to do: whether it can, whether its profile says so, and what the client does instead.
 * The result through the client must be right either way; a profile that promises too much fails.
 */
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { PAIN_NRS, token } from '#src/fhir/codes.ts';
import { FhirError } from '#src/fhir/error.ts';
import type { ServerCapabilities } from '#src/fhir/profile.ts';
import { type RawResource, referenceTo } from '#src/fhir/resource.ts';
import { encodeQuery, searchRequest } from '#src/fhir/search.ts';
import { DAY, MRN_SYSTEM, painOf, patientOf, record, reminderOf } from './clinic-records.ts';
import { openServer, PROFILES } from './contract-server.ts';
import { abilityTable, type AbilityRow } from './ability-table.ts';

const rows: AbilityRow[] = [];

afterAll(() => {
  process.stdout.write(`\n${abilityTable(rows)}\n`);
});

describe.each(PROFILES)('what %s can do', (profile) => {
  const server = openServer(profile);
  const { client, capabilities, word, make, tagged, plain } = server;
  let patient: RawResource;
  const pains: RawResource[] = [];
  const path = (type: string, params: Readonly<Record<string, string>>) =>
    `${type}?${encodeQuery(Object.entries(params))}`;

  beforeAll(async () => {
    patient = await make(patientOf(word, 'own'));
    for (const day of ['11', '10', '10', '10']) {
      pains.push(await make(painOf(patient, { effectiveDateTime: `2031-03-${day}T09:00:00-04:00` })));
    }
  });
  afterAll(() => server.remove());

  const pain = () => ({
    patient: referenceTo(patient),
    code: token(PAIN_NRS.system, PAIN_NRS.code),
  });

  /** Notes what the server does by itself; a profile may claim less, never more. */
  async function note(
    { annotate }: Pick<TestContext, 'annotate'>,
    name: Exclude<keyof ServerCapabilities, 'name'>,
    able: boolean,
    fallback: string,
  ): Promise<void> {
    const used = capabilities[name];
    rows.push({ profile, name, able, used, fallback });
    if (!used) await annotate(`${name}: ${able ? 'not used' : 'missing'}; instead: ${fallback}`, 'notice');
    if (used && !able) throw new Error(`The profile promises ${name}, and the server does not do it`);
  }

  test('batchSearch', async (context) => {
    const probe = async () => {
      const url = path('Observation', pain());
      const answer = await plain('POST', '', { body: batchOf([{ request: { method: 'GET', url } }]) });
      return answer.status === 200 && JSON.stringify(answer.resource).includes(`"${pains[0]?.id}"`);
    };
    await note(context, 'batchSearch', await probe(), 'parallel GETs, six at a time');
    const asked = [searchRequest('Observation', pain()), searchRequest('Patient', { _id: patient.id ?? '' })];
    const answers = await client.searchMany(asked);
    expect(answers.map((page) => (page instanceof FhirError ? page.message : page.matches.length))).toEqual([
      4, 1,
    ]);
  });

  test('summaryCount', async (context) => {
    const probe = async () => {
      const { status, resource } = await plain('GET', path('Observation', { ...pain(), _summary: 'count' }));
      return status === 200 && resource?.['total'] === 4;
    };
    await note(
      context,
      'summaryCount',
      await probe(),
      '_total=accurate, else counted page by page up to 200',
    );
    expect(await client.count([searchRequest('Observation', pain())])).toEqual([{ value: 4, exact: true }]);
  });

  test('include', async (context) => {
    const probe = async () => {
      const params = { patient: referenceTo(patient), _include: 'Observation:patient' };
      const { resource } = await plain('GET', path('Observation', params));
      return JSON.stringify(resource).includes('"birthDate"');
    };
    await note(context, 'include', await probe(), 'a second search by _id');
    const task = await make(reminderOf(patient, DAY.start));
    const page = await client.searchPage(
      searchRequest('Task', { _id: task.id ?? '', _include: 'Task:patient' }),
    );
    expect([...page.included.keys()]).toEqual([referenceTo(patient)]);
  });

  test('atomicTransaction', async (context) => {
    const probe = async () => {
      const entry = [
        { resource: tagged(patientOf(word, 'probe')), request: { method: 'POST', url: 'Patient' } },
        {
          resource: tagged(record('Patient', { birthDate: 'never' })),
          request: { method: 'POST', url: 'Patient' },
        },
      ];
      const { status } = await plain('POST', '', { body: batchOf(entry, 'transaction') });
      const number = { identifier: token(MRN_SYSTEM, `${word}-probe`) };
      const stored = await client.searchPage(searchRequest('Patient', number));
      if (status >= 400 || stored.matches.length > 0) {
        // Refused as a whole is atomic only where a good one is taken.
        const good = { body: batchOf(entry.slice(0, 1), 'transaction') };
        return stored.matches.length === 0 && (await plain('POST', '', good)).status === 200;
      }
      return false;
    };
    await note(
      context,
      'atomicTransaction',
      await probe(),
      'single writes in order, up to the first that fails',
    );
    const bold = server.clientWith({ atomicTransaction: true });
    const entries = [
      { create: tagged(patientOf(word, 'bold')) },
      { create: tagged(record('Patient', { birthDate: 'never' })) },
    ];
    // Believed too much of, a server that commits in part is found out entry by entry.
    const results = await bold.transaction(entries).catch((error: unknown) => error);
    const refused = results instanceof FhirError;
    const last: unknown = Array.isArray(results) ? results.at(-1) : undefined;
    expect(refused || last).toEqual(refused || { error: expect.any(FhirError) });
  });

  test('conditionalCreate', async (context) => {
    const probe = async () => {
      const number = { identifier: token(MRN_SYSTEM, `${word}-own`) };
      const answer = await plain('POST', 'Patient', {
        body: tagged(patientOf(word, 'own')),
        headers: { 'If-None-Exist': encodeQuery(Object.entries(number)) },
      });
      if (answer.status !== 201) return true;
      await plain('DELETE', `Patient/${answer.resource?.id}`);
      return false;
    };
    await note(context, 'conditionalCreate', await probe(), 'a search before the create');
    const ifNoneExist = encodeQuery([['identifier', token(MRN_SYSTEM, `${word}-own`)]]);
    const again = await client.create(tagged(patientOf(word, 'own')), { ifNoneExist });
    expect(again.id).toBe(patient.id);
  });

  test('postSearch', async (context) => {
    const probe = async () => {
      const body = new URLSearchParams({ family: word, given: 'Anaown' });
      const { status, resource } = await plain('POST', 'Patient/_search', { body });
      return status === 200 && JSON.stringify(resource).includes(`"${patient.id}"`);
    };
    await note(context, 'postSearch', await probe(), 'GET, which puts names into addresses');
    const request = searchRequest('Patient', { family: word, given: 'Anaown' }, { identifying: true });
    expect((await client.searchPage(request)).matches.map(({ id }) => id)).toContain(patient.id);
  });

  test('sortTieBreaker', async (context) => {
    const tied = pains.filter((one) => dateOf(one).startsWith('2031-03-10'));
    const ids = tied.map(({ id }) => id ?? '').toSorted();
    const sortedBy = async (tieBreaker: string) => {
      const { resource } = await plain(
        'GET',
        path('Observation', { ...pain(), _sort: `date,${tieBreaker}` }),
      );
      const text = JSON.stringify(resource) ?? '';
      return ids.toSorted((a, b) => text.indexOf(`"id":"${a}"`) - text.indexOf(`"id":"${b}"`));
    };
    // Both ways, since one of them may be the order that the server has anyway.
    const able =
      (await sortedBy('_id')).join() === ids.join() &&
      (await sortedBy('-_id')).join() === ids.toReversed().join();
    await note(context, 'sortTieBreaker', able, 'the first key alone');
    const sorted = { ...pain(), _sort: 'date,_id', _count: 2 };
    const { matches } = await client.searchAll(searchRequest('Observation', sorted));
    expect(matches.map(dateOf)).toEqual(pains.map(dateOf).toSorted());
  });

  test('preferStrict', async (context) => {
    const probe = async () => {
      const headers = { Prefer: 'handling=strict' };
      const answer = await plain('GET', path('Patient', { 'no-such-parameter': '1' }), { headers });
      return answer.status === 400;
    };
    await note(context, 'preferStrict', await probe(), 'nothing: an unknown parameter is ignored');
    const work = client.searchPage(searchRequest('Patient', { _tag: server.tag, 'no-such-parameter': '1' }));
    const kind = await work.then(
      () => 'answered',
      (error: unknown) => (error instanceof FhirError ? error.kind : String(error)),
    );
    expect(kind).toBe(capabilities.preferStrict ? 'invalid' : kind);
  });

  test('where a form was wrong is told by element', async ({ annotate }) => {
    const invalid = tagged(record('Patient', { birthDate: 'never' }));
    const error = await client.create(invalid).catch((reason: unknown) => reason);
    const told = error instanceof FhirError && error.issues.some(({ expression }) => expression.length > 0);
    rows.push({ profile, name: 'expression', able: told, used: told, fallback: 'the summary of the form' });
    if (!told) await annotate('expression: missing; instead: the summary of the form', 'notice');
    expect(error).toMatchObject({ kind: 'invalid' });
  });
});

function batchOf(entry: readonly object[], type = 'batch') {
  return { resourceType: 'Bundle', type, entry };
}

function dateOf(observation: RawResource): string {
  return String(observation['effectiveDateTime']);
}
