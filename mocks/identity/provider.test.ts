import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { answerOf, CLIENT_ID, codeFlow, REDIRECT_URI, s256, tokensOf } from './code-flow.ts';
import { harborRowProvider } from './harbor-row.ts';
import { memoryStorage } from './key-value-storage.ts';
import { cookieCarrier } from './sessions.ts';

const ISSUER = 'https://clinic.test/idp';
const MORNING = Temporal.Instant.from('2026-11-23T13:00:00Z');

function setUp() {
  const clock = { now: MORNING };
  const storage = memoryStorage();
  const open = () =>
    harborRowProvider(
      { issuer: ISSUER, now: () => clock.now, storage, session: cookieCarrier(ISSUER) },
      CLIENT_ID,
    );
  const provider = open();
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) =>
    provider.handle(new Request(input, init));
  const later = (duration: Temporal.DurationLike) => {
    clock.now = clock.now.add(duration);
  };
  return { provider, open, fetch, flow: codeFlow(fetch, ISSUER), later, storage };
}

let { provider, open, fetch, flow, later, storage } = setUp();
beforeEach(() => {
  ({ provider, open, fetch, flow, later, storage } = setUp());
});

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

describe('the page', () => {
  test('offers everybody who signs in, and nobody else', async () => {
    const page = await (await flow.visit()).text();
    const people = [...page.matchAll(/name="person" value="(\w+)"/g)].map(([, id]) => id);
    expect(people).toEqual(['ruiz', 'abara', 'kaya', 'osei', 'iyer', 'whitlock']);
  });

  test('writes what the request says as text, and runs no script', async () => {
    const response = await flow.visit({ state: '"><script>alert(1)</script>' });
    const page = await response.text();
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(page).not.toContain('<script');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://localhost:5173");
  });

  test('sends the chosen person back with the state, the issuer and a code', async () => {
    const response = await flow.choose('ruiz');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(REDIRECT_URI);
    expect(answerOf(response)).toEqual({ code: expect.any(String), state: 'the state', iss: ISSUER });
  });

  test('can be left without signing in', async () => {
    const response = await flow.choose('ruiz', { person: undefined, cancel: 'yes' });
    expect(answerOf(response)).toMatchObject({ error: 'access_denied', state: 'the state' });
  });

  test.each(['lindqvist', 'nobody', ''])('lets %j not in', async (person) => {
    const response = await flow.choose(person);
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });
});

describe('a request that is wrong', () => {
  test.each([
    ['unknown client', { client_id: 'other' }],
    ['no client', { client_id: undefined }],
    ['foreign address', { redirect_uri: 'https://elsewhere.example/' }],
    ['address that looks like this machine', { redirect_uri: 'http://localhost.elsewhere.example/' }],
    ['address of a script', { redirect_uri: 'javascript:alert(1)' }],
    ['address with a fragment', { redirect_uri: `${REDIRECT_URI}#x` }],
    ['no address', { redirect_uri: undefined }],
  ])('%s: a page, nobody is sent on', async (_name, changes) => {
    const response = await flow.visit(changes);
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  test.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_mode: 'fragment' }, 'invalid_request'],
    [{ code_challenge: undefined }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ scope: 'profile' }, 'invalid_scope'],
    [{ prompt: 'none login' }, 'invalid_request'],
    [{ max_age: 'soon' }, 'invalid_request'],
    [{ request: 'a.b.c' }, 'request_not_supported'],
  ])('%j goes back as %s', async (changes, error) => {
    expect(answerOf(await flow.visit(changes))).toMatchObject({ error, state: 'the state', iss: ISSUER });
  });

  test('a parameter that stands there twice is nobody’s', async () => {
    const url = `${ISSUER}/authorize?client_id=${CLIENT_ID}&client_id=other`;
    expect((await fetch(url)).status).toBe(400);
  });
});

