import { describe, expect, test } from 'vitest';
import { EXAMPLES, example } from './server/example-records.ts';
import { bundleOf, outcomeOf, testServer, type TestServer } from './server/server-fixture.ts';
import { NetworkFailure, type Scenario } from './faults.ts';

function clinic(): TestServer {
  return testServer(Object.values(EXAMPLES));
}

function withPatient(family: string): TestServer {
  return testServer([
    ...Object.values(EXAMPLES).filter(({ id }) => id !== 'okafor'),
    example('Patient', { name: [{ family }] }),
  ]);
}

describe('words', () => {
  test.each([500, 502, 503, 504, 429, 401, 403, 404, 409, 410, 412])('Fault-%s', async (status) => {
    const answer = await clinic().get(`Patient?name=Fault-${status}`);
    expect(answer.status).toBe(status);
    expect(outcomeOf(answer).issue).toHaveLength(1);
    expect(answer.headers.get('Retry-After')).toBe(status === 429 ? '1' : null);
    expect(answer.headers.has('WWW-Authenticate')).toBe(status === 401);
  });

  test('a throttled answer without a time', async () => {
    const answer = await clinic().get('Patient?name=fault-429-bare');
    expect(answer.status).toBe(429);
    expect(answer.headers.has('Retry-After')).toBe(false);
  });

  test.each(['Fault', 'Fault-50', 'Fault-5033', 'Fault-503-more', 'Fault-418', 'default-503x'])(
    '%s is no word',
    async (name) => {
      expect((await clinic().get(`Patient?name=${name}`)).status).toBe(200);
    },
  );

  test('slow: the right answer, later', async () => {
    const server = clinic();
    expect(await server.ids('Patient?name=okafor,Fault-slow')).toEqual(['okafor']);
    expect(server.waited).toEqual([3000]);
  });

  test('offline: no answer', async () => {
    await expect(clinic().get('Patient?name=Fault-offline')).rejects.toBeInstanceOf(NetworkFailure);
  });

  test('html, half and empty are answers of 200 that are no FHIR', async () => {
    const html = await clinic().get('Patient?name=Fault-html');
    expect([html.status, html.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    const whole = await clinic().get('Patient?name=okafor,Fault-x');
    const half = await clinic().get('Patient?name=okafor,Fault-half');
    expect(half.status).toBe(200);
    expect(half.text.length).toBeGreaterThan(whole.text.length / 3);
    expect(() => half.json()).toThrow(SyntaxError);
    expect(await clinic().get('Patient?name=Fault-empty')).toMatchObject({ status: 200, text: '' });
  });

  test('-once: the same request succeeds the second time, another one has its own first time', async () => {
    const server = clinic();
    expect((await server.get('Patient?name=Fault-503-once')).status).toBe(503);
    expect((await server.get('Patient?name=Fault-503-once')).status).toBe(200);
    expect((await server.get('Patient?name=Fault-503-once&_count=5')).status).toBe(503);
  });
});

describe('where a word is heard', () => {
  test('in the form of a search', async () => {
    const answer = await clinic().send('POST', 'Patient/_search', {
      body: new URLSearchParams('name=FAULT-503'),
    });
    expect(answer.status).toBe(503);
  });

  test('in a written record, which is not written', async () => {
    const server = clinic();
    const body = example('Task', { description: 'please Fault-500 now' });
    expect((await server.send('POST', 'Task', { body })).status).toBe(500);
    expect(server.written).toEqual([]);
  });

  test('a half or empty answer to a write is about something done', async () => {
    const server = clinic();
    for (const word of ['Fault-half', 'Fault-empty']) {
      expect(
        (await server.send('POST', 'Task', { body: example('Task', { description: word }) })).status,
      ).toBe(201);
    }
    expect(server.written).toHaveLength(2);
  });

  test.each([
    'Patient/okafor',
    'Patient/okafor/_history',
    'Patient?_id=okafor',
    'Task/reminder',
    'Task?patient=Patient/okafor',
  ])('in the family name of the patient whom %s is about', async (path) => {
    expect((await withPatient('Fault-503').get(path)).status).toBe(503);
    expect((await clinic().get(path)).status).toBe(200);
  });

  test('in the family name of the patient about whom something is written', async () => {
    const answer = await withPatient('Fault-503').send('POST', 'Task', { body: example('Task') });
    expect(answer.status).toBe(503);
  });

  test.each([
    'Patient',
    'Patient?name=fault',
    'Task?_include=Task:patient',
    'Task?patient=Patient/okafor,Patient/x',
  ])('not where the patient is a row among others: %s', async (path) => {
    expect((await withPatient('Fault-503').get(path)).status).toBe(200);
  });

  test('in an entry of a batch, which fails alone', async () => {
    const urls = ['Task', 'Patient?name=Fault-429', 'Patient?name=Fault-offline', 'Patient?name=Fault-slow'];
    const entry = urls.map((url) => ({ request: { method: 'GET', url } }));
    const server = clinic();
    const answer = await server.send('POST', '', { body: { resourceType: 'Bundle', type: 'batch', entry } });
    expect(bundleOf(answer).entry?.map(({ response }) => response?.status)).toEqual([
      '200 OK',
      '429 Too Many Requests',
      '502 Bad Gateway',
      '200 OK',
    ]);
    expect(server.waited).toEqual([3000]);
  });

  test('in an entry of a transaction, which fails whole', async () => {
    const server = clinic();
    const entry = ['fine', 'Fault-503'].map((description) => ({
      resource: example('Task', { description }),
      request: { method: 'POST', url: 'Task' },
    }));
    const answer = await server.send('POST', '', {
      body: { resourceType: 'Bundle', type: 'transaction', entry },
    });
    expect(answer.status).toBe(503);
    expect(server.written).toEqual([]);
  });
});

describe('scenarios', () => {
  test.each<[Scenario, number]>([
    ['normal', 200],
    ['failing', 503],
    ['forbidden', 403],
    ['expired', 401],
  ])('%s: %s for everything', async (scenario, status) => {
    const server = clinic();
    server.faults.scenario = scenario;
    for (const path of ['Patient', 'metadata', 'Patient/okafor'])
      expect((await server.get(path)).status).toBe(status);
  });

  test('slow', async () => {
    const server = clinic();
    server.faults.scenario = 'slow';
    expect((await server.get('Patient?name=Fault-503')).status).toBe(503);
    expect(server.waited).toEqual([3000]);
  });

  test('throttled: every other request', async () => {
    const server = clinic();
    server.faults.scenario = 'throttled';
    const answers = [await server.get('Task'), await server.get('Task'), await server.get('Task')];
    expect(answers.map(({ status }) => status)).toEqual([429, 200, 429]);
    expect(answers[0]?.headers.get('Retry-After')).toBe('1');
  });

  test('offline, html, cut-off, empty', async () => {
    const server = clinic();
    server.faults.scenario = 'offline';
    await expect(server.get('Task')).rejects.toBeInstanceOf(NetworkFailure);
    server.faults.scenario = 'html';
    expect((await server.get('Task')).text).toMatch(/^<!doctype html>/);
    server.faults.scenario = 'cut-off';
    const cut = await server.get('Task');
    expect(() => cut.json()).toThrow(SyntaxError);
    server.faults.scenario = 'empty';
    expect((await server.get('Task')).text).toBe('');
    server.faults.scenario = 'normal';
    expect(await server.ids('Task')).toEqual(['reminder']);
  });
});
