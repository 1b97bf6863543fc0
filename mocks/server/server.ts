import type { Resource } from 'fhir/r4';
import { NetworkFailure, type Fault, type Faults, type LostAnswer } from '../faults.ts';
import type { Actor } from './access.ts';
import { addressedFamilyNames } from './addressed-patients.ts';
import { PLAIN, type ServerBehaviour } from './behaviour.ts';
import { parseBundle, runBatch, runTransaction, type RequestEntry } from './bundle.ts';
import { capabilityStatement } from './capability.ts';
import { formBody, jsonBody, requireAcceptable, wantsFresh, wantsStrict } from './http-request.ts';
import {
  HTML_DRAFT,
  UNAUTHORIZED_HEADERS,
  answerDraft,
  errorDraft,
  faultError,
  lossyDraft,
  toResponse,
  type Draft,
} from './http-response.ts';
import type { Session } from './interactions.ts';
import { FhirError, invalid, issue, notFound, notSupported } from './outcome.ts';
import { runInPart } from './partial-transaction.ts';
import { recentSearches } from './recent-searches.ts';
import { interact, notAllowed, supportedType } from './routes.ts';
import { SearchIndex } from './search-index.ts';
import { basePage, search } from './search-interaction.ts';
import { Store, type StoredVersion } from './store.ts';
import { isResourceType } from './supported-types.ts';

export type { Actor } from './access.ts';

export interface FhirServerOptions {
  /** Absolute, without a trailing slash; every link is built from it. */
  readonly base: string;
  /** The initial clinic, each resource as its version 1, last updated as it says or at the start. Not validated. */
  readonly resources: Iterable<Resource>;
  /** Who sends the request; undefined: 401. */
  readonly authenticate: (request: Request) => Promise<Actor | undefined>;
  readonly now: () => Temporal.Instant;
  /** A new id of the FHIR form, never given twice. */
  readonly newId: () => string;
  readonly faults?: Faults;
  /** Which server it is to be like; the plain one unless told. */
  readonly profile?: ServerBehaviour;
  /** Whether a PUT may create, as most servers let it; it may unless told. */
  readonly updateCreate?: boolean;
  /** Up to how many resources a search looks at one by one: answers are the same, only their time differs. */
  readonly fewMatches?: number;
  /** Every committed version, in order. */
  readonly onWrite?: (version: StoredVersion) => void;
}

export interface FhirServer {
  /** Answers a request. Rejects with NetworkFailure when a fault says that no answer comes. */
  handle(request: Request): Promise<Response>;
  /** Takes over a version that was written elsewhere (the journal of another tab); `onWrite` is not called. */
  apply(version: StoredVersion): void;
  /** Of all resources, older versions and deletions included. */
  readonly versionCount: number;
  /** Every current resource. */
  all(): Iterable<Resource>;
}

