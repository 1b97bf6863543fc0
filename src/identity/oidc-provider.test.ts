import { createHash } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { oidcProvider } from './oidc-provider.ts';
import { SignInError } from './sign-in-provider.ts';
import type { SignInPopup, SignInWindows } from './sign-in-window.ts';

const ISSUER = 'https://login.example/realm';
const BASE = new URL('https://clinic.example/chairside/');
const UNASKED = { credentials: false };
const METADATA = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  end_session_endpoint: `${ISSUER}/end`,
};

/** As much of a sign-in service as answers over HTTP: discovery, and a token endpoint that checks PKCE. */
class Service {
  metadata: Record<string, string> = METADATA;
  claims: Record<string, unknown> = {
    iss: ISSUER,
    aud: 'chairside',
    sub: 'ruiz',
    exp: 2e9,
    iat: 1,
    role: 'nurse',
  };
  /** Answers in place of the token endpoint's own. */
  broken: (() => Response | Promise<Response>) | undefined;
  readonly requests: string[] = [];
  readonly forms: Record<string, string>[] = [];
  #challenge = '';
  #issued = 0;

  /** What a person who is known there leaves with. */
  approve(authorizeUrl: string): string {
    const query = new URL(authorizeUrl).searchParams;
    this.#challenge = query.get('code_challenge') ?? '';
    const answer = new URL(query.get('redirect_uri') ?? '');
    answer.searchParams.set('code', 'c1');
    answer.searchParams.set('state', query.get('state') ?? '');
    return answer.href;
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = String(input);
    this.requests.push(url);
    if (url === `${ISSUER}/.well-known/openid-configuration`) return Response.json(this.metadata);
    if (url !== METADATA.token_endpoint) return new Response('', { status: 404 });
    const form = Object.fromEntries(new URLSearchParams(init?.body?.toString()));
    this.forms.push(form);
    if (this.broken !== undefined) return this.broken();
    if (form.grant_type === 'authorization_code') {
      const challenge = createHash('sha256')
        .update(form.code_verifier ?? '')
        .digest('base64url');
      if (challenge !== this.#challenge) return Response.json({ error: 'invalid_grant' }, { status: 400 });
    }
    this.#issued += 1;
    const part = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');
    return Response.json({
      access_token: `access-${this.#issued}`,
      refresh_token: `refresh-${this.#issued}`,
      id_token: `${part({ alg: 'RS256' })}.${part(this.claims)}.signature`,
      token_type: 'Bearer',
      expires_in: 300,
    });
  };
}

/** The tab's own storage, as browsers have it. */
class TabStorage implements Storage {
  readonly #entries = new Map<string, string>();
  get length() {
    return this.#entries.size;
  }
  clear() {
    this.#entries.clear();
  }
  getItem(key: string) {
    return this.#entries.get(key) ?? null;
  }
  key(index: number) {
    return [...this.#entries.keys()][index] ?? null;
  }
  removeItem(key: string) {
    this.#entries.delete(key);
  }
  setItem(key: string, value: string) {
    this.#entries.set(key, value);
  }
}

let service: Service;
let storage: TabStorage;
let visited: string[];
let popup: SignInPopup | undefined;

beforeEach(() => {
  service = new Service();
  storage = new TabStorage();
  visited = [];
  popup = undefined;
  vi.stubGlobal('fetch', service.fetch);
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The page as it is after one load of it: nothing but the storage outlives a redirect. */
function page() {
  const windows: SignInWindows = {
    leave: (url) => void visited.push(url),
    frame: async (url) => {
      visited.push(url);
      return service.approve(url);
    },
    popup: () => popup,
  };
  return oidcProvider({
    issuer: ISSUER,
    clientId: 'chairside',
    scopes: ['openid', 'profile'],
    fhirBaseUrl: 'https://fhir.example/R4',
    base: BASE,
    storage,
    windows,
  });
}

/** There and back again: the address at which the service returns. */
async function roundTrip(returnTo = `${BASE.href}patients`): Promise<string> {
  await page().redirect(returnTo, UNASKED);
  return service.approve(visited.at(-1) ?? '');
}

describe('signing in', () => {
  test('asks for a code with PKCE, for this server, back to this application', async () => {
    await page().redirect(BASE.href, UNASKED);
    const url = new URL(visited[0] ?? '');
    expect(url.origin + url.pathname).toBe(METADATA.authorization_endpoint);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'chairside',
      redirect_uri: BASE.href,
      scope: 'openid profile',
      code_challenge_method: 'S256',
      aud: 'https://fhir.example/R4',
    });
  });

  test('exchanges the code for a grant, after a load of the page', async () => {
    const callback = await roundTrip();
    const provider = page();
    await expect(provider.pendingRequest(callback)).resolves.toEqual({
      returnTo: `${BASE.href}patients`,
      credentials: false,
    });
    await expect(provider.exchange(callback)).resolves.toMatchObject({
      accessToken: 'access-1',
      refreshToken: 'refresh-1',
      expiresAt: 1_300_000,
      claims: { sub: 'ruiz', role: 'nurse' },
    });
    // Discovery once, before leaving; on the way back the token alone.
    expect(service.requests).toEqual([`${ISSUER}/.well-known/openid-configuration`, METADATA.token_endpoint]);
  });

  test('a code works once, and leaves nothing behind', async () => {
    const callback = await roundTrip();
    const provider = page();
    await provider.exchange(callback);
    await expect(provider.exchange(callback)).rejects.toMatchObject({ name: 'SignInError' });
    expect(service.forms).toHaveLength(1);
    expect(storage.length).toBe(0);
    await expect(page().pendingRequest(callback)).resolves.toBeUndefined();
  });

  test('an answer to a request of another tab is not known', async () => {
    await roundTrip();
    await expect(page().pendingRequest(`${BASE.href}?code=c1&state=forged`)).resolves.toBeUndefined();
  });

  test('a kept description of another service is not used', async () => {
    storage.setItem(
      'chairside.provider',
      JSON.stringify({ authority: 'https://evil.example', metadata: METADATA }),
    );
    await page().redirect(BASE.href, UNASKED);
    expect(service.requests).toHaveLength(1);
  });

  test('a refusal is told in the words of the service', async () => {
    const answer = new URL(await roundTrip());
    answer.searchParams.delete('code');
    answer.searchParams.set('error', 'access_denied');
    answer.searchParams.set('error_description', 'The account is locked');
    await expect(page().exchange(answer.href)).rejects.toMatchObject({
      kind: 'refused',
      message: 'The sign-in service refused: The account is locked',
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ['another service', { iss: 'https://evil.example' }],
    ['another application', { aud: ['other'] }],
  ])('a token of %s is refused', async (_name, claims) => {
    const callback = await roundTrip();
    service.claims = { ...service.claims, ...claims };
    await expect(page().exchange(callback)).rejects.toMatchObject({ kind: 'refused' });
  });

  test.each<[string, () => Response | Promise<Response>, string]>([
    ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'unavailable'],
    [
      'a gateway’s page',
      () => new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }),
      'unavailable',
    ],
    ['503', () => Response.json({ message: 'later' }, { status: 503 }), 'unavailable'],
    [
      'temporarily unavailable',
      () => Response.json({ error: 'temporarily_unavailable' }, { status: 400 }),
      'unavailable',
    ],
    ['invalid grant', () => Response.json({ error: 'invalid_grant' }, { status: 400 }), 'refused'],
    ['no id token', () => Response.json({ access_token: 'a', token_type: 'Bearer' }), 'unavailable'],
  ])('%s is %s', async (_name, answer, kind) => {
    const callback = await roundTrip();
    service.broken = answer;
    const error = await page()
      .exchange(callback)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'SignInError', kind });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('c1');
  });
});

