import { describe, expect, test } from 'vitest';
import { BEHAVIOURS, type ServerProfileName } from '#mocks/server/behaviour.ts';
import { memorySource } from './source-record.ts';
import {
  circle,
  emptyServer,
  observation,
  countOnServer,
  onServer,
  patient,
  seedInto,
} from './seed-testing.ts';

const counts = ({ done, created, rejected }: { done: number; created: number; rejected: number }) => ({
  done,
  created,
  rejected,
});

const RECORDS = [
  observation('o', 'Patient/p', {
    extension: [{ url: 'https://host/x', valueReference: { reference: 'urn:uuid:q' } }],
    performer: [{ reference: 'https://old.test/fhir/Patient/q' }],
  }),
  ...circle(3),
  patient('q'),
];

describe('on every kind of server', () => {
  test.each(
    Object.keys(BEHAVIOURS).filter((name): name is ServerProfileName => Object.hasOwn(BEHAVIOURS, name)),
  )('%s takes all once, and nothing twice', async (name) => {
    const server = emptyServer({ profile: BEHAVIOURS[name] });
    const options = { source: RECORDS, sourceBase: 'https://old.test/fhir' };
    const all = { done: RECORDS.length, rejected: 0 };
    expect(counts(await seedInto(server, options))).toEqual({ ...all, created: RECORDS.length });
    expect(counts(await seedInto(server, options))).toEqual({ ...all, created: 0 });
  });
});

describe('ids', () => {
  test('are kept where the server lets them, and every form of reference becomes a plain one', async () => {
    const server = emptyServer();
    await seedInto(server, { source: RECORDS, sourceBase: 'https://old.test/fhir' });
    const [stored] = await onServer(server, 'Observation?_id=o');
    expect(stored).toMatchObject({
      subject: { reference: 'Patient/p' },
      extension: [{ valueReference: { reference: 'Patient/q' } }],
      performer: [{ reference: 'Patient/q' }],
    });
    expect(stored?.meta?.['tag']).toBeUndefined();
  });

  test('are the server’s where it gives them, and references follow', async () => {
    const server = emptyServer({ updateCreate: false });
    await seedInto(server, { source: RECORDS, sourceBase: 'https://old.test/fhir' });
    const people = await onServer(server, 'Patient');
    expect(people.map(({ id }) => id)).not.toContain('p');
    const [first, second] = ['p', 'q'].map(
      (old) => people.find((found) => JSON.stringify(found.meta?.['tag']).includes(`Patient-${old}`))?.id,
    );
    const [stored] = await onServer(server, 'Observation');
    expect(stored).toMatchObject({
      subject: { reference: `Patient/${first}` },
      extension: [{ valueReference: { reference: `Patient/${second}` } }],
      performer: [{ reference: `Patient/${second}` }],
    });
  });

  test('are tried where the server claims to keep them and does not', async () => {
    const server = emptyServer({ updateCreate: false });
    const boastful: typeof fetch = async (input, init) => {
      const response = await server.fetch(input, init);
      if (!new URL(new Request(input).url).pathname.endsWith('/metadata')) return response;
      return new Response((await response.text()).replaceAll('"updateCreate":false', '"updateCreate":true'));
    };
    const first = await seedInto(server, { source: RECORDS, fetch: boastful });
    expect(counts(first)).toEqual({ done: RECORDS.length, created: RECORDS.length, rejected: 0 });
    expect((await seedInto(server, { source: RECORDS, fetch: boastful })).created).toBe(0);
  });
});

describe('records that refer to each other in a circle', () => {
  test.each([
    ['in one transaction', 3, true, 'keep'],
    ['without transactions', 3, false, 'keep'],
    ['without transactions, with ids of the server', 3, false, 'server'],
    ['more than a transaction may hold', 60, true, 'keep'],
    ['more than a transaction may hold, with ids of the server', 60, true, 'server'],
  ] as const)('%s', async (_, sessions, transactions, ids) => {
    const server = emptyServer();
    const source = circle(sessions);
    const tally = await seedInto(server, { source, transactions, ids });
    expect(counts(tally)).toEqual({ done: source.length, created: source.length, rejected: 0 });
    const [course] = await onServer(server, 'CarePlan');
    const encounters = await onServer(server, 'Encounter?_count=500');
    const outcomes = encounters.map(({ id }) => ({ reference: `Encounter/${id}` }));
    expect(course).toMatchObject({ activity: [{ outcomeReference: expect.arrayContaining(outcomes) }] });
    expect(JSON.stringify(course?.meta)).not.toContain('unfinished');
    expect((await seedInto(server, { source, transactions, ids })).created).toBe(0);
  });

  test.each(['keep', 'server'] as const)('are closed by a later run, ids: %s', async (ids) => {
    const server = emptyServer();
    const options = { source: circle(3), transactions: false, ids } as const;
    const closing = /"method":"PUT","url":"CarePlan\/[^"]+","ifMatch"/;
    await expect(seedInto(server, { ...options, fetch: failingAt(server.fetch, closing) })).rejects.toThrow(
      'run the same command again',
    );
    expect(JSON.stringify(await onServer(server, 'CarePlan'))).not.toContain('outcomeReference');
    const tally = await seedInto(server, options);
    expect(counts(tally)).toEqual({ done: options.source.length, created: 0, rejected: 0 });
    expect(JSON.stringify(await onServer(server, 'CarePlan'))).toContain('outcomeReference');
  });
});

