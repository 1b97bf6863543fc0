import { describe, expect, test } from 'vitest';
import { schemaErrors } from '#tests/support/r4-schema.ts';
import { EXAMPLES, example } from './example-records.ts';
import { BASE, NOW, bundleOf, outcomeOf, testServer, type TestServer } from './server-fixture.ts';

const MEMBER = 'identifier=https://clinic.test/intention|once';

function clinic(): TestServer {
  return testServer(Object.values(EXAMPLES));
}

function newPatient(changes: Record<string, unknown> = {}) {
  return example('Patient', {
    id: undefined,
    identifier: [{ system: 'https://clinic.test/intention', value: 'once' }],
    ...changes,
  });
}

function put(server: TestServer, changes: Record<string, unknown>, ifMatch: string | undefined = 'W/"1"') {
  return server.send('PUT', 'Patient/okafor', {
    body: example('Patient', changes),
    headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch },
  });
}

describe('read', () => {
  test('gives the record with its version', async () => {
    const answer = await clinic().get('Patient/okafor');
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ ...EXAMPLES.Patient, meta: { versionId: '1', lastUpdated: NOW } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/fhir+json; charset=utf-8',
      etag: 'W/"1"',
      'last-modified': 'Fri, 20 Nov 2026 08:00:00 GMT',
      'content-location': `${BASE}/Patient/okafor/_history/1`,
    });
  });

  test.each([
    ['GET', 'Patient/nobody', 404],
    ['GET', 'Spaceship/1', 404],
    ['GET', 'Device', 404],
    ['GET', 'Patient/okafor/_history/2', 404],
    ['GET', 'Patient/okafor/_history/x', 404],
    ['GET', 'Patient/nobody/_history', 404],
    ['GET', 'Patient/okafor/$everything', 404],
    ['GET', 'Patient/okafor?_elements=name', 400],
    ['GET', 'Patient/okafor?_format=xml', 400],
    ['GET', 'Patient/okafor?_format=json', 200],
    ['GET', 'Patient/okafor/_history?_count=1', 400],
    ['PATCH', 'Patient/okafor', 405],
    ['DELETE', 'Patient', 405],
    ['DELETE', 'Patient/okafor/_history/1', 405],
    ['GET', 'Patient/_search', 405],
    ['GET', '', 405],
  ])('%s %s is %s', async (method, path, status) => {
    const answer = await clinic().send(method, path);
    expect(answer.status).toBe(status);
    expect(status < 400 ? '' : schemaErrors(outcomeOf(answer))).toBe('');
    expect(answer.headers.has('Allow')).toBe(status === 405);
  });

  test('another address is not of this server', async () => {
    expect((await clinic().get('https://clinic.test/elsewhere')).status).toBe(404);
    expect((await clinic().get(`${BASE}5/Patient/okafor`)).status).toBe(404);
  });

  test.each([
    ['application/fhir+json', 200],
    ['text/html, */*;q=0.5', 200],
    ['application/fhir+xml', 406],
  ])('a client that accepts %s gets %s', async (accept, status) => {
    expect((await clinic().send('GET', 'Patient/okafor', { headers: { Accept: accept } })).status).toBe(
      status,
    );
  });

  test('every answer has a request id of its own', async () => {
    const server = clinic();
    const ids = [await server.get('Patient/okafor'), await server.get('Nothing')].map(({ headers }) =>
      headers.get('X-Request-Id'),
    );
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain(null);
  });
});

