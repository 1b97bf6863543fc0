import type { Bundle, BundleEntry } from 'fhir/r4';
import * as z from 'zod/mini';
import { requireAccess } from './access.ts';
import { requireTargets, requireUnreferenced } from './integrity.ts';
import { create, etag, existingMatch, type Answer, type Session } from './interactions.ts';
import { FhirError, invalid, issue, notSupported } from './outcome.ts';
import { withReferences } from './references.ts';
import { interact, supportedType, type InteractionRequest } from './routes.ts';
import type { StoredVersion } from './store.ts';

const bundle = z.object({
  resourceType: z.literal('Bundle'),
  type: z.enum(['batch', 'transaction']),
  entry: z.optional(
    z.array(
      z.object({
        fullUrl: z.optional(z.string()),
        resource: z.optional(z.record(z.string(), z.unknown())),
        request: z.object({
          method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
          url: z.string(),
          ifMatch: z.optional(z.string()),
          ifNoneExist: z.optional(z.string()),
        }),
      }),
    ),
  ),
});

export interface RequestBundle {
  readonly type: 'batch' | 'transaction';
  readonly entries: readonly RequestEntry[];
}

export interface RequestEntry extends InteractionRequest {
  readonly fullUrl: string | undefined;
}

/** More entries than this are refused with 413. */
const MOST_ENTRIES = 100;

/** Understands the body of a POST to the base. Throws 400 naming what is wrong with it. */
export function parseBundle(body: unknown): RequestBundle {
  const parsed = bundle.safeParse(body);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    const path = problem?.path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
      .join('');
    throw invalid(`Not a batch or transaction: ${problem?.message}`, `Bundle${path ?? ''}`);
  }
  const { type, entry = [] } = parsed.data;
  if (entry.length > MOST_ENTRIES) {
    throw new FhirError(413, [issue('too-costly', `At most ${MOST_ENTRIES} entries, not ${entry.length}`)]);
  }
  const entries = entry.map(({ fullUrl, resource, request: { method, url, ifMatch, ifNoneExist } }) => {
    const [path = '', ...query] = url.split('?');
    return { method, path, query: query.join('?'), body: resource, ifMatch, ifNoneExist, fullUrl };
  });
  return { type, entries };
}

/** Each entry by itself, but for those that are refused untried; `refusals` goes by their place. */
export function runBatch(
  session: Session,
  entries: readonly RequestEntry[],
  refusals: readonly (FhirError | undefined)[],
): Bundle {
  const answers = entries.map((entry, index): BundleEntry => {
    try {
      const refused = refusals[index];
      if (refused !== undefined) throw refused;
      if (session.behaviour.batch === 'no-search' && isSearch(entry))
        throw notSupported('A batch may not hold searches');
      return toEntry(session.base, interact(session, entry));
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      return { response: { status: statusText(error.status), outcome: error.outcome } };
    }
  });
  return {
    resourceType: 'Bundle',
    type: 'batch-response',
    ...(answers.length === 0 ? {} : { entry: answers }),
  };
}

function isSearch({ method, path }: RequestEntry): boolean {
  return method === 'GET' && !path.includes('/');
}

/** The order in which the specification runs the writes of a transaction, reads following them. */
const WRITES_IN_ORDER = ['DELETE', 'POST', 'PUT'];

/**
 * The entries of a transaction, whatever fails first thrown with its expressions below the entry. The caller undoes
 * what was written until then.
 */
export function runTransaction(session: Session, entries: readonly RequestEntry[]): Bundle {
  requireDistinct(entries);
  const deferred = { ...session, checksReferences: false };
  const planned = planEntries(deferred, entries);
  const answers: BundleEntry[] = [];
  const run = (entry: PlannedEntry, index: number): void => {
    answers[index] = atEntry(index, () => toEntry(session.base, runPlanned(deferred, entry)));
  };
  for (const method of WRITES_IN_ORDER) {
    planned.forEach((entry, index) => entry.method === method && run(entry, index));
  }
  checkWritten(session, planned, answers);
  planned.forEach((entry, index) => entry.method === 'GET' && run(entry, index));
  return {
    resourceType: 'Bundle',
    type: 'transaction-response',
    ...(answers.length === 0 ? {} : { entry: answers }),
  };
}