test('silently: through the tiny page, with no prompt', async () => {
  await expect(page().silent(1000)).resolves.toMatchObject({ accessToken: 'access-1' });
  const query = new URL(visited[0] ?? '').searchParams;
  expect(query.get('prompt')).toBe('none');
  expect(query.get('redirect_uri')).toBe(`${BASE.href}silent-callback.html`);
});

describe('asking for credentials', () => {
  test('is said to the service, and remembered with the request', async () => {
    const provider = page();
    await provider.redirect(BASE.href, { credentials: true });
    const query = new URL(visited[0] ?? '').searchParams;
    expect([query.get('prompt'), query.get('max_age')]).toEqual(['login', '0']);
    await expect(provider.pendingRequest(service.approve(visited[0] ?? ''))).resolves.toEqual({
      returnTo: BASE.href,
      credentials: true,
    });
  });

  test('is said in a popup, too, and when they were given comes back', async () => {
    const answer = vi.fn(async (url: string) => service.approve(url));
    popup = { answer, close: vi.fn() };
    service.claims = { ...service.claims, auth_time: 1 };
    const { claims } = await page().popup(new AbortController().signal, { credentials: true });
    const query = new URL(answer.mock.calls[0]?.[0] ?? '').searchParams;
    expect([query.get('prompt'), query.get('max_age')]).toEqual(['login', '0']);
    expect(claims).toMatchObject({ auth_time: 1, iat: 1 });
  });

  test('is not done unasked', async () => {
    await page().redirect(BASE.href, UNASKED);
    const query = new URL(visited[0] ?? '').searchParams;
    expect([query.get('prompt'), query.get('max_age')]).toEqual([null, null]);
  });
});

