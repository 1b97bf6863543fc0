/** One exchange with the server: address, token, retry, and an answer that is FHIR or an error that says why not. */
import { type Bundle, parseBundle } from './bundle.ts';
import { errorKind, FhirError, type FhirErrorDetails, readIssues } from './error.ts';
import { parseResource, type RawResource } from './resource.ts';
import { isTransient, MAX_TRIES, parseRetryAfter, retryDelay, waitFor } from './retry.ts';

export interface TransportOptions {
  /** Absolute. */
  readonly baseUrl: string;
  /**
   * The token to send. `renew` after a 401: give a fresh one or throw. What it throws ends the request as
   * `unauthenticated`, but for a FhirError, which is passed on: the sign-in server may only be unreachable.
   */
  accessToken(options: {
    readonly renew: boolean;
    readonly signal?: AbortSignal | undefined;
  }): Promise<string>;
  /** Aborted when whoever asks now has left: what is under way then is given up, its tries to come included. */
  personLeft?(): AbortSignal;
  readonly fetch?: typeof fetch | undefined;
  wait?(ms: number, signal?: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random?(): number;
  /** Milliseconds since 1970. */
  now?(): number;
  /** How long one answer may take; 30,000 unless told. */
  readonly timeoutMs?: number | undefined;
  /** No token is accepted any more. Called for every request that fails so. */
  onUnauthenticated?(): void;
  /** Whether the server answered at all. Called at the end of every request, its tries included. */
  onReachable?(reachable: boolean): void;
}

/** A connection that is open but silent would keep a person waiting for ever. */
const ANSWER_TIMEOUT_MS = 30_000;

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface Exchange extends RequestOptions {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the base, without the query: errors show it. */
  readonly path: string;
  /** The whole URL, where it is more than the path. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sending it twice does what sending it once does. */
  readonly repeatable: boolean;
  /** Called before it is sent again: the answer of a try before was lost, or told to come back. */
  onRepeat?(): void;
}

/** An answer with a status of success. */
export interface Answer {
  readonly status: number;
  readonly requestId: string | undefined;
  /** Undefined where the answer had no body. */
  readonly resource: RawResource | undefined;
}

export interface Transport {
  /** The base without a slash at its end. */
  readonly baseUrl: string;
  send(exchange: Exchange): Promise<Answer>;
  /** `send`, where only a Bundle will do. */
  sendForBundle(exchange: Exchange): Promise<Bundle>;
  /** Waits before the next try; `tries` counts the ones made. */
  backOff(tries: number, retryAfterMs: number | undefined, signal: AbortSignal | undefined): Promise<void>;
}

/** The error of an answer that is FHIR but of another type than the one that was asked for. */
export function unexpectedAnswer(
  exchange: Exchange,
  expected: string,
  { resource, ...answer }: Answer,
): FhirError {
  return new FhirError('unreadable', {
    ...describe(exchange),
    ...answer,
    sentence: `The server answered with ${resource?.resourceType ?? 'nothing'} instead of ${expected}`,
    issues: readIssues(resource),
  });
}

function describe({ method, path }: Exchange): FhirErrorDetails {
  return { method, path };
}

export function createTransport(options: TransportOptions): Transport {
  const {
    fetch: send = (input, init) => fetch(input, init),
    wait = waitFor,
    random = Math.random,
    now = Date.now,
    timeoutMs = ANSWER_TIMEOUT_MS,
  } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  let renewal: Promise<string> | undefined;

  /** The token of the provider; one renewal serves all requests whose token was refused at the same time. */
  async function accessToken(exchange: Exchange, refused?: string): Promise<string> {
    try {
      const token = await options.accessToken({ renew: false, signal: exchange.signal });
      // Another token than the refused one: another request has renewed it in the meantime.
      if (token !== refused) return token;
      renewal ??= options.accessToken({ renew: true }).finally(() => (renewal = undefined));
      return await renewal;
    } catch (cause) {
      exchange.signal?.throwIfAborted();
      if (cause instanceof FhirError) throw cause;
      options.onUnauthenticated?.();
      throw new FhirError('unauthenticated', { ...describe(exchange), cause });
    }
  }

  async function request(exchange: Exchange, token: string) {
    const { method, path, url = `${baseUrl}/${path}`, headers, body, signal } = exchange;
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await send(url, {
        method,
        headers: {
          Accept: 'application/fhir+json',
          ...(body !== undefined && { 'Content-Type': 'application/fhir+json' }),
          ...headers,
          Authorization: `Bearer ${token}`,
        },
        // Records stay out of the browser's cache, and cookies out of the requests.
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        ...(body !== undefined && { body }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      return { response, text: await response.text() };
    } catch (cause) {
      signal?.throwIfAborted();
      const sentence = timeout.aborted ? `The server did not answer within ${timeoutMs / 1000} s` : undefined;
      throw new FhirError('unreachable', { ...describe(exchange), sentence, cause });
    }
  }

  async function once(exchange: Exchange): Promise<Answer> {
    const token = await accessToken(exchange);
    let { response, text } = await request(exchange, token);
    if (response.status === 401) {
      ({ response, text } = await request(exchange, await accessToken(exchange, token)));
      if (response.status === 401) options.onUnauthenticated?.();
    }
    const { status, headers, ok } = response;
    const requestId = headers.get('x-request-id') ?? undefined;
    const details = { ...describe(exchange), status, requestId };
    const body = parseJson(text);
    if (!ok) {
      throw new FhirError(errorKind(status), {
        ...details,
        issues: readIssues(body),
        retryAfterMs: parseRetryAfter(headers.get('retry-after'), now()),
      });
    }
    const resource = parseResource(body);
    if (resource || text.trim() === '') return { status, requestId, resource };
    throw new FhirError('unreadable', {
      ...details,
      sentence: text.trimStart().startsWith('<')
        ? 'The server answered with a web page instead of FHIR: is its address in the configuration right?'
        : `The answer of the server ${body === undefined ? 'is cut off or not JSON' : 'is not FHIR'}`,
    });
  }

  const transport: Transport = {
    baseUrl,
    backOff: (tries, retryAfterMs, signal) => wait(retryDelay(tries, retryAfterMs, random()), signal),
    async send(asked) {
      const signals = [asked.signal, options.personLeft?.()].filter((signal) => signal !== undefined);
      const exchange = signals.length === 0 ? asked : { ...asked, signal: AbortSignal.any(signals) };
      for (let tries = 1; ; tries += 1) {
        try {
          const answer = await once(exchange);
          options.onReachable?.(true);
          return answer;
        } catch (error) {
          if (!(error instanceof FhirError)) throw error;
          // Who waited in vain once is told, rather than made to wait three times as long.
          if (!exchange.repeatable || tries === MAX_TRIES || !isTransient(error) || isTimeout(error.cause)) {
            const answered = error.status !== undefined;
            if (answered || error.kind === 'unreachable') options.onReachable?.(answered);
            throw error;
          }
          await transport.backOff(tries, error.retryAfterMs, exchange.signal);
          exchange.onRepeat?.();
        }
      }
    },
    async sendForBundle(exchange) {
      const answer = await transport.send(exchange);
      const bundle = parseBundle(answer.resource);
      if (!bundle) throw unexpectedAnswer(exchange, 'Bundle', answer);
      return bundle;
    },
  };
  return transport;
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'TimeoutError';
}

/** The parsed text, or undefined where it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