interface PlannedEntry extends RequestEntry {
  /** The id that a create will give; undefined for other entries. */
  readonly createdId: string | undefined;
  /** What a conditional create found. */
  readonly existing: StoredVersion | undefined;
}

/** Settles conditions and ids before anything is written, and puts them in the place of `urn:uuid` references. */
function planEntries(session: Session, entries: readonly RequestEntry[]): PlannedEntry[] {
  const byUrn = new Map<string, string>();
  const planned = entries.map((entry, index) => atEntry(index, () => planEntry(session, entry)));
  for (const { fullUrl, path, existing, createdId } of planned) {
    const id = existing?.id ?? createdId;
    if (fullUrl?.startsWith('urn:')) byUrn.set(fullUrl, id === undefined ? path : `${path}/${id}`);
  }
  return planned.map((entry) => ({ ...entry, body: withReferences(entry.body, (text) => byUrn.get(text)) }));
}

function planEntry(session: Session, entry: RequestEntry): PlannedEntry {
  if (entry.method !== 'POST' || entry.path.includes('/'))
    return { ...entry, createdId: undefined, existing: undefined };
  const type = supportedType(entry.path);
  requireAccess('write', type, session.actor);
  const existing = existingMatch(session, type, entry.ifNoneExist);
  return { ...entry, existing, createdId: session.newId() };
}

function runPlanned(session: Session, entry: PlannedEntry): Answer {
  const { existing, createdId } = entry;
  if (existing !== undefined) return { status: 200, body: existing.resource, version: existing };
  if (createdId === undefined) return interact(session, entry);
  return create(session, supportedType(entry.path), entry.body, { id: createdId });
}

/** References among the entries hold only when all of them are written. */
function checkWritten(
  session: Session,
  planned: readonly PlannedEntry[],
  answers: readonly (BundleEntry | undefined)[],
): void {
  const { store, base } = session;
  const deleted: { type: string; id: string }[] = [];
  for (const [index, { method, path }] of planned.entries()) {
    const [type = '', id = ''] = path.split('/');
    if (method === 'DELETE') deleted.push({ type, id });
    const resource = method === 'GET' ? undefined : answers[index]?.resource;
    if (resource !== undefined) atEntry(index, () => requireTargets(store, base, resource));
  }
  requireUnreferenced(store, base, deleted);
}

function requireDistinct(entries: readonly RequestEntry[]): void {
  const seen = new Set<string>();
  for (const { method, path } of entries) {
    if (method !== 'PUT' && method !== 'DELETE') continue;
    if (seen.has(path)) throw invalid(`${path} is written twice in one transaction`, 'Bundle.entry');
    seen.add(path);
  }
}

function atEntry<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    const issues = error.issues.map((item) => ({
      ...item,
      expression: [`Bundle.entry[${index}]`, ...(item.expression ?? [])],
    }));
    throw new FhirError(error.status, issues, error.headers);
  }
}

function toEntry(base: string, { status, body, version }: Answer): BundleEntry {
  return {
    ...(body === undefined ? {} : { resource: body }),
    ...(version === undefined ? {} : { fullUrl: `${base}/${version.type}/${version.id}` }),
    response: {
      status: statusText(status),
      ...(version === undefined
        ? {}
        : {
            location: `${base}/${version.type}/${version.id}/_history/${version.versionId}`,
            etag: etag(version.versionId),
            lastModified: version.lastUpdated,
          }),
    },
  };
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function statusText(status: number): string {
  return `${status} ${REASONS[status] ?? ''}`.trim();
}