describe('create', () => {
  test('stores the record under an id of the server and says where', async () => {
    const server = clinic();
    const answer = await server.send('POST', 'Patient', {
      body: newPatient({
        id: 'mine',
        meta: { versionId: '7', lastUpdated: '2000-01-01T00:00:00Z', tag: [{ code: 't' }] },
      }),
    });
    expect(answer.status).toBe(201);
    const location = answer.headers.get('Location') ?? '';
    expect(location).toMatch(new RegExp(`^${BASE}/Patient/new-\\d+/_history/1$`));
    expect(answer.json()).toMatchObject({
      id: location.split('/').at(-3),
      meta: { versionId: '1', lastUpdated: NOW, tag: [{ code: 't' }] },
      extension: [{ url: 'https://other.test/vip', valueBoolean: true }],
    });
    expect(await server.ids(`Patient?${MEMBER}`)).toHaveLength(1);
    expect(server.written).toHaveLength(1);
  });

  test('If-None-Exist makes one record of two requests', async () => {
    const server = clinic();
    const options = { body: newPatient(), headers: { 'If-None-Exist': MEMBER } };
    const first = await server.send('POST', 'Patient', options);
    const second = await server.send('POST', 'Patient', options);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json()).toEqual(first.json());
    expect(server.written).toHaveLength(1);
  });

  test('If-None-Exist that finds several is 412', async () => {
    const server = clinic();
    await server.send('POST', 'Patient', { body: newPatient() });
    await server.send('POST', 'Patient', { body: newPatient() });
    const answer = await server.send('POST', 'Patient', {
      body: newPatient(),
      headers: { 'If-None-Exist': MEMBER },
    });
    expect(answer.status).toBe(412);
    expect(outcomeOf(answer).issue[0]?.code).toBe('multiple-matches');
  });

  test.each([
    ['another type', 'Patient', example('Location'), 400],
    ['no JSON', 'Patient', '{"resourceType":', 400],
    ['an unknown property', 'Patient', newPatient({ shoeSize: 43 }), 400],
    ['a broken invariant', 'Appointment', example('Appointment', { end: undefined }), 422],
    ['a patient who does not exist', 'Task', example('Task', { for: { reference: 'Patient/nobody' } }), 409],
    [
      'a version that does not exist',
      'Provenance',
      example('Provenance', { target: [{ reference: 'Patient/okafor/_history/9' }] }),
      409,
    ],
    [
      'a placeholder outside a transaction',
      'Task',
      example('Task', { for: { reference: 'urn:uuid:0' } }),
      409,
    ],
    ['a reference that is none', 'Task', example('Task', { for: { reference: 'okafor' } }), 400],
    ['a resource that is not contained', 'Task', example('Task', { owner: { reference: '#x' } }), 400],
  ])('%s is refused', async (_, path, body, status) => {
    const server = clinic();
    const answer = await server.send('POST', path, { body });
    expect(answer.status).toBe(status);
    expect(schemaErrors(outcomeOf(answer))).toBe('');
    expect(server.written).toEqual([]);
  });

  test('references to other servers, by identifier, and absolute ones to itself are kept as they are', async () => {
    const references = [
      { reference: 'https://other.test/Patient/1' },
      { identifier: { value: '1' } },
      { reference: `${BASE}/CarePlan/course` },
    ];
    const answer = await clinic().send('POST', 'Task', { body: example('Task', { basedOn: references }) });
    expect(answer.json()).toMatchObject({ basedOn: references });
  });

  test('a form or no content type is refused', async () => {
    const answer = await clinic().send('POST', 'Patient', {
      body: newPatient(),
      headers: { 'Content-Type': 'text/plain' },
    });
    expect(answer.status).toBe(415);
  });

  test('a search in the address is refused', async () => {
    expect((await clinic().send('POST', `Patient?${MEMBER}`, { body: newPatient() })).status).toBe(400);
  });
});