describe('a session', () => {
  test('answers without asking, silently or not', async () => {
    const cookie = cookieOf(await flow.choose('ruiz'));
    later({ minutes: 30 });
    for (const prompt of [undefined, 'none']) {
      const { code = '' } = answerOf(await flow.visit({ prompt }, cookie));
      const { id_token: idToken } = await tokensOf(await flow.exchange(code));
      const { sub, auth_time: authTime } = decodeJwt(idToken);
      expect({ sub, authTime }).toEqual({ sub: 'ruiz', authTime: MORNING.epochMilliseconds / 1000 });
    }
  });

  test.each(['login', 'select_account'])('prompt=%s asks all the same', async (prompt) => {
    const cookie = cookieOf(await flow.choose('ruiz'));
    const response = await flow.visit({ prompt }, cookie);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<form')]);
  });

  test('max_age asks whom it knows for longer, and tells when that was', async () => {
    const cookie = cookieOf(await flow.choose('ruiz'));
    expect((await flow.visit({ max_age: '0' }, cookie)).status).toBe(200);
    later({ minutes: 5 });
    expect((await flow.visit({ max_age: '600' }, cookie)).status).toBe(303);
    later({ minutes: 5 });
    expect((await flow.visit({ max_age: '600' }, cookie)).status).toBe(200);
    const { id_token: idToken } = await flow.signIn('ruiz', { max_age: '0' });
    const { auth_time: authTime, iat } = decodeJwt(idToken);
    expect(authTime).toBe(iat);
  });

  test('none: prompt=none says so', async () => {
    expect(answerOf(await flow.visit({ prompt: 'none' }))).toMatchObject({ error: 'login_required' });
  });

  test('ends after twelve hours', async () => {
    const cookie = cookieOf(await flow.choose('ruiz'));
    later({ hours: 12 });
    expect(answerOf(await flow.visit({ prompt: 'none' }, cookie))).toMatchObject({ error: 'login_required' });
  });

  test('ends at sign-out, with the tokens that came from it, and no other’s', async () => {
    const chosen = await flow.choose('ruiz');
    const tokens = await tokensOf(await flow.exchange(answerOf(chosen)['code'] ?? ''));
    const other = await flow.signIn('kaya');
    later({ hours: 1 });

    const search = new URLSearchParams({
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: REDIRECT_URI,
      state: 'out',
    });
    const cookie = cookieOf(chosen);
    const response = await fetch(`${ISSUER}/logout?${search}`, { headers: { cookie } });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`${REDIRECT_URI}?state=out`);
    expect(response.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect(answerOf(await flow.visit({ prompt: 'none' }, cookie))).toMatchObject({ error: 'login_required' });
    expect((await flow.refresh(tokens.refresh_token)).status).toBe(400);
    expect((await flow.refresh(other.refresh_token)).status).toBe(200);
  });

  test('is signed out without a way back, too', async () => {
    const response = await fetch(`${ISSUER}/logout`);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('signed out')]);
  });

  test.each([
    ['nobody vouches', { post_logout_redirect_uri: REDIRECT_URI }],
    ['the hint is forged', { id_token_hint: 'a.b.c', post_logout_redirect_uri: REDIRECT_URI }],
    ['it is foreign', { client_id: CLIENT_ID, post_logout_redirect_uri: 'https://elsewhere.example/' }],
  ])('does not return to an address when %s', async (_name, parameters) => {
    const response = await fetch(`${ISSUER}/logout?${new URLSearchParams(parameters)}`);
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });
});

