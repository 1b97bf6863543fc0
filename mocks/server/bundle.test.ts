import type { Bundle, BundleEntry } from 'fhir/r4';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemaErrors } from '#tests/support/r4-schema.ts';
import { EXAMPLES, example } from './example-records.ts';
import {
  BASE,
  CLINICIAN,
  bundleOf,
  outcomeOf,
  testServer,
  type TestAnswer,
  type TestServer,
} from './server-fixture.ts';

const NURSE = { ...CLINICIAN, role: 'nurse' } as const;

interface Entry {
  readonly fullUrl?: string;
  readonly resource?: unknown;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly ifMatch?: string;
    readonly ifNoneExist?: string;
  };
}

function clinic(): TestServer {
  return testServer(Object.values(EXAMPLES));
}

function post(server: TestServer, type: string, entry: readonly Entry[]): Promise<TestAnswer> {
  return server.send('POST', '', { body: { resourceType: 'Bundle', type, entry } });
}

function get(url: string): Entry {
  return { request: { method: 'GET', url } };
}

function create(
  resource: { resourceType: string },
  more: { fullUrl?: string; ifNoneExist?: string } = {},
): Entry {
  const { fullUrl, ...condition } = more;
  return {
    ...(fullUrl === undefined ? {} : { fullUrl }),
    resource,
    request: { method: 'POST', url: resource.resourceType, ...condition },
  };
}

function update(resource: { resourceType: string; id?: string | undefined }, ifMatch = 'W/"1"'): Entry {
  return { resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ifMatch } };
}

function remove(url: string): Entry {
  return { request: { method: 'DELETE', url } };
}

function statuses(bundle: Bundle): string[] {
  return (bundle.entry ?? []).map(({ response }) => response?.status ?? '');
}

function dump(server: TestServer): string {
  return JSON.stringify([server.server.versionCount, [...server.server.all()], server.written]);
}

describe('batch', () => {
  test('answers each entry by itself, in their order', async () => {
    const server = clinic();
    const answer = await post(server, 'batch', [
      get('Patient/okafor'),
      get('Patient/nobody'),
      get('Task?_summary=count'),
      get('Task?nonsense=1'),
      create(example('Task', { for: { reference: 'Patient/nobody' } })),
      update(example('Patient', { gender: 'other' })),
      update(example('Patient', { gender: 'male' })),
      remove('Communication/call'),
      get('Device/1'),
    ]);
    expect(answer.status).toBe(200);
    const bundle = bundleOf(answer);
    expect(bundle.type).toBe('batch-response');
    expect(schemaErrors(bundle)).toBe('');
    expect(statuses(bundle)).toEqual([
      '200 OK',
      '404 Not Found',
      '200 OK',
      '400 Bad Request',
      '409 Conflict',
      '200 OK',
      '412 Precondition Failed',
      '204 No Content',
      '404 Not Found',
    ]);
    const [patient, nobody, count, , , updated] = bundle.entry ?? [];
    expect(patient?.resource?.id).toBe('okafor');
    expect(nobody?.response?.outcome).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ code: 'not-found' }],
    });
    expect(count?.resource).toMatchObject({ resourceType: 'Bundle', total: 1 });
    expect(updated?.response).toMatchObject({ etag: 'W/"2"', location: `${BASE}/Patient/okafor/_history/2` });
    expect(server.written.map(({ type, id }) => `${type}/${id}`)).toEqual([
      'Patient/okafor',
      'Communication/call',
    ]);
  });

  test('an entry that the role may not do fails alone', async () => {
    const server = testServer(Object.values(EXAMPLES), NURSE);
    const answer = await post(server, 'batch', [create(example('Patient')), get('Patient/okafor')]);
    expect(statuses(bundleOf(answer))).toEqual(['403 Forbidden', '200 OK']);
  });

  test('without entries is empty', async () => {
    expect(
      bundleOf(await clinic().send('POST', '', { body: { resourceType: 'Bundle', type: 'batch' } })),
    ).toEqual({
      resourceType: 'Bundle',
      type: 'batch-response',
    });
  });

  test.each([
    ['another resource', example('Patient'), 400],
    ['another type of bundle', { resourceType: 'Bundle', type: 'collection' }, 400],
    ['an entry without a request', { resourceType: 'Bundle', type: 'batch', entry: [{ resource: {} }] }, 400],
    [
      'a method that is not supported',
      { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'PATCH', url: 'x' } }] },
      400,
    ],
    [
      'too many entries',
      { resourceType: 'Bundle', type: 'batch', entry: Array.from({ length: 101 }, () => get('Task')) },
      413,
    ],
  ])('%s is refused as a whole', async (_, body, status) => {
    const answer = await clinic().send('POST', '', { body });
    expect(answer.status).toBe(status);
    expect(outcomeOf(answer).issue).toHaveLength(1);
  });
});