/** A line that breaks on every request whose body matches. */
function failingAt(send: typeof fetch, pattern: RegExp): typeof fetch {
  return async (input, init) => {
    if (pattern.test(String(init?.body))) throw new TypeError('fetch failed');
    return send(input, init);
  };
}

describe('a run that does not get through', () => {
  const many = Array.from({ length: 950 }, (_, at) => patient(`p${at}`));

  test.each(['keep', 'server'] as const)('goes on where it was interrupted, ids: %s', async (ids) => {
    const server = emptyServer();
    const stop = new AbortController();
    let bundles = 0;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await server.fetch(input, init);
      if (String(init?.body).includes('"Bundle"') && ++bundles === 4) stop.abort();
      return response;
    };
    const source = memorySource(many);
    await expect(seedInto(server, { source, ids, fetch, signal: stop.signal })).rejects.toThrow('aborted');
    const before = await countOnServer(server, 'Patient');
    expect(before).toBeGreaterThan(0);
    const tally = await seedInto(server, { source, ids });
    expect(tally.created).toBe(many.length - before);
    expect(await countOnServer(server, 'Patient')).toBe(many.length);
    expect((await seedInto(server, { source, ids })).created).toBe(0);
  });

  test.each(['keep', 'server'] as const)(
    'counts what was stored though the answer was lost, ids: %s',
    async (ids) => {
      const server = emptyServer();
      let lost = false;
      const fetch: typeof globalThis.fetch = async (input, init) => {
        const response = await server.fetch(input, init);
        if (lost || !String(init?.body).includes('"Bundle"')) return response;
        lost = true;
        throw new TypeError('fetch failed');
      };
      const tally = await seedInto(server, { source: [patient('a'), patient('b')], ids, fetch });
      expect(counts(tally)).toEqual({ done: 2, created: 2, rejected: 0 });
      expect(await onServer(server, 'Patient')).toHaveLength(2);
    },
  );
});

describe('what the server refuses', () => {
  test('an entry that is throttled is sent again, alone', async () => {
    const server = emptyServer();
    const slow = patient('slow', { name: [{ family: 'Fault-429-once' }] });
    const waits: number[] = [];
    const tally = await seedInto(server, {
      source: [patient('a'), slow],
      ids: 'keep',
      wait: async (ms) => void waits.push(ms),
    });
    expect(counts(tally)).toEqual({ done: 2, created: 2, rejected: 0 });
    expect(waits).toHaveLength(1);
  });

  test('an entry that is throttled for ever is rejected in the end', async () => {
    const tally = await seedInto(emptyServer(), {
      source: [patient('a'), patient('b', { name: [{ family: 'Fault-429-bare' }] })],
      ids: 'keep',
    });
    expect(counts(tally)).toEqual({ done: 2, created: 1, rejected: 1 });
    expect(tally.report(0)).toContain('429');
  });

  test('an unknown type, a broken record and what refers to it; the rest arrives', async () => {
    const server = emptyServer();
    const tally = await seedInto(server, {
      source: [
        { resourceType: 'Spaceship', id: 's' },
        patient('bad', { gender: 'unheard-of' }),
        observation('o', 'Patient/bad'),
        observation('stranger', 'Patient/nobody'),
        patient('good'),
        observation('fine', 'Patient/good'),
      ],
    });
    expect(counts(tally)).toEqual({ done: 6, created: 2, rejected: 4 });
    const report = tally.report(1.23);
    expect(report).toMatch(/1 rejected: 404 Unknown resource type "…"\n {2}Spaceship\/s/);
    expect(report).toMatch(/1 rejected: 400 .*at Patient.gender\n {2}Patient\/bad/);
    expect(report).toMatch(
      /1 rejected: Not sent, since it refers to a record that was rejected\n {2}Observation\/o/,
    );
    expect(report).toMatch(/1 rejected: 409 Patient\/… does not exist at Observation.subject.reference/);
    expect(report).not.toContain('unheard-of');
  });

  test('what somebody has changed since stays as it is', async () => {
    const server = emptyServer();
    await seedInto(server, { source: [patient('a')] });
    const tally = await seedInto(server, { source: [patient('a', { name: [{ family: 'Other' }] })] });
    expect(tally.created).toBe(0);
    expect(JSON.stringify(await onServer(server, 'Patient'))).toContain('Okafor');
  });

  test('a server that is busy for long is not waited for', async () => {
    const server = emptyServer();
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(init?.body).includes('"Bundle"')
        ? new Response('', { status: 503, headers: { 'retry-after': '3600' } })
        : server.fetch(input, init);
    await expect(seedInto(server, { source: [patient('a')], fetch })).rejects.toThrow(
      'left alone for 60 minutes',
    );
  });

  test('a batch that is refused for one entry is sent without it', async () => {
    const server = emptyServer();
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(init?.body).includes('"poison"')
        ? Response.json({ resourceType: 'OperationOutcome', issue: [] }, { status: 400 })
        : server.fetch(input, init);
    const source = [...Array.from({ length: 20 }, (_, at) => patient(`p${at}`)), patient('poison')];
    const tally = await seedInto(server, { source, ids: 'keep', fetch });
    expect(counts(tally)).toEqual({ done: 21, created: 20, rejected: 1 });
  });
});
