import { describe, expect, test } from 'vitest';
import { fakeServer, json, lostConnection, outcome, patient, responses, searchset } from './fake-fetch.ts';
import { encodeQuery } from './search.ts';

const unsaved = { resourceType: 'Patient', name: [{ family: 'Okafor' }] };
const ifNoneExist = encodeQuery([['identifier', 'urn:intention|7']]);
const newer = (more: Readonly<Record<string, unknown>> = {}) =>
  patient('1', { meta: { versionId: '2' }, ...more });

describe('create', () => {
  test('sends the resource and gives back what was stored', async () => {
    const server = fakeServer([json(patient('9'), 201)]);
    await expect(server.client.create(unsaved)).resolves.toEqual(patient('9'));
    expect(server.asked()).toEqual(['POST Patient']);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual(unsaved);
    expect(Object.fromEntries(server.requests[0]?.headers ?? [])).toMatchObject({
      'content-type': 'application/fhir+json',
      prefer: 'return=representation',
    });
    expect(server.requests[0]?.headers.has('if-none-exist')).toBe(false);
  });

  test('with a condition may be sent again, and makes one resource', async () => {
    const server = fakeServer([lostConnection(), json(patient('9'), 200)]);
    await expect(server.client.create(unsaved, { ifNoneExist })).resolves.toMatchObject({ id: '9' });
    expect(server.requests.map(({ headers }) => headers.get('if-none-exist'))).toEqual([
      ifNoneExist,
      ifNoneExist,
    ]);
  });

  test('with a condition finds what was there, where the server answers with nothing', async () => {
    const server = fakeServer([json(undefined, 200), json(searchset([patient('9')]))]);
    await expect(server.client.create(unsaved, { ifNoneExist })).resolves.toMatchObject({ id: '9' });
    expect(server.asked()).toEqual(['POST Patient', 'GET Patient?identifier=urn:intention|7']);
  });

  test.each([
    ['nothing', json(undefined, 201)],
    ['something else', json(outcome('All is well'), 201)],
  ])('that is answered with %s is unreadable', async (_, reply) => {
    await expect(fakeServer([reply]).client.create(unsaved)).rejects.toMatchObject({
      kind: 'unreadable',
      status: 201,
    });
  });
});

describe('create that is to happen once, on a server that does not see to it', () => {
  const incapable = { conditionalCreate: false };

  test('looks first, and finds what was there', async () => {
    const server = fakeServer([json(searchset([patient('9')]))], incapable);
    await expect(server.client.create(unsaved, { ifNoneExist })).resolves.toMatchObject({ id: '9' });
    expect(server.asked()).toEqual(['GET Patient?identifier=urn:intention|7']);
  });

  test('is one for two that are asked for at the same time', async () => {
    const server = fakeServer([json(searchset([])), json(patient('9'), 201)], incapable);
    const create = () => server.client.create(unsaved, { ifNoneExist });
    expect(await Promise.all([create(), create()])).toEqual([patient('9'), patient('9')]);
    expect(server.asked()).toEqual(['GET Patient?identifier=urn:intention|7', 'POST Patient']);
  });

  test('is not sent again after a lost answer: the next try finds what it made', async () => {
    const replies = [json(searchset([])), lostConnection(), json(searchset([patient('9')]))];
    const server = fakeServer(replies, incapable);
    await expect(server.client.create(unsaved, { ifNoneExist })).rejects.toMatchObject({
      kind: 'unreachable',
    });
    await expect(server.client.create(unsaved, { ifNoneExist })).resolves.toMatchObject({ id: '9' });
    expect(server.requests).toHaveLength(3);
  });

  test('is a conflict where more than one is found', async () => {
    const server = fakeServer([json(searchset([patient('8'), patient('9')]))], incapable);
    await expect(server.client.create(unsaved, { ifNoneExist })).rejects.toMatchObject({ kind: 'conflict' });
    expect(server.requests).toHaveLength(1);
  });
});

