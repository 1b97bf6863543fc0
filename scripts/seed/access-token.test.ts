import { describe, expect, test } from 'vitest';
import { accessToken, type Credentials } from './access-token.ts';

const BASE = 'https://clinic.test/fhir';
const OPEN = {
  token_endpoint: 'https://clinic.test/token',
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['none'],
};

/** A server with this smart-configuration, and what it was asked for. */
function given(credentials: Credentials, smart?: object, answer?: object) {
  const asked: Request[] = [];
  let at = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    asked.push(request);
    if (request.method === 'GET') {
      return smart === undefined ? new Response('', { status: 404 }) : Response.json(smart);
    }
    return Response.json(answer ?? { access_token: `token-${asked.length}`, expires_in: 300 });
  };
  const token = accessToken({ ...credentials, base: BASE, fetch, now: () => at });
  return { token, asked, later: (seconds: number) => (at += seconds * 1000) };
}

test('a token as given is sent, and its end is told', async () => {
  const { token } = given({ token: 'given' });
  expect(await token.current()).toBe('given');
  await expect(token.current({ token: 'given' })).rejects.toThrow('does not accept the token (401)');
});

describe('a machine client', () => {
  const credentials = {
    clientId: 'seed',
    clientSecret: 'a b',
    tokenUrl: 'https://login.test/token',
    scope: 'all',
  };

  test('gets one token for all requests, in exchange for its secret', async () => {
    const { token, asked } = given(credentials);
    const [one, other] = await Promise.all([token.current(), token.current()]);
    expect([one, other, asked.length]).toEqual(['token-1', 'token-1', 1]);
    expect(asked[0]?.url).toBe(credentials.tokenUrl);
    expect(asked[0]?.headers.get('authorization')).toBe(`Basic ${btoa('seed:a%20b')}`);
    expect(await asked[0]?.text()).toBe('grant_type=client_credentials&scope=all');
  });

  test('gets the next one before the first ends, and when it is refused', async () => {
    const { token, later } = given(credentials);
    expect(await token.current()).toBe('token-1');
    later(239);
    expect(await token.current()).toBe('token-1');
    later(2);
    expect(await token.current()).toBe('token-2');
    expect(await token.current({ token: 'token-1' })).toBe('token-2');
    expect(await token.current({ token: 'token-2' })).toBe('token-3');
  });

  test('finds where tokens are given by itself', async () => {
    const { token, asked } = given({ clientId: 'seed', clientSecret: 's' }, OPEN);
    expect(await token.current()).toBe('token-2');
    expect(asked.map(({ url }) => url)).toEqual([
      `${BASE}/.well-known/smart-configuration`,
      OPEN.token_endpoint,
    ]);
  });

  test('is told when its secret is wrong, without the secret', async () => {
    const { token } = given(credentials, undefined, { error: 'invalid_client' });
    await expect(token.current()).rejects.toThrow(
      'https://login.test/token gives no token (200, invalid_client): check --client, --secret, --scope and --token-url',
    );
  });

  test('is told when nobody says where', async () => {
    await expect(given({ clientId: 'seed' }).token.current()).rejects.toThrow('add --token-url');
  });
});

describe('without anything', () => {
  test('no token is sent, and none is asked for, until the server wants one', async () => {
    const { token, asked } = given({}, OPEN);
    expect(await token.current()).toBeUndefined();
    expect(asked).toEqual([]);
    expect(await token.current({ token: undefined })).toBe('token-2');
    expect(await asked[1]?.text()).toBe('grant_type=client_credentials&client_id=chairside-seed');
    expect(await token.current()).toBe('token-2');
  });

  test.each([
    ['says nothing', undefined],
    ['wants a secret', { ...OPEN, token_endpoint_auth_methods_supported: ['client_secret_basic'] }],
    ['is for people', { ...OPEN, grant_types_supported: ['authorization_code'] }],
  ])('a server that %s wants credentials', async (_, smart) => {
    await expect(given({}, smart).token.current({ token: undefined })).rejects.toThrow(
      'put one into FHIR_TOKEN',
    );
  });
});