describe('update', () => {
  test('makes the next version and keeps the former one', async () => {
    const server = clinic();
    const answer = await put(server, { gender: 'other' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ETag')).toBe('W/"2"');
    expect(answer.headers.has('Location')).toBe(false);
    expect(answer.json()).toMatchObject({ gender: 'other', meta: { versionId: '2' } });
    expect((await server.get('Patient/okafor/_history/1')).json()).toMatchObject({ gender: 'female' });
    expect(await server.ids('Patient?gender=other')).toEqual(['okafor']);
    expect(await server.ids('Patient?gender=female')).toEqual([]);
  });

  test.each([
    ['a stale version', {}, 'W/"0"', 412],
    ['a version to come', {}, 'W/"2"', 412],
    ['no version', {}, undefined, 400],
    ['a version without quotes', {}, '1', 400],
    ['any version', {}, '*', 400],
    ['another id', { id: 'other' }, 'W/"1"', 400],
    ['no id', { id: undefined }, 'W/"1"', 400],
  ])('%s is refused', async (_, changes, ifMatch, status) => {
    const server = clinic();
    const answer = await put(server, changes, ifMatch === undefined ? '' : ifMatch);
    expect(answer.status).toBe(status);
    expect(server.written).toEqual([]);
  });

  test('without the header at all', async () => {
    const answer = await clinic().send('PUT', 'Patient/okafor', { body: example('Patient') });
    expect(answer.status).toBe(400);
    expect(outcomeOf(answer).issue[0]?.diagnostics).toContain('If-Match');
  });

  test('creates nothing', async () => {
    const options = { body: example('Patient', { id: 'nobody' }), headers: { 'If-Match': 'W/"1"' } };
    expect((await clinic().send('PUT', 'Patient/nobody', options)).status).toBe(404);
  });

  test('of two edits of one version the second is a conflict', async () => {
    const server = clinic();
    expect((await put(server, { gender: 'other' })).status).toBe(200);
    const second = await put(server, { gender: 'male' });
    expect(second.status).toBe(412);
    expect(outcomeOf(second).issue[0]?.code).toBe('conflict');
  });
});

describe('delete', () => {
  test('leaves a version that says so', async () => {
    const server = clinic();
    expect((await server.send('DELETE', 'Communication/call')).status).toBe(204);
    expect((await server.send('DELETE', 'Communication/call')).status).toBe(204);
    expect((await server.get('Communication/call')).status).toBe(410);
    expect((await server.get('Communication/call/_history/1')).status).toBe(200);
    expect((await server.get('Communication/call/_history/2')).status).toBe(410);
    expect(await server.ids('Communication')).toEqual([]);
    const update = { body: example('Communication'), headers: { 'If-Match': 'W/"2"' } };
    expect((await server.send('PUT', 'Communication/call', update)).status).toBe(410);
    expect(server.written).toMatchObject([
      { type: 'Communication', id: 'call', versionId: 2, resource: undefined },
    ]);
  });

  test('what others refer to is kept', async () => {
    const server = clinic();
    const answer = await server.send('DELETE', 'Location/chair-1');
    expect(answer.status).toBe(409);
    expect(outcomeOf(answer).issue[0]?.diagnostics).toContain('Appointment/visit');
    expect((await server.get('Location/chair-1')).status).toBe(200);
  });

  test('heeds a version when one is given', async () => {
    const server = clinic();
    const stale = await server.send('DELETE', 'Communication/call', { headers: { 'If-Match': 'W/"4"' } });
    expect(stale.status).toBe(412);
    const current = await server.send('DELETE', 'Communication/call', { headers: { 'If-Match': 'W/"1"' } });
    expect(current.status).toBe(204);
  });

  test('of what never was is 404', async () => {
    expect((await clinic().send('DELETE', 'Communication/nothing')).status).toBe(404);
  });
});

test('a history holds all versions, newest first', async () => {
  const server = clinic();
  const call = example('Communication', { status: 'not-done' });
  await server.send('PUT', 'Communication/call', { body: call, headers: { 'If-Match': 'W/"1"' } });
  await server.send('DELETE', 'Communication/call');
  const bundle = bundleOf(await server.get('Communication/call/_history'));
  expect(schemaErrors(bundle)).toBe('');
  expect(bundle).toMatchObject({ type: 'history', total: 3 });
  expect(
    bundle.entry?.map(({ request, response, resource }) => [
      request?.method,
      response?.etag,
      resource?.meta?.versionId,
    ]),
  ).toEqual([
    ['DELETE', 'W/"3"', undefined],
    ['PUT', 'W/"2"', '2'],
    ['POST', 'W/"1"', '1'],
  ]);
});

describe('versions from elsewhere', () => {
  test('are taken over, found by search, and not told again', async () => {
    const [here, there] = [clinic(), clinic()];
    await put(here, { gender: 'other' });
    await here.send('POST', 'Patient', { body: newPatient() });
    await here.send('DELETE', 'Communication/call');
    for (const version of here.written) there.server.apply(version);
    for (const version of here.written) there.server.apply(version);
    expect([...there.server.all()]).toEqual([...here.server.all()]);
    expect(there.server.versionCount).toBe(here.server.versionCount);
    expect(await there.ids('Patient?gender=other')).toEqual(['okafor']);
    expect(there.written).toEqual([]);
  });

  test('older than what is there change nothing', async () => {
    const server = clinic();
    await put(server, { gender: 'other' });
    server.server.apply({
      type: 'Patient',
      id: 'okafor',
      versionId: 1,
      lastUpdated: NOW,
      resource: undefined,
    });
    expect((await server.get('Patient/okafor')).status).toBe(200);
  });
});

test('a clinic that holds a record twice, or one that is not supported, is a mistake', () => {
  expect(() => testServer([EXAMPLES.Patient, EXAMPLES.Patient])).toThrow('Patient/okafor');
  expect(() => testServer([{ resourceType: 'Device', id: 'x' }])).toThrow('Device/x');
});
