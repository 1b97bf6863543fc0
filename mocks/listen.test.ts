import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerOf, CLIENT_ID, codeFlow, type CodeFlow, tokensOf } from './identity/code-flow.ts';
import { listen, type Listening, listenOptions } from './listen.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const ORIGIN = 'http://localhost:4173';

let clinic: Listening;
let flow: CodeFlow;

beforeAll(async () => {
  clinic = await listen({ port: 0, patients: 12, today: TODAY });
  flow = codeFlow(fetch, `${clinic.origin}/idp`);
});
afterAll(() => clinic.close());
beforeEach(() => {
  clinic.clinic.faults.scenario = 'normal';
});

const signIn = async (person: string) => (await flow.signIn(person)).access_token;

function send(path: string, token: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...init.headers };
  return fetch(`${clinic.origin}/fhir/R4${path}`, { ...init, headers });
}

const control = (path: string, method: string, body?: unknown) =>
  fetch(`${clinic.origin}/mock${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe('sign-in over the port', () => {
  test('leads from discovery to a token that the keys prove and the records accept', async () => {
    const issuer = `${clinic.origin}/idp`;
    const found = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    const tokens = await flow.signIn('ruiz', { nonce: 'once' });
    const { payload } = await jwtVerify(tokens.id_token, createRemoteJWKSet(new URL(found.jwks_uri)), {
      issuer,
      audience: CLIENT_ID,
    });
    expect(payload).toMatchObject({ sub: 'ruiz', role: 'nurse', nonce: 'once' });
    expect((await send('/Practitioner/ruiz', tokens.access_token)).status).toBe(200);
  });

  test('is remembered by a cookie that no script reads', async () => {
    const [cookie = ''] = (await flow.choose('kaya')).headers.getSetCookie();
    expect(cookie).toMatch(/; Path=\/idp; HttpOnly; SameSite=Lax$/);
    const silent = answerOf(await flow.visit({ prompt: 'none' }, cookie.split(';', 1).join('')));
    expect((await tokensOf(await flow.exchange(silent['code'] ?? ''))).token_type).toBe('Bearer');
  });

  test('is what the records want', async () => {
    const response = await fetch(`${clinic.origin}/fhir/R4/Patient`);
    expect(response.status).toBe(401);
    expect((await response.json()).resourceType).toBe('OperationOutcome');
    expect((await send('/Patient', 'a.b.c')).status).toBe(401);
  });

  test('without a role opens no patient', async () => {
    expect((await send('/Patient', await signIn('whitlock'))).status).toBe(403);
  });
});

describe('pages of other origins', () => {
  test('are told beforehand what they may send', async () => {
    const response = await fetch(`${clinic.origin}/fhir/R4/Patient`, {
      method: 'OPTIONS',
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization, if-match',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(response.headers.get('access-control-max-age')).toBe('7200');
    for (const name of ['Authorization', 'Content-Type', 'Accept', 'Prefer', 'If-Match', 'If-None-Exist']) {
      expect(response.headers.get('access-control-allow-headers')).toContain(name);
    }
  });

  test.each(['/fhir/R4/Patient', '/idp/jwks', '/config.json', '/nowhere'])('may read %s', async (path) => {
    const response = await fetch(`${clinic.origin}${path}`, { headers: { origin: ORIGIN } });
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.headers.get('access-control-expose-headers')).toContain('ETag');
    expect(response.headers.get('vary')).toContain('Origin');
  });
});

test('the configuration points at this port', async () => {
  const config = await (await fetch(`${clinic.origin}/config.json`)).json();
  expect(config.fhirBaseUrl).toBe(`${clinic.origin}/fhir/R4`);
  expect(config.identity).toMatchObject({ issuer: `${clinic.origin}/idp`, clientId: CLIENT_ID });
  expect(config.clinic.timeZone).toBe('America/New_York');
});

describe('switches', () => {
  test('a scenario changes every answer until it is changed back', async () => {
    const token = await signIn('ruiz');
    expect((await control('/scenario', 'PUT', { scenario: 'failing' })).status).toBe(200);
    expect((await send('/Patient', token)).status).toBe(503);
    expect(await (await control('/scenario', 'GET')).json()).toMatchObject({ scenario: 'failing' });
    await control('/scenario', 'PUT', { scenario: 'normal' });
    expect((await send('/Patient', token)).status).toBe(200);
  });

  test('offline gives no answer at all', async () => {
    const token = await signIn('ruiz');
    await control('/scenario', 'PUT', { scenario: 'offline' });
    await expect(send('/Patient', token)).rejects.toThrow('fetch failed');
  });

  test.each([{ scenario: 'sunny' }, { scenario: 'toString' }, {}, undefined])(
    '%j is no scenario',
    async (body) => {
      expect((await control('/scenario', 'PUT', body)).status).toBe(400);
      expect(clinic.clinic.faults.scenario).toBe('normal');
    },
  );

  test('a reset takes back what was written', async () => {
    const token = await signIn('kaya');
    const count = async () => (await (await send('/Patient?_summary=count', token)).json()).total;
    const before = await count();
    const patient = { resourceType: 'Patient', name: [{ family: 'Written', given: ['By Test'] }] };
    const created = await send('/Patient', token, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(patient),
    });
    expect(created.status).toBe(201);
    expect(await count()).toBe(before + 1);
    expect((await control('/reset', 'POST')).status).toBe(204);
    expect(await count()).toBe(before);
  });

  test('an expiry ends access tokens, or sign-ins with them', async () => {
    const tokens = await flow.signIn('ruiz');
    expect((await control('/expire', 'POST')).status).toBe(204);
    expect((await send('/Patient', tokens.access_token)).status).toBe(401);
    const fresh = await tokensOf(await flow.refresh(tokens.refresh_token));
    expect((await send('/Patient', fresh.access_token)).status).toBe(200);
    expect((await control('/expire', 'POST', { what: 'sign-ins' })).status).toBe(204);
    expect((await flow.refresh(fresh.refresh_token)).status).toBe(400);
    expect((await control('/expire', 'POST', { what: 'else' })).status).toBe(400);
  });

  test('others there are not', async () => {
    expect((await control('/else', 'POST')).status).toBe(404);
  });
});

describe('the line', () => {
  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', null],
  ])('accepting %s gets %s', async (accepted, expected) => {
    const headers = { 'accept-encoding': accepted };
    const response = await send('/Patient', await signIn('ruiz'), { headers });
    expect(response.headers.get('content-encoding')).toBe(expected);
    expect((await response.json()).resourceType).toBe('Bundle');
  });

  test('what is too large is refused, and the next request is answered', async () => {
    const token = await signIn('kaya');
    const huge = { method: 'POST', body: new Uint8Array(17 * 1024 * 1024) };
    expect((await send('/Patient', token, huge)).status).toBe(413);
    expect((await send('/Patient', token)).status).toBe(200);
  });
});

test('a taken port is an error', async () => {
  const port = Number(new URL(clinic.origin).port);
  await expect(listen({ port, patients: 0 })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('an empty clinic has staff and chairs, but no patients', async () => {
  const empty = await listen({ port: 0, patients: 0, today: TODAY });
  const token = (await codeFlow(fetch, `${empty.origin}/idp`).signIn('iyer')).access_token;
  const count = async (type: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await (await fetch(`${empty.origin}/fhir/R4/${type}?_summary=count`, { headers })).json()).total;
  };
  expect(await count('Patient')).toBe(0);
  expect(await count('Practitioner')).toBeGreaterThan(5);
  expect(await count('Location')).toBeGreaterThan(5);
  await empty.close();
});

test.each([
  [[], {}],
  [['--port', '0', '--host', '::1'], { port: 0, host: '::1' }],
  [['--empty'], { patients: 0 }],
  [['--patients', '2000', '--today', '2026-11-23'], { patients: 2000, today: TODAY }],
  [['--profile', 'azure'], { profile: 'azure' }],
])('the command line %j', (args, expected) => {
  expect(listenOptions(args)).toEqual(expected);
});

test.each([
  [['--port', 'high'], '--port high'],
  [['--port', '65536'], '--port 65536'],
  [['--patients', '-1'], '--patients'],
  [['--patients', '1.5'], '--patients 1.5'],
  [['--today', '2026-02-30'], '--today 2026-02-30'],
  [['--empty', '--patients', '5'], '--empty and --patients'],
  [['--profile', 'oracle'], '--profile oracle is not one of plain, medplum'],
  [['--quick'], '--quick'],
  [['stray'], 'stray'],
])('the command line %j is refused by name', (args, expected) => {
  expect(listenOptions(args)).toEqual(expect.stringContaining(expected));
});
