/** A scripted server for the tests of the client: it answers as told and remembers what it was asked. */
import { createFhirClient, type FhirClient, type FhirClientOptions } from './client.ts';
import type { ServerCapabilities } from './profile.ts';
import type { WritableResource } from './resource.ts';

export const BASE = 'https://ehr.example/fhir/R4';

export interface SentRequest {
  readonly method: string;
  /** The URL below the base, decoded and with its query; a URL elsewhere as it is. */
  readonly target: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly init: RequestInit;
}

type Reply = Response | Error;
type Script = readonly Reply[] | ((request: SentRequest) => Reply | Promise<Reply>);

interface FakeServer {
  readonly client: FhirClient;
  readonly requests: readonly SentRequest[];
  /** `GET Patient/1`, in the order of sending. */
  asked(): readonly string[];
  /** Milliseconds that the client waited, one by one. */
  readonly waits: readonly number[];
  /** What onReachable was told. */
  readonly reachable: readonly boolean[];
  unauthenticated(): number;
}

const CAPABLE: ServerCapabilities = {
  name: 'test',
  batchSearch: true,
  summaryCount: true,
  include: true,
  atomicTransaction: true,
  conditionalCreate: true,
  postSearch: true,
  sortTieBreaker: true,
  preferStrict: true,
};

/** A client of a server that gives the replies one after the other, or whatever the function gives. */
export function fakeServer(
  script: Script,
  capabilities: Partial<ServerCapabilities> = {},
  options: Partial<FhirClientOptions> = {},
): FakeServer {
  const requests: SentRequest[] = [];
  const waits: number[] = [];
  const reachable: boolean[] = [];
  let unauthenticated = 0;
  const left = Array.isArray(script) ? script.values() : undefined;
  const client = createFhirClient({
    baseUrl: BASE,
    capabilities: { ...CAPABLE, ...capabilities },
    accessToken: async () => 'token-1',
    random: () => 0,
    wait: async (ms) => void waits.push(ms),
    onReachable: (value) => reachable.push(value),
    onUnauthenticated: () => (unauthenticated += 1),
    fetch: async (input, init = {}) => {
      const { url } = new Request(input);
      const target = decodeURIComponent(
        url.startsWith(BASE) ? url.slice(BASE.length).replace(/^\//, '') : url,
      );
      const method = init.method ?? 'GET';
      const body = typeof init.body === 'string' ? init.body : '';
      const request = { method, target, url, headers: new Headers(init.headers), body, init };
      requests.push(request);
      init.signal?.throwIfAborted();
      // A script that ran out answers with a status that no client expects.
      const reply = left ? (left.next().value ?? json({}, 418)) : await answer(script, request);
      if (reply instanceof Error) throw reply;
      return reply;
    },
    ...options,
  });
  return {
    client,
    requests,
    asked: () => requests.map(({ method, target }) => `${method} ${target}`.trim()),
    waits,
    reachable,
    unauthenticated: () => unauthenticated,
  };
}

function answer(script: Script, request: SentRequest): Reply | Promise<Reply> {
  return typeof script === 'function' ? script(request) : json({}, 418);
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const noBody = body === undefined || status === 204;
  return new Response(noBody ? null : JSON.stringify(body), { status, headers });
}

export function lostConnection(): Error {
  return new TypeError('Failed to fetch');
}

export function patient(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return { resourceType: 'Patient', id, meta: { versionId: '1' }, ...more };
}

export function outcome(text: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'invalid', details: { text }, ...more }],
  };
}

/** A page of a search: matches, and what came along. */
export function searchset(
  matches: readonly WritableResource[],
  {
    next,
    total,
    included = [],
  }: { next?: string; total?: number; included?: readonly WritableResource[] } = {},
) {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total !== undefined && { total }),
    ...(next !== undefined && { link: [{ relation: 'next', url: next }] }),
    entry: [
      ...matches.map((resource) => ({ resource, search: { mode: 'match' } })),
      ...included.map((resource) => ({ resource, search: { mode: 'include' } })),
    ],
  };
}

/** The answer to a batch or transaction: a status, or a resource with the status 200. */
export function responses(...entries: readonly (string | object)[]) {
  return {
    resourceType: 'Bundle',
    type: 'batch-response',
    entry: entries.map((entry) =>
      typeof entry === 'string'
        ? { response: { status: entry } }
        : { resource: entry, response: { status: '200 OK' } },
    ),
  };
}