describe('the id token', () => {
  test.each([
    ['ruiz', { name: 'Maribel Ruiz RN', fhirUser: 'Practitioner/ruiz', role: 'nurse' }],
    ['abara', { name: 'Tobi Abara RN', fhirUser: 'Practitioner/abara' }],
    ['iyer', { name: 'Dr Sunita Iyer', fhirUser: 'Practitioner/iyer', role: 'clinician' }],
    ['whitlock', { name: 'Sam Whitlock', fhirUser: 'Practitioner/whitlock' }],
  ])('of %s is signed and says who it is, and no more', async (person, claims) => {
    const tokens = await flow.signIn(person, { nonce: 'once' });
    const jwks = createLocalJWKSet(await (await fetch(`${ISSUER}/jwks`)).json());
    const iat = MORNING.epochMilliseconds / 1000;
    const { payload } = await jwtVerify(tokens.id_token, jwks, {
      issuer: ISSUER,
      audience: CLIENT_ID,
      algorithms: ['ES256'],
      currentDate: new Date(MORNING.epochMilliseconds),
    });
    expect(payload).toEqual({
      iss: ISSUER,
      sub: person,
      aud: CLIENT_ID,
      iat,
      exp: iat + 300,
      auth_time: iat,
      nonce: 'once',
      ...claims,
    });
  });

  test('holds what was asked for', async () => {
    const tokens = await flow.signIn('ruiz', { scope: 'openid' });
    expect(Object.keys(decodeJwt(tokens.id_token)).toSorted()).toEqual(
      ['aud', 'auth_time', 'exp', 'iat', 'iss', 'role', 'sub'].toSorted(),
    );
    expect(tokens.refresh_token).toBeUndefined();
  });

  test('keys outlive the provider, and hold nothing private', async () => {
    const before = await (await fetch(`${ISSUER}/jwks`)).json();
    const after = await (await open().handle(new Request(`${ISSUER}/jwks`))).json();
    expect(after).toEqual(before);
    expect(Object.keys(after.keys[0])).not.toContain('d');
  });
});

describe('a code', () => {
  test.each([
    ['verifier', { code_verifier: 'another-verifier-of-at-least-forty-three-characters' }],
    ['verifier left out', { code_verifier: undefined }],
    ['redirect address', { redirect_uri: 'http://localhost:5173/other' }],
  ])('with the wrong %s is refused, and used up', async (_name, changes) => {
    const code = await flow.code('ruiz');
    const refused = await flow.exchange(code, changes);
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_grant' }),
    ]);
    expect((await flow.exchange(code)).status).toBe(400);
  });

  test('used twice takes back what it gave', async () => {
    const code = await flow.code('ruiz');
    const tokens = await tokensOf(await flow.exchange(code));
    expect(await provider.verifyAccessToken(tokens.access_token)).toEqual({ personId: 'ruiz' });
    expect((await flow.exchange(code)).status).toBe(400);
    expect(await provider.verifyAccessToken(tokens.access_token)).toBeUndefined();
    expect((await flow.refresh(tokens.refresh_token)).status).toBe(400);
  });

  test('sent twice at once gives tokens to one at most', async () => {
    const code = await flow.code('ruiz');
    const answers = await Promise.all([flow.exchange(code), flow.exchange(code)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]));
  });

  test('is over after a minute', async () => {
    const code = await flow.code('ruiz');
    later({ seconds: 60 });
    expect((await flow.exchange(code)).status).toBe(400);
  });
});

describe('a refresh token', () => {
  test('is replaced at each use', async () => {
    const first = await flow.signIn('ruiz', { nonce: 'once' });
    later({ minutes: 10 });
    const second = await tokensOf(await flow.refresh(first.refresh_token));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(decodeJwt(second.id_token)).toMatchObject({
      sub: 'ruiz',
      auth_time: MORNING.epochMilliseconds / 1000,
      iat: MORNING.epochMilliseconds / 1000 + 600,
    });
    expect(decodeJwt(second.id_token)).not.toHaveProperty('nonce');
    expect(await provider.verifyAccessToken(second.access_token)).toEqual({ personId: 'ruiz' });
    expect((await flow.refresh(second.refresh_token)).status).toBe(200);
  });

  test('used again ends all that came after it', async () => {
    const first = await flow.signIn('ruiz');
    const second = await tokensOf(await flow.refresh(first.refresh_token));
    expect((await flow.refresh(first.refresh_token)).status).toBe(400);
    expect((await flow.refresh(second.refresh_token)).status).toBe(400);
    expect(await provider.verifyAccessToken(second.access_token)).toBeUndefined();
  });

  test('can ask for less, never for more', async () => {
    const tokens = await flow.signIn('ruiz', { scope: 'openid offline_access' });
    const less = await tokensOf(await flow.refresh(tokens.refresh_token, { scope: 'openid' }));
    expect(less.scope).toBe('openid');
    expect((await flow.refresh(less.refresh_token, { scope: 'openid profile' })).status).toBe(400);
  });

  test.each(['refresh_token', 'access_token'] as const)(
    'and all else ends when its %s is revoked',
    async (name) => {
      const tokens = await flow.signIn('ruiz');
      const body = new URLSearchParams({ token: tokens[name] ?? '', client_id: CLIENT_ID });
      expect((await fetch(`${ISSUER}/revoke`, { method: 'POST', body })).status).toBe(200);
      expect(await provider.verifyAccessToken(tokens.access_token)).toBeUndefined();
      expect((await flow.refresh(tokens.refresh_token)).status).toBe(400);
    },
  );
});