describe('transaction', () => {
  test('resolves placeholders in either direction, in extensions and in lists', async () => {
    const server = clinic();
    const answer = await post(server, 'transaction', [
      create(
        example('Communication', {
          basedOn: [{ reference: 'urn:uuid:task' }],
          sender: { reference: 'Practitioner/ruiz' },
        }),
      ),
      create(
        example('Task', {
          basedOn: [{ reference: 'urn:uuid:course' }],
          for: { reference: 'urn:uuid:patient' },
          extension: [{ url: 'https://x.test', valueReference: { reference: 'urn:uuid:patient' } }],
        }),
        { fullUrl: 'urn:uuid:task' },
      ),
      create(example('CarePlan', { subject: { reference: 'urn:uuid:patient' } }), {
        fullUrl: 'urn:uuid:course',
      }),
      create(example('Patient'), {
        fullUrl: 'urn:uuid:patient',
        ifNoneExist: 'identifier=https://clinic.test/mrn|100234',
      }),
    ]);
    const bundle = bundleOf(answer);
    expect(bundle.type).toBe('transaction-response');
    expect(schemaErrors(bundle)).toBe('');
    expect(statuses(bundle)).toEqual(['201 Created', '201 Created', '201 Created', '200 OK']);
    const [call, task, course] = (bundle.entry ?? []).map(({ resource }) => resource);
    expect(call).toMatchObject({ basedOn: [{ reference: `Task/${task?.id}` }] });
    expect(task).toMatchObject({
      basedOn: [{ reference: `CarePlan/${course?.id}` }],
      for: { reference: 'Patient/okafor' },
      extension: [{ valueReference: { reference: 'Patient/okafor' } }],
    });
  });

  test('runs deletions first and reads last, whatever the order of its entries', async () => {
    const server = clinic();
    const answer = await post(server, 'transaction', [
      get('Communication?patient=Patient/okafor&_summary=count'),
      update(example('Task', { status: 'cancelled' })),
      create(example('Communication', { basedOn: undefined })),
      create(example('Communication', { basedOn: undefined })),
      remove('Communication/call'),
    ]);
    expect(bundleOf(answer).entry?.[0]?.resource).toMatchObject({ total: 2 });
    expect(
      server.written.map(({ type, resource }) => `${type} ${resource === undefined ? 'deleted' : 'written'}`),
    ).toEqual(['Communication deleted', 'Communication written', 'Communication written', 'Task written']);
  });

  test('may delete what only refers to one another', async () => {
    const server = clinic();
    const both = [remove('Communication/call'), remove('Task/reminder')];
    expect((await post(server, 'transaction', both.slice(1))).status).toBe(409);
    expect((await post(server, 'transaction', both.toReversed())).status).toBe(200);
    expect((await server.get('Task/reminder')).status).toBe(410);
  });

  test.each<[string, Entry, number, string]>([
    ['a stale version', update(example('Patient'), 'W/"7"'), 412, 'conflict'],
    [
      'a missing version',
      { ...update(example('Patient')), request: { method: 'PUT', url: 'Patient/okafor' } },
      400,
      'invalid',
    ],
    [
      'an unknown placeholder',
      create(example('Task', { for: { reference: 'urn:uuid:x' } })),
      409,
      'conflict',
    ],
    ['a dangling reference', create(example('Task', { for: { reference: 'Patient/x' } })), 409, 'conflict'],
    ['an invalid record', create(example('Task', { status: 'x' })), 400, 'value'],
    ['a broken invariant', create(example('Consent', { policyRule: undefined })), 422, 'invariant'],
    ['a read of nothing', get('Patient/nobody'), 404, 'not-found'],
    ['a deletion of nothing', remove('Patient/nobody'), 404, 'not-found'],
    ['an unknown type', create({ resourceType: 'Device' }), 404, 'not-found'],
    ['an ill-formed condition', create(example('Task'), { ifNoneExist: 'nonsense=1' }), 400, 'invalid'],
    ['a batch inside', { request: { method: 'POST', url: '' }, resource: example('Task') }, 404, 'not-found'],
  ])('%s fails it whole and names the entry', async (_, bad, status, code) => {
    const server = clinic();
    const before = dump(server);
    const answer = await post(server, 'transaction', [
      create(example('Communication')),
      update(example('Task', { status: 'cancelled' })),
      bad,
    ]);
    expect(answer.status).toBe(status);
    const [problem] = outcomeOf(answer).issue;
    expect(problem?.code).toBe(code);
    expect(problem?.expression?.[0]).toBe('Bundle.entry[2]');
    expect(dump(server)).toBe(before);
  });

  test('the same record twice is refused', async () => {
    const twice = [update(example('Patient')), update(example('Patient'), 'W/"2"')];
    expect((await post(clinic(), 'transaction', twice)).status).toBe(400);
  });

  test('whatever fails, nothing has changed, for reads and for searches', async () => {
    const sound: fc.Arbitrary<Entry> = fc.constantFrom<Entry>(
      create(example('Communication')),
      create(example('Task', { status: 'completed' })),
      create(example('Patient'), { ifNoneExist: 'identifier=nobody' }),
      update(example('Appointment', { status: 'noshow' })),
      remove('Provenance/why'),
      remove('AdverseEvent/nausea'),
      get('Patient/okafor'),
    );
    const bad: fc.Arbitrary<Entry> = fc.constantFrom<Entry>(
      update(example('Patient'), 'W/"2"'),
      create(example('Task', { for: { reference: 'Patient/nobody' } })),
      create(example('Task', { extra: true })),
      remove('Patient/okafor'),
      get('Patient?nonsense=1'),
    );
    const searches = [
      'Communication?status=completed',
      'Task?status=completed',
      'Appointment?status=noshow',
      'AdverseEvent?_sort=date',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(sound, { maxLength: 6 }),
        bad,
        fc.nat(),
        async (entries, failing, place) => {
          const server = clinic();
          const look = async () =>
            JSON.stringify(await Promise.all(searches.map((search) => server.ids(search))));
          const [before, seen] = [dump(server), await look()];
          const answer = await post(
            server,
            'transaction',
            entries.toSpliced(place % (entries.length + 1), 0, failing),
          );
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(dump(server)).toBe(before);
          expect(await look()).toBe(seen);
        },
      ),
    );
  });
});

test('an entry of a response stands for one of the request', async () => {
  const bundle = bundleOf(await post(clinic(), 'transaction', [create(example('Task'))]));
  const [entry] = bundle.entry ?? [];
  const id = entry?.resource?.id;
  expect(entry).toMatchObject<BundleEntry>({
    fullUrl: `${BASE}/Task/${id}`,
    response: { status: '201 Created', location: `${BASE}/Task/${id}/_history/1`, etag: 'W/"1"' },
  });
});
