/** A client of the provider, for tests in Node: what a browser and an application do together to sign in. */
import { base64url } from 'jose';
import * as z from 'zod/mini';

export const CLIENT_ID = 'chairside';
export const REDIRECT_URI = 'http://localhost:5173/';
export const SCOPE = 'openid profile fhirUser offline_access user/*.*';
export const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-0123456789';

const tokensSchema = z.object({
  access_token: z.string(),
  id_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number(),
  scope: z.string(),
  refresh_token: z.optional(z.string()),
});
export type Tokens = z.output<typeof tokensSchema>;

type Parameters = Readonly<Record<string, string | undefined>>;

export interface CodeFlow {
  /** Opens the authorization endpoint; parameters that are undefined are left out. */
  visit(changes?: Parameters, cookie?: string): Promise<Response>;
  /** Sends the form of the page, with a person or whatever else `changes` says. */
  choose(personId: string, changes?: Parameters): Promise<Response>;
  /** A code for that person. */
  code(personId: string, changes?: Parameters): Promise<string>;
  /** Calls the token endpoint with a code. */
  exchange(code: string, changes?: Parameters): Promise<Response>;
  refresh(refreshToken: string | undefined, changes?: Parameters): Promise<Response>;
  signIn(personId: string, changes?: Parameters): Promise<Tokens>;
}

/** The authorization code flow against `issuer`, over any `fetch` that can leave redirects alone. */
export function codeFlow(fetch: typeof globalThis.fetch, issuer: string): CodeFlow {
  async function request(changes: Parameters): Promise<URLSearchParams> {
    return search({
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: SCOPE,
      state: 'the state',
      code_challenge: await s256(VERIFIER),
      code_challenge_method: 'S256',
      ...changes,
    });
  }
  const post = (path: string, body: URLSearchParams) =>
    fetch(`${issuer}${path}`, { method: 'POST', body, redirect: 'manual' });

  const flow: CodeFlow = {
    visit: async (changes = {}, cookie) =>
      fetch(`${issuer}/authorize?${await request(changes)}`, {
        redirect: 'manual',
        headers: cookie === undefined ? {} : { cookie },
      }),
    choose: async (personId, changes = {}) =>
      post('/authorize', await request({ person: personId, ...changes })),
    async code(personId, changes) {
      return answerOf(await flow.choose(personId, changes))['code'] ?? '';
    },
    exchange: (code, changes = {}) =>
      post(
        '/token',
        search({
          grant_type: 'authorization_code',
          client_id: CLIENT_ID,
          redirect_uri: REDIRECT_URI,
          code,
          code_verifier: VERIFIER,
          ...changes,
        }),
      ),
    refresh: (refreshToken, changes = {}) =>
      post(
        '/token',
        search({
          grant_type: 'refresh_token',
          client_id: CLIENT_ID,
          refresh_token: refreshToken,
          ...changes,
        }),
      ),
    signIn: async (personId, changes) => tokensOf(await flow.exchange(await flow.code(personId, changes))),
  };
  return flow;
}

/** What a redirect tells the application. */
export function answerOf(response: Response): Readonly<Record<string, string>> {
  const location = response.headers.get('location');
  return location === null ? {} : Object.fromEntries(new URL(location).searchParams);
}

/** @throws Error where the answer holds no tokens */
export async function tokensOf(response: Response): Promise<Tokens> {
  return tokensSchema.parse(await response.json());
}

export async function s256(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url.encode(new Uint8Array(digest));
}

function search(parameters: Parameters): URLSearchParams {
  const result = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) result.append(name, value);
  }
  return result;
}
