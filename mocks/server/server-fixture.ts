import type { Bundle, FhirResource, OperationOutcome, Resource } from 'fhir/r4';
import { createFaults, type Faults } from '../faults.ts';
import type { Actor } from './access.ts';
import { PLAIN, type ServerBehaviour } from './behaviour.ts';
import { createFhirServer, type FhirServer } from './server.ts';
import type { StoredVersion } from './store.ts';

/** The base of every server of these tests. */
export const BASE = 'https://clinic.test/fhir/R4';
/** The clock of these tests stands still. */
export const NOW = '2026-11-20T08:00:00.000Z';

export const CLINICIAN: Actor = { reference: 'Practitioner/okoye', display: 'Dr Okoye', role: 'clinician' };

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, whatever it is; read it through `bundleOf`, `outcomeOf` or by its properties. */
  readonly json: () => unknown;
}

export interface TestServer {
  readonly server: FhirServer;
  readonly faults: Faults;
  readonly written: StoredVersion[];
  /** Milliseconds that answers have waited. */
  readonly waited: number[];
  /** `path` below the base; a body is sent as FHIR JSON, a URLSearchParams as a form. */
  send(method: string, path: string, options?: SendOptions): Promise<TestAnswer>;
  get(path: string): Promise<TestAnswer>;
  /** The ids of a search, in the order of the answer, included ones left out. */
  ids(search: string): Promise<string[]>;
}

export interface SendOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server with these records, for a clinician unless somebody else, or nobody (null), asks. */
export function testServer(
  resources: Iterable<Resource>,
  actor: Actor | null = CLINICIAN,
  profile: ServerBehaviour = PLAIN,
  fewMatches?: number,
): TestServer {
  let ids = 0;
  const written: StoredVersion[] = [];
  const waited: number[] = [];
  const faults = createFaults({
    wait: async (milliseconds) => {
      waited.push(milliseconds);
    },
  });
  const server = createFhirServer({
    base: BASE,
    resources,
    authenticate: async () => actor ?? undefined,
    now: () => Temporal.Instant.from(NOW),
    newId: () => `new-${++ids}`,
    faults,
    profile,
    ...(fewMatches !== undefined && { fewMatches }),
    onWrite: (version) => written.push(version),
  });
  const send = async (method: string, path: string, options: SendOptions = {}): Promise<TestAnswer> => {
    const url = path.startsWith('https:') ? path : `${BASE}${path === '' ? '' : '/'}${path}`;
    const { body } = options;
    const isForm = body instanceof URLSearchParams;
    const response = await server.handle(
      new Request(url, {
        method,
        headers: {
          ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/fhir+json' }),
          ...options.headers,
        },
        ...(body === undefined
          ? {}
          : { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  };
  const get = (path: string): Promise<TestAnswer> => send('GET', path);
  const idsOf = async (search: string): Promise<string[]> => matchIds(bundleOf(await get(search)));
  return { server, faults, written, waited, send, get, ids: idsOf };
}

export function bundleOf(answer: TestAnswer): Bundle<FhirResource> {
  const body = answer.json();
  if (!isOf<Bundle<FhirResource>>(body, 'Bundle'))
    throw new Error(`${answer.status} is no bundle: ${answer.text}`);
  return body;
}

export function outcomeOf(answer: TestAnswer): OperationOutcome {
  const body = answer.json();
  if (!isOf<OperationOutcome>(body, 'OperationOutcome')) throw new Error(`${answer.status}: ${answer.text}`);
  return body;
}

export function matchIds(bundle: Bundle): string[] {
  const matches = (bundle.entry ?? []).filter(({ search }) => search?.mode === 'match');
  return matches.map(({ resource }) => resource?.id ?? '');
}

export function nextLink(bundle: Bundle): string | undefined {
  return bundle.link?.find(({ relation }) => relation === 'next')?.url;
}

function isOf<T extends Resource>(value: unknown, type: T['resourceType']): value is T {
  return (
    typeof value === 'object' && value !== null && 'resourceType' in value && value.resourceType === type
  );
}