/** A request, its body read. */
interface Target {
  readonly request: Request;
  /** Below the base, without slashes at either end. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly text: string;
}

/** A strict FHIR R4 server in memory, on web-standard requests and responses: at home in a browser and in Node. */
export function createFhirServer(options: FhirServerOptions): FhirServer {
  const { base, faults, now, newId, profile = PLAIN } = options;
  const behaviour = { ...profile, updateCreates: options.updateCreate ?? profile.updateCreates };
  const store = new Store();
  loadClinic(store, options.resources, instantText(now()));
  const index = new SearchIndex(store, base, behaviour.periods, options.fewMatches);
  const recent = recentSearches(behaviour.searchCacheSeconds, () => now().epochMilliseconds);
  const basePath = new URL(base).pathname;

  async function handle(request: Request): Promise<Response> {
    const requestId = newId();
    try {
      return toResponse(await answer(request), requestId);
    } catch (error) {
      if (error instanceof NetworkFailure) throw error;
      return toResponse(errorDraft(error instanceof FhirError ? error : crash(error)), requestId);
    }
  }

  async function answer(request: Request): Promise<Draft> {
    const { pathname, search: query } = new URL(request.url);
    if (pathname !== basePath && !pathname.startsWith(`${basePath}/`))
      throw notFound(`${pathname} is not of this server`);
    const path = pathname.slice(basePath.length).replace(/^\/|\/$/g, '');
    const target = { request, path, query: query.slice(1), text: await request.text() };
    const fault =
      (await delayed(faults?.next())) ?? (await delayed(path === '' ? undefined : faultOf(target)));
    return withFault(fault, () => respond(target));
  }

  async function respond(target: Target): Promise<Draft> {
    const { request, path, query, text } = target;
    const instant = instantText(now());
    if (path === 'metadata' && request.method === 'GET') {
      return answerDraft(base, {
        status: 200,
        body: capabilityStatement(base, instant, behaviour),
        version: undefined,
      });
    }
    const actor = await options.authenticate(request);
    if (actor === undefined) {
      throw new FhirError(401, [issue('login', 'A valid access token is needed')], UNAUTHORIZED_HEADERS);
    }
    requireAcceptable(request);
    const session: Session = {
      store,
      index,
      base,
      behaviour,
      actor,
      instant,
      newId,
      checksReferences: true,
      strict: wantsStrict(request, behaviour),
      fresh: wantsFresh(request),
      recent,
    };
    if (path === '' && request.method === 'GET' && behaviour.nextLink === 'base')
      return answerDraft(base, basePage(session, query));
    if (path === '') return respondToBundle(session, target);
    const form = /^(\w+)\/_search$/.exec(path)?.[1];
    if (form !== undefined) {
      if (request.method !== 'POST') throw notAllowed(request.method, path, ['POST']);
      if (behaviour.formSearch === 'none') throw notSupported('A search by form is not supported');
      if (query !== '' && behaviour.formSearch === 'strict')
        throw invalid('A search by POST takes its parameters from the form alone, not from the URL');
      const parameters = query === '' ? formBody(request, text) : new URLSearchParams();
      return answerDraft(base, search(session, supportedType(form), parameters));
    }
    const { method, headers } = request;
    const body = method === 'POST' || method === 'PUT' ? jsonBody(request, text) : undefined;
    const ifMatch = headers.get('If-Match') ?? undefined;
    const ifNoneExist = headers.get('If-None-Exist') ?? undefined;
    return answerDraft(
      base,
      commit(() => interact(session, { method, path, query, body, ifMatch, ifNoneExist })),
    );
  }

  async function respondToBundle(session: Session, target: Target): Promise<Draft> {
    const { request, text } = target;
    if (request.method !== 'POST') throw notAllowed(request.method, '', ['POST']);
    const { type, entries } = parseBundle(jsonBody(request, text));
    const entryFaults: (LostAnswer | undefined)[] = [];
    for (const entry of entries) entryFaults.push(await delayed(faultOfEntry(entry)));
    if (behaviour[type] === 'none') throw notSupported(`A ${type} is not supported`);
    const answered = (work: () => Resource): Draft =>
      answerDraft(base, { status: 200, body: commit(work), version: undefined });
    if (type === 'batch') {
      const refusals = entryFaults.map((fault) => (fault === undefined ? undefined : faultError(fault)));
      return answered(() => runBatch(session, entries, refusals));
    }
    const fault = entryFaults.find((item) => item !== undefined);
    return withFault(fault, async () =>
      answered(() => (behaviour.transaction === 'partial' ? runInPart : runTransaction)(session, entries)),
    );
  }

  /** Writes that stand or fall together; told to `onWrite` when they stand. */
  function commit<T>(work: () => T): T {
    const { result, written } = store.atomically(work);
    for (const version of written) options.onWrite?.(version);
    return result;
  }

  /** A slow answer is the right one, later: what is left of the fault then. */
  async function delayed(fault: Fault | undefined): Promise<LostAnswer | undefined> {
    if (fault?.kind !== 'slow') return fault;
    await faults?.wait();
    return undefined;
  }

  function faultOf({ request, path, query, text }: Target): Fault | undefined {
    const isForm = path.endsWith('/_search');
    const names = addressedFamilyNames(store, base, {
      path,
      query: isForm ? text : query,
      written: isForm ? '' : text,
    });
    return faults?.find([path, query, text, ...names].join('\n'), `${request.method} ${path}?${query}`);
  }

  function faultOfEntry({ method, path, query, body }: RequestEntry): Fault | undefined {
    const written = body === undefined ? '' : JSON.stringify(body);
    const names = addressedFamilyNames(store, base, { path, query, written });
    return faults?.find([path, query, written, ...names].join('\n'), `${method} ${path}?${query}`);
  }

  return {
    handle,
    apply(version) {
      if (isResourceType(version.type)) store.put(version.type, version);
    },
    get versionCount() {
      return store.versionCount;
    },
    all: () => store.all(),
  };
}

async function withFault(fault: LostAnswer | undefined, respond: () => Promise<Draft>): Promise<Draft> {
  switch (fault?.kind) {
    case undefined:
      return respond();
    case 'offline':
      throw new NetworkFailure('Offline, as was asked for');
    case 'html':
      return HTML_DRAFT;
    case 'half':
    case 'empty':
      return lossyDraft(await respond(), fault.kind);
    case 'status':
      throw faultError(fault);
  }
}

function loadClinic(store: Store, resources: Iterable<Resource>, start: string): void {
  for (const resource of resources) {
    const { resourceType: type, id, meta } = resource;
    if (!isResourceType(type) || id === undefined || store.entry(type, id) !== undefined) {
      throw new Error(
        `The initial clinic holds ${type}/${id}, which is unsupported, without an id, or there twice`,
      );
    }
    store.write(type, id, resource, meta?.lastUpdated ?? start);
  }
}

/** A fault of this server, not of the client. */
function crash(error: unknown): FhirError {
  return new FhirError(500, [issue('exception', error instanceof Error ? error.message : String(error))]);
}

function instantText(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}