describe('through a popup', () => {
  const never = new AbortController().signal;

  test('signs in', async () => {
    popup = { answer: async (url) => service.approve(url), close: vi.fn() };
    await expect(page().popup(never, UNASKED)).resolves.toMatchObject({ accessToken: 'access-1' });
  });

  test('says that the browser opened none', async () => {
    await expect(page().popup(never, UNASKED)).rejects.toMatchObject({ kind: 'blocked' });
  });

  test('closes the window where the service cannot be reached', async () => {
    const close = vi.fn();
    popup = { answer: async (url) => service.approve(url), close };
    service.metadata = {};
    await expect(page().popup(never, UNASKED)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(close).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['closes the window when nobody waits any more', AbortSignal.abort(), 1],
    ['leaves the window to the attempt that took it over', never, 0],
  ])('%s', async (_, end, closed) => {
    const close = vi.fn();
    popup = { answer: () => Promise.reject(new SignInError('abandoned', '')), close };
    await expect(page().popup(end, UNASKED)).rejects.toMatchObject({ kind: 'abandoned' });
    expect(close).toHaveBeenCalledTimes(closed);
  });
});

describe('refreshing', () => {
  test('rotates the refresh token', async () => {
    const provider = page();
    const first = await provider.exchange(await roundTrip());
    const second = await provider.refresh(first);
    const third = await provider.refresh(second);
    expect(third).toMatchObject({
      accessToken: 'access-3',
      refreshToken: 'refresh-3',
      claims: { sub: 'ruiz' },
    });
    expect(service.forms.map(({ refresh_token }) => refresh_token)).toEqual([
      undefined,
      'refresh-1',
      'refresh-2',
    ]);
  });

  test('keeps what a terse service does not repeat', async () => {
    const provider = page();
    const first = await provider.exchange(await roundTrip());
    service.broken = () => Response.json({ access_token: 'a2', token_type: 'Bearer' });
    await expect(provider.refresh(first)).resolves.toMatchObject({
      accessToken: 'a2',
      refreshToken: 'refresh-1',
      idToken: first.idToken,
      claims: { sub: 'ruiz' },
    });
  });

  test.each([
    [400, { error: 'invalid_grant' }, 'refused'],
    [503, {}, 'unavailable'],
  ])('%i %j: %s', async (status, body, kind) => {
    const provider = page();
    const grant = await provider.exchange(await roundTrip());
    service.broken = () => Response.json(body, { status });
    await expect(provider.refresh(grant)).rejects.toMatchObject({ kind });
  });
});

describe('signing out', () => {
  test('tells the service whose session ends, and where to come back to', async () => {
    const provider = page();
    const grant = await provider.exchange(await roundTrip());
    await expect(provider.signOut(grant)).resolves.toBe(true);
    const url = new URL(visited.at(-1) ?? '');
    expect(url.origin + url.pathname).toBe(METADATA.end_session_endpoint);
    expect(url.searchParams.get('id_token_hint')).toBe(grant.idToken);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(BASE.href);
  });

  test('says where the service knows no such thing', async () => {
    const { end_session_endpoint: _, ...rest } = METADATA;
    service.metadata = rest;
    const provider = page();
    const grant = await provider.exchange(await roundTrip());
    await expect(provider.signOut(grant)).resolves.toBe(false);
    expect(visited).toHaveLength(1);
  });
});