test('a batch is sent one by one where the server’s batches cannot hold it', async () => {
  const server = fakeServer(
    ({ method, target }) => {
      if (method === 'PUT') return json(outcome('Changed'), 412);
      return json(target === 'Task?status=requested' ? searchset([]) : patient('9'));
    },
    { batchSearch: false },
  );
  const results = await server.client.batch([
    { get: 'Task?status=requested' },
    { update: patient('1') },
    { create: unsaved },
  ]);
  expect(server.asked().toSorted()).toEqual(['GET Task?status=requested', 'POST Patient', 'PUT Patient/1']);
  expect(results.map(({ error, resource }) => error?.kind ?? resource?.resourceType)).toEqual([
    'Bundle',
    'conflict',
    'Patient',
  ]);
});

describe('update', () => {
  const edited = patient('1', { active: true, extension: [{ url: 'x' }] });

  test('sends everything back with the version it was made from', async () => {
    const server = fakeServer([json(newer({ active: true }))]);
    await expect(server.client.update(edited)).resolves.toMatchObject({ meta: { versionId: '2' } });
    expect(server.asked()).toEqual(['PUT Patient/1']);
    expect(server.requests[0]?.headers.get('if-match')).toBe('W/"1"');
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual(edited);
  });

  test('is refused without a version, and nothing is sent', async () => {
    const server = fakeServer([]);
    const work = server.client.update({ resourceType: 'Patient', id: '1' });
    await expect(work).rejects.toMatchObject({ kind: 'invalid', path: 'Patient/1' });
    expect(server.requests).toHaveLength(0);
  });

  test.each([409, 412])('of an older version is a conflict (%i)', async (status) => {
    const server = fakeServer([json(outcome('Version 2'), status)]);
    await expect(server.client.update(edited)).rejects.toMatchObject({
      kind: 'conflict',
      status,
      retryable: false,
    });
    expect(server.requests).toHaveLength(1);
  });

  test('whose answer was lost succeeds, where the stored version says the same', async () => {
    const stored = {
      extension: [{ url: 'x' }],
      active: true,
      id: '1',
      resourceType: 'Patient',
      meta: { versionId: '2' },
    };
    const server = fakeServer([lostConnection(), json({}, 412), json(stored)]);
    await expect(server.client.update(edited)).resolves.toEqual(stored);
    expect(server.asked()).toEqual(['PUT Patient/1', 'PUT Patient/1', 'GET Patient/1']);
  });

  test('whose answer was lost is a conflict, where the stored version says something else', async () => {
    const server = fakeServer([lostConnection(), json({}, 412), json(newer({ active: false }))]);
    await expect(server.client.update(edited)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('that is answered with nothing is read again', async () => {
    const server = fakeServer([json(undefined, 204), json(newer({ active: true }))]);
    await expect(server.client.update(edited)).resolves.toMatchObject({ meta: { versionId: '2' } });
    expect(server.asked()).toEqual(['PUT Patient/1', 'GET Patient/1']);
  });
});

describe('a batch', () => {
  const entries = [
    { get: 'Patient/1' },
    { create: unsaved, ifNoneExist },
    { update: patient('2', { active: false }) },
  ] as const;

  test('has one result for each entry, by its own status', async () => {
    const server = fakeServer([json(responses(patient('1'), '201 Created', '412 Precondition Failed'))]);
    const results = await server.client.batch(entries);
    expect(results[0]).toEqual({ resource: patient('1') });
    expect(results[1]).toEqual({ resource: undefined });
    expect(results[2]?.error).toMatchObject({
      kind: 'conflict',
      method: 'PUT',
      path: 'Patient/2',
      status: 412,
    });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { request: { method: 'GET', url: 'Patient/1' } },
        { resource: unsaved, request: { method: 'POST', url: 'Patient', ifNoneExist } },
        {
          resource: patient('2', { active: false }),
          request: { method: 'PUT', url: 'Patient/2', ifMatch: 'W/"1"' },
        },
      ],
    });
  });

  test('sends a write again only where the server says that it did nothing', async () => {
    const server = fakeServer([
      json(responses('503', '503', '429')),
      json(responses(patient('1'), patient('2'))),
    ]);
    const results = await server.client.batch(entries);
    expect(results.map(({ error }) => error?.status)).toEqual([undefined, 503, undefined]);
    expect(results[2]?.resource).toEqual(patient('2'));
  });

  test('with a write in it is not sent again as a whole', async () => {
    const server = fakeServer([lostConnection()]);
    const results = await server.client.batch(entries);
    expect(results.map(({ error }) => error?.kind)).toEqual(['unreachable', 'unreachable', 'unreachable']);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a transaction', () => {
  const fullUrl = 'urn:uuid:6f1c8a52-2d8e-4a3c-9a30-0d7b1a7c0001';
  const entries = [
    { create: unsaved, fullUrl, ifNoneExist },
    { update: { resourceType: 'Task', id: 't', meta: { versionId: '5' }, for: { reference: fullUrl } } },
    { create: { resourceType: 'Provenance', target: [{ reference: fullUrl }, { reference: 'Task/t' }] } },
  ] as const;
  const storedTask = { resourceType: 'Task', id: 't', meta: { versionId: '6' } };

  test('is one request where the server stores all or nothing', async () => {
    const server = fakeServer([json(responses(patient('9'), storedTask, '201'))]);
    const results = await server.client.transaction(entries);
    expect(results.map(({ resource }) => resource?.id)).toEqual(['9', 't', undefined]);
    expect(server.asked()).toEqual(['POST']);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
      type: 'transaction',
      entry: [{ fullUrl }, {}, {}],
    });
  });

  test('rejects where it was refused', async () => {
    const server = fakeServer([json(outcome('Version 6'), 412)]);
    await expect(server.client.transaction(entries)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('is not believed because of its 200: a part may have failed', async () => {
    const server = fakeServer([json(responses(patient('9'), '412', '201'))]);
    const results = await server.client.transaction(entries);
    expect(results.map(({ error }) => error?.kind)).toEqual([undefined, 'conflict', undefined]);
  });

  test('is not sent again: nobody knows whether it was stored', async () => {
    const server = fakeServer([lostConnection()]);
    await expect(server.client.transaction(entries)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(server.requests).toHaveLength(1);
  });

  describe('on a server that may store a part', () => {
    const partial = { atomicTransaction: false };

    test('is single writes in order, each knowing where the ones before were stored', async () => {
      const provenance = { resourceType: 'Provenance', id: 'v' };
      const server = fakeServer([json(patient('9'), 201), json(storedTask), json(provenance, 201)], partial);
      const results = await server.client.transaction(entries);
      expect(results.map(({ resource }) => resource?.id)).toEqual(['9', 't', 'v']);
      expect(server.asked()).toEqual(['POST Patient', 'PUT Task/t', 'POST Provenance']);
      expect(server.requests[0]?.headers.get('if-none-exist')).toBe(ifNoneExist);
      expect(server.requests[1]?.headers.get('if-match')).toBe('W/"5"');
      expect(JSON.parse(server.requests[1]?.body ?? '')).toMatchObject({ for: { reference: 'Patient/9' } });
      expect(JSON.parse(server.requests[2]?.body ?? '')).toMatchObject({
        target: [{ reference: 'Patient/9' }, { reference: 'Task/t' }],
      });
    });

    test('stops at the first failure', async () => {
      const server = fakeServer([json(patient('9'), 201), json({}, 412)], partial);
      const results = await server.client.transaction(entries);
      expect(results.map(({ error }) => error?.kind)).toEqual([undefined, 'conflict', 'not-sent']);
      expect(results[2]?.error).toMatchObject({ method: 'POST', path: 'Provenance' });
      expect(server.requests).toHaveLength(2);
    });

    test('sends nothing where an entry refers to a later one', async () => {
      const server = fakeServer([], partial);
      const work = server.client.transaction([entries[1], entries[0]]);
      await expect(work).rejects.toMatchObject({ kind: 'invalid', method: 'PUT', path: 'Task/t' });
      expect(server.requests).toHaveLength(0);
    });

    test('sends nothing where a version is missing', async () => {
      const server = fakeServer([], partial);
      const work = server.client.transaction([entries[0], { update: { resourceType: 'Task', id: 't' } }]);
      await expect(work).rejects.toMatchObject({ kind: 'invalid', path: 'Task/t' });
      expect(server.requests).toHaveLength(0);
    });
  });
});
