/** The token that every request carries, and where it comes from. */
import * as z from 'zod/mini';
import { SeedFailure } from './seed-failure.ts';

export interface AccessToken {
  /** Undefined: none is sent. `refused` is the one, or the none, that the server has just answered with 401. */
  current(refused?: { readonly token: string | undefined }): Promise<string | undefined>;
}

export interface Credentials {
  readonly token?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly tokenUrl?: string | undefined;
  readonly scope?: string | undefined;
}

export interface AccessTokenOptions extends Credentials {
  readonly base: string;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now(): number;
}

const WANTS_TOKEN =
  'The server wants a token (401): put one into FHIR_TOKEN or --token, or give --client and --secret of a machine client';

/** The name by which a server that asks for no secret is asked for a token. */
const OPEN_CLIENT = 'chairside-seed';

/** Before its end a token is replaced; as much again a request may take. */
const SPARE_MS = 60_000;

/**
 * A token as given; or one for a machine client, renewed before it ends; or none, until the server wants one and its
 * smart-configuration says that machine clients need no secret, as that of the made-up clinic does.
 */
export function accessToken(options: AccessTokenOptions): AccessToken {
  const { token, clientId } = options;
  if (token !== undefined) {
    return {
      async current(refused) {
        if (refused === undefined) return token;
        throw new SeedFailure('The server does not accept the token (401): it may have ended, get a new one');
      },
    };
  }
  if (clientId !== undefined) return machineToken(options, async () => machineClient(options, clientId));
  let opened: AccessToken | undefined;
  return {
    async current(refused) {
      if (opened === undefined && refused === undefined) return undefined;
      opened ??= machineToken(options, async () => openClient(options));
      return opened.current(refused?.token === undefined ? undefined : refused);
    },
  };
}

interface Client {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
}

async function machineClient(options: AccessTokenOptions, clientId: string): Promise<Client> {
  const { clientSecret } = options;
  const tokenUrl = options.tokenUrl ?? (await smartConfiguration(options))?.token_endpoint;
  if (tokenUrl === undefined) {
    throw new SeedFailure('The server does not say where it gives tokens: add --token-url');
  }
  return { tokenUrl, clientId, clientSecret };
}

async function openClient(options: AccessTokenOptions): Promise<Client> {
  const smart = await smartConfiguration(options);
  const isOpen =
    smart?.grant_types_supported?.includes('client_credentials') &&
    smart.token_endpoint_auth_methods_supported?.includes('none');
  if (smart?.token_endpoint === undefined || !isOpen) throw new SeedFailure(WANTS_TOKEN);
  return { tokenUrl: smart.token_endpoint, clientId: OPEN_CLIENT };
}

/** Tokens of a client, one at a time however many requests wait for it. */
function machineToken(options: AccessTokenOptions, findClient: () => Promise<Client>): AccessToken {
  let client: Client | undefined;
  let held: { readonly token: string; readonly until: number } | undefined;
  let fetching: Promise<string> | undefined;

  async function fetchToken(): Promise<string> {
    client ??= await findClient();
    held = await tokenOf(options, client);
    return held.token;
  }

  return {
    async current(refused) {
      // Another token than the refused one: another request has renewed it in the meantime.
      if (refused !== undefined && refused.token === held?.token) held = undefined;
      if (held !== undefined && held.until > options.now()) return held.token;
      fetching ??= fetchToken().finally(() => (fetching = undefined));
      return fetching;
    },
  };
}

const tokenSchema = z.object({ access_token: z.string(), expires_in: z.optional(z.number()) });
const refusalSchema = z.object({ error: z.string() });

async function tokenOf(options: AccessTokenOptions, { tokenUrl, clientId, clientSecret }: Client) {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (options.scope !== undefined) form.set('scope', options.scope);
  if (clientSecret === undefined) form.set('client_id', clientId);
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (clientSecret !== undefined) {
    const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  const { status, body } = await jsonAt(options, tokenUrl, {
    method: 'POST',
    headers,
    body: form.toString(),
  });
  const answer = tokenSchema.safeParse(body);
  if (!answer.success) {
    const error = refusalSchema.safeParse(body).data?.error ?? 'no token in the answer';
    throw new SeedFailure(
      `${tokenUrl} gives no token (${status}, ${error}): check --client, --secret, --scope and --token-url`,
    );
  }
  const lifetimeMs = (answer.data.expires_in ?? 300) * 1000;
  const until = options.now() + Math.max(lifetimeMs - SPARE_MS, lifetimeMs / 2);
  return { token: answer.data.access_token, until };
}

const smartSchema = z.object({
  token_endpoint: z.optional(z.url()),
  grant_types_supported: z.optional(z.array(z.string())),
  token_endpoint_auth_methods_supported: z.optional(z.array(z.string())),
});

async function smartConfiguration(options: AccessTokenOptions) {
  const { body } = await jsonAt(options, `${options.base}/.well-known/smart-configuration`, {});
  return smartSchema.safeParse(body).data;
}

async function jsonAt({ fetch: send }: AccessTokenOptions, url: string, init: RequestInit) {
  try {
    const response = await send(url, { ...init, signal: AbortSignal.timeout(30_000) });
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  } catch {
    throw new SeedFailure(`${url} cannot be reached: is the address right and the server running?`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
