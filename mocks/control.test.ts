import { beforeEach, describe, expect, test } from 'vitest';
import { codeFlow } from './identity/code-flow.ts';
import { createMockFetch, type MockFetch } from './node.ts';

const NOW = Temporal.Instant.from('2026-11-24T14:00:00Z');
let mock: MockFetch;
let token: string;

beforeEach(async () => {
  mock = createMockFetch({ patients: 12, now: () => NOW });
  token = (await codeFlow(mock.fetch, mock.issuer).signIn('kaya')).access_token;
});

const control = (method: string, path: string, body?: unknown) =>
  mock.fetch(`https://clinic.test/mock/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const state = async () => (await control('GET', 'clock')).json();

function fhir(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return mock.fetch(`${mock.fhirBase}/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

describe('the clock', () => {
  test('is the real one at first', async () => {
    expect((await state()).clock).toEqual({ setTo: null, now: '2026-11-24T14:00:00Z' });
  });

  test('set to another day, the clinic is laid for it and writes its time', async () => {
    expect((await control('PUT', 'clock', { at: '2026-12-01T10:42' })).status).toBe(200);
    expect((await state()).clock).toEqual({ setTo: '2026-12-01T15:42:00Z', now: '2026-12-01T15:42:00Z' });
    const created = await fhir('POST', 'Patient', { resourceType: 'Patient', name: [{ family: 'New' }] });
    expect((await created.json()).meta.lastUpdated).toMatch(/^2026-12-01T15:42/);
    const booked = await (await fhir('GET', 'Appointment?date=ge2026-12-08&_summary=count')).json();
    expect(booked.total).toBeGreaterThan(0);
  });

  test('goes back to the real time', async () => {
    await control('PUT', 'clock', { at: '2026-12-01T10:42' });
    await control('PUT', 'clock', { at: null });
    expect((await state()).clock.setTo).toBeNull();
  });

  test.each([{ at: 'noon' }, { at: '' }, {}, undefined])('%j is no time', async (body) => {
    const answer = await control('PUT', 'clock', body);
    expect([answer.status, (await answer.json()).detail]).toEqual([400, expect.stringContaining('10:42')]);
  });
});

describe('the day', () => {
  test.each([
    ['quiet', '2026-11-24'],
    ['busy', '2026-11-30'],
  ])('%s is %s', async (day, date) => {
    expect((await control('PUT', 'day', { day })).status).toBe(200);
    expect(await state()).toMatchObject({ day, clock: { now: expect.stringContaining(date) } });
  });

  test.each([{ day: 'sunny' }, {}, undefined])('%j is none', async (body) => {
    expect((await control('PUT', 'day', body)).status).toBe(400);
  });
});

describe('the scenario conflict', () => {
  const read = async () => {
    const answer = await fhir('GET', 'Patient/p-0001');
    return { etag: answer.headers.get('etag') ?? '', patient: await answer.json() };
  };

  test('lets somebody else save the same record first, once', async () => {
    const before = await read();
    await control('PUT', 'scenario', { scenario: 'conflict' });
    const mine = { ...before.patient, gender: 'other' };
    const put = (etag: string, body: unknown) => fhir('PUT', 'Patient/p-0001', body, { 'if-match': etag });
    expect((await put(before.etag, mine)).status).toBe(412);
    const theirs = await read();
    expect(theirs.etag).not.toBe(before.etag);
    expect(theirs.patient.telecom).not.toEqual(before.patient.telecom);
    expect({ ...theirs.patient, telecom: 0, meta: 0 }).toEqual({ ...before.patient, telecom: 0, meta: 0 });
    const who = await (await fhir('GET', 'Provenance?target=Patient/p-0001')).json();
    expect(JSON.stringify(who)).toContain('Luc Fournier');
    expect((await put(theirs.etag, mine)).status).toBe(200);
  });

  test('also in a transaction, and chosen again it happens again', async () => {
    const transaction = async () => {
      const { etag, patient } = await read();
      const entry = [{ resource: patient, request: { method: 'PUT', url: 'Patient/p-0001', ifMatch: etag } }];
      return (await fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })).status;
    };
    for (const _ of [1, 2]) {
      await control('PUT', 'scenario', { scenario: 'conflict' });
      expect(await transaction()).toBe(412);
      expect(await transaction()).toBe(200);
    }
  });

  test('leaves alone what is only read or new', async () => {
    await control('PUT', 'scenario', { scenario: 'conflict' });
    const before = await read();
    await fhir('POST', 'Patient', { resourceType: 'Patient', name: [{ family: 'New' }] });
    expect((await read()).etag).toBe(before.etag);
  });
});
