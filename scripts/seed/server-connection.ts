/** One request and its answer: the token, patience with a busy server, and plain words for what cannot be helped. */
import { parseRetryAfter, waitFor } from '#src/fhir/retry.ts';
import type { AccessToken } from './access-token.ts';
import { SeedFailure } from './seed-failure.ts';

export interface ConnectionOptions {
  /** The FHIR base, without a slash at its end. */
  readonly base: string;
  readonly token: AccessToken;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now(): number;
  wait?(ms: number, signal?: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random?(): number;
  readonly signal?: AbortSignal | undefined;
}

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the base, with its query. */
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServerAnswer {
  readonly status: number;
  /** Undefined: the body was empty or no JSON. */
  readonly body: unknown;
  /** Where a record was written. */
  readonly location: string | undefined;
}

/** No answer, or one that says: later. */
export interface Later {
  readonly later: string;
  readonly retryAfterMs: number | undefined;
  /** Whether the request may have been carried out all the same. */
  readonly maybeDone: boolean;
}

export interface Connection {
  readonly base: string;
  /** One try. Throws a SeedFailure for what no later try can change. */
  attempt(exchange: Exchange): Promise<ServerAnswer | Later>;
  /** Tries until there is an answer. */
  send(exchange: Exchange): Promise<ServerAnswer>;
  /** Waits before the next try, `tries` being those made; throws when there were too many. */
  pause(tries: number, later: Later): Promise<void>;
}

/** How often something is tried before the run gives up. */
export const MOST_TRIES = 8;

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** A server that wants to be left alone for longer is not waited for. */
const LONGEST_WISH_MS = 5 * 60_000;
const TIMEOUT_MS = 120_000;

/** Statuses that pass by themselves, of whole answers and of entries of a batch. */
export const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);

export function createConnection(options: ConnectionOptions): Connection {
  const { base, token, signal, wait = waitFor, random = Math.random } = options;

  async function request(
    { method, path, body, headers }: Exchange,
    bearer: string | undefined,
  ): Promise<Response> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    return options.fetch(path.startsWith('http') ? path : `${base}${path === '' ? '' : `/${path}`}`, {
      method,
      redirect: 'manual',
      headers: {
        Accept: 'application/fhir+json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/fhir+json' }),
        // HAPI serves a search from its cache for a minute unless told otherwise.
        ...(method === 'GET'
          ? { Prefer: 'handling=strict', 'Cache-Control': 'no-cache' }
          : { Prefer: 'return=minimal' }),
        ...headers,
        ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
      },
      ...(body === undefined ? {} : { body }),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  }

  async function authorized(exchange: Exchange): Promise<Response> {
    let bearer = await token.current();
    for (let refusals = 1; ; refusals += 1) {
      const response = await request(exchange, bearer);
      if (response.status !== 401) return response;
      await response.body?.cancel();
      if (refusals > 2) {
        throw new SeedFailure('The server accepts no token of this client (401): may it use this server?');
      }
      bearer = await token.current({ token: bearer });
    }
  }

  async function attempt(exchange: Exchange): Promise<ServerAnswer | Later> {
    signal?.throwIfAborted();
    try {
      const response = await authorized(exchange);
      const { status } = response;
      const text = await response.text();
      if (PASSING.has(status)) {
        const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), options.now());
        return { later: `it answered ${status}`, retryAfterMs, maybeDone: status !== 429 };
      }
      if (status >= 300 && status < 400) {
        const location = response.headers.get('location') ?? 'nowhere';
        throw new SeedFailure(`${base} leads on to ${location}: give the address of the FHIR server itself`);
      }
      const body = parsed(text);
      if (body === undefined && text.trimStart().startsWith('<')) throw webPage(base);
      // Half an answer: the rest was lost on the way.
      if (body === undefined && text.trim() !== '' && response.ok) {
        return { later: 'its answer was cut off', retryAfterMs: undefined, maybeDone: true };
      }
      return { status, body, location: response.headers.get('location') ?? undefined };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof SeedFailure) throw error;
      return { later: 'it cannot be reached', retryAfterMs: undefined, maybeDone: true };
    }
  }

  async function pause(tries: number, { later, retryAfterMs }: Later): Promise<void> {
    if (tries >= MOST_TRIES) {
      throw new SeedFailure(
        `${base}: ${later}, ${tries} times. Look after the server, then run the same command again: it goes on where it stopped`,
      );
    }
    if (retryAfterMs !== undefined && retryAfterMs > LONGEST_WISH_MS) {
      throw new SeedFailure(
        `${base} wants to be left alone for ${Math.ceil(retryAfterMs / 60_000)} minutes: run the same command again then, it goes on where it stopped`,
      );
    }
    const growing = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), LONGEST_DELAY_MS);
    await wait((retryAfterMs ?? growing / 2) + (random() * growing) / 2, signal);
  }

  return {
    base,
    attempt,
    pause,
    async send(exchange) {
      for (let tries = 1; ; tries += 1) {
        const answer = await attempt(exchange);
        if (!('later' in answer)) return answer;
        await pause(tries, answer);
      }
    },
  };
}

export function webPage(base: string): SeedFailure {
  return new SeedFailure(
    `${base} answers with a web page instead of FHIR: is --base the FHIR base, such as https://host/fhir/R4?`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