describe('an access token', () => {
  test('is over when its time is', async () => {
    const { access_token: token, expires_in: seconds } = await flow.signIn('ruiz');
    later({ seconds: seconds - 1 });
    expect(await provider.verifyAccessToken(token)).toEqual({ personId: 'ruiz' });
    later({ seconds: 1 });
    expect(await provider.verifyAccessToken(token)).toBeUndefined();
  });

  test('is neither an id token nor one of another provider', async () => {
    const { id_token: idToken } = await flow.signIn('ruiz');
    const stranger = await setUp().flow.signIn('ruiz');
    for (const token of [idToken, stranger.access_token, 'a.b.c', '']) {
      expect(await provider.verifyAccessToken(token)).toBeUndefined();
    }
  });

  test('can be made to expire, which a refresh mends', async () => {
    const tokens = await flow.signIn('ruiz');
    provider.expire('access-tokens');
    expect(await provider.verifyAccessToken(tokens.access_token)).toBeUndefined();
    const mended = await tokensOf(await flow.refresh(tokens.refresh_token));
    expect(await provider.verifyAccessToken(mended.access_token)).toEqual({ personId: 'ruiz' });
  });

  test('can be made to expire with the whole sign-in', async () => {
    const chosen = await flow.choose('ruiz');
    const tokens = await tokensOf(await flow.exchange(answerOf(chosen)['code'] ?? ''));
    provider.expire('sign-ins');
    expect((await flow.refresh(tokens.refresh_token)).status).toBe(400);
    expect(answerOf(await flow.visit({ prompt: 'none' }, cookieOf(chosen)))).toMatchObject({
      error: 'login_required',
    });
  });
});

describe('the token endpoint', () => {
  test('answers that nobody keeps', async () => {
    const response = await flow.exchange(await flow.code('ruiz'));
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test.each([
    [{ client_id: 'other' }, 401, 'invalid_client'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ grant_type: undefined }, 400, 'unsupported_grant_type'],
    [{ code: 'made up' }, 400, 'invalid_grant'],
  ])('%j: %i %s', async (changes, status, error) => {
    const response = await flow.exchange(await flow.code('ruiz'), changes);
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ error })]);
  });

  test('takes forms alone', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const response = await fetch(`${ISSUER}/token`, init);
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_request' }),
    ]);
  });

  test('is for POST', async () => {
    const response = await fetch(`${ISSUER}/token`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

test('discovery names endpoints that answer', async () => {
  const found = await (await fetch(`${ISSUER}/.well-known/openid-configuration`)).json();
  expect(found.issuer).toBe(ISSUER);
  expect(found.code_challenge_methods_supported).toEqual(['S256']);
  const endpoints = Object.entries(found).filter(([name]) => /(_endpoint|_uri)$/.test(name));
  expect(endpoints).toHaveLength(5);
  for (const [name, address] of endpoints) {
    expect((await fetch(String(address))).status, name).not.toBe(404);
  }
  expect((await fetch(`${ISSUER}/other`)).status).toBe(404);
});

test('what has ended does not stay in the storage', async () => {
  for (let visit = 0; visit < 3; visit++) {
    await flow.signIn('ruiz');
    later({ hours: 13 });
  }
  await flow.code('ruiz', { code_challenge: await s256('x') });
  const kinds = storage.keys().map((key) => key.split(':', 1).join(''));
  expect(kinds).toHaveLength(3);
  expect(new Set(kinds)).toEqual(new Set(['grant', 'session', 'signing-key']));
});
