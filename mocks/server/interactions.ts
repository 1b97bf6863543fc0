import type { Bundle, BundleEntry, Resource } from 'fhir/r4';
import { ownRecords, requireAccess, type Actor } from './access.ts';
import { requireTargets, requireUnreferenced } from './integrity.ts';
import { gone, invalid, notFound, notSupported, preconditionFailed, versionConflict } from './outcome.ts';
import type { RecentSearches } from './recent-searches.ts';
import { matching, type Searchable } from './search.ts';
import { checkFormat, parseQuery } from './search-query.ts';
import type { StoredVersion } from './store.ts';
import type { ResourceType } from './supported-types.ts';
import { validResource } from './validate.ts';

/** All that an interaction works on, and on whose behalf. */
export interface Session extends Searchable {
  readonly actor: Actor;
  /** When the request arrived, as it is written into what it stores. */
  readonly instant: string;
  readonly newId: () => string;
  /** Whether references are checked at once; a transaction checks them when all is written. */
  readonly checksReferences: boolean;
  /** Whether an unknown search parameter is refused. */
  readonly strict: boolean;
  /** Whether the client wants no answer that was kept. */
  readonly fresh: boolean;
  readonly recent: RecentSearches;
}

export interface Answer {
  readonly status: number;
  readonly body: Resource | undefined;
  /** The version that the answer is about, for ETag and Last-Modified. */
  readonly version: StoredVersion | undefined;
}

export function read(session: Session, type: ResourceType, id: string): Answer {
  requireOwn(session, type, id);
  const version = session.store.entry(type, id)?.current;
  return versionAnswer(version, `${type}/${id}`);
}

export function vread(session: Session, type: ResourceType, id: string, versionId: string): Answer {
  requireOwn(session, type, id);
  const version = session.store.version(type, id, Number(versionId));
  return versionAnswer(version, `${type}/${id}/_history/${versionId}`);
}

/** All versions, newest first. They are few: there are no pages, and `_count` is refused. */
export function history(session: Session, type: ResourceType, id: string, query: URLSearchParams): Answer {
  requireOwn(session, type, id);
  for (const [name, value] of query) {
    if (name !== '_format') throw notSupported(`${name} of a history is not supported`, name);
    checkFormat(value);
  }
  const versions = session.store.versions(type, id);
  if (versions.length === 0) throw notFound(`${type}/${id} does not exist`);
  const url = `${session.base}/${type}/${id}`;
  const body: Bundle = {
    resourceType: 'Bundle',
    type: 'history',
    total: versions.length,
    link: [{ relation: 'self', url: `${url}/_history` }],
    entry: versions.toReversed().map((version) => historyEntry(url, version)),
  };
  return { status: 200, body, version: undefined };
}

function historyEntry(
  url: string,
  { type, id, versionId, lastUpdated, resource }: StoredVersion,
): BundleEntry {
  const [method, status, path] =
    resource === undefined
      ? (['DELETE', '204 No Content', `${type}/${id}`] as const)
      : versionId === 1
        ? (['POST', '201 Created', type] as const)
        : (['PUT', '200 OK', `${type}/${id}`] as const);
  return {
    fullUrl: url,
    ...(resource === undefined ? {} : { resource }),
    request: { method, url: path },
    response: { status, etag: etag(versionId), lastModified: lastUpdated },
  };
}

/** Create; with `ifNoneExist` only when no resource matches that search, else the answer is the one that does. */
export function create(
  session: Session,
  type: ResourceType,
  body: unknown,
  { id, ifNoneExist }: { readonly id?: string | undefined; readonly ifNoneExist?: string | undefined } = {},
): Answer {
  requireAccess('write', type, session.actor);
  const existing = existingMatch(session, type, ifNoneExist);
  if (existing !== undefined) return { status: 200, body: existing.resource, version: existing };
  const resource = requireType(validResource(body), type);
  return written(session, type, id ?? session.newId(), resource, 201);
}

/** The one resource that a conditional create finds; undefined: none, or no condition. Throws 412 for several. */
export function existingMatch(
  session: Session,
  type: ResourceType,
  condition: string | undefined,
): StoredVersion | undefined {
  if (condition === undefined || !session.behaviour.conditionalCreate) return undefined;
  const parameters = new URLSearchParams(condition);
  if (parameters.size === 0) throw invalid('If-None-Exist must be a search');
  const found = matching(session, parseQuery(type, parameters, { ...session, strict: true }), 2);
  if (found.length > 1) throw preconditionFailed(`Several resources match ${condition}`);
  const id = found[0]?.id;
  return id === undefined ? undefined : session.store.entry(type, id)?.current;
}

/**
 * Update of an existing resource; `ifMatch` is required, so that no edit of somebody else is overwritten unseen. What
 * is not there, or not any more, is created under the id of the URL where no `ifMatch` says that it should be.
 */
export function update(
  session: Session,
  type: ResourceType,
  id: string,
  body: unknown,
  ifMatch: string | undefined,
): Answer {
  requireAccess('write', type, session.actor);
  const resource = requireType(validResource(body), type);
  if (resource.id !== id)
    throw invalid(`The id of the body is ${resource.id}, that of the URL ${id}`, `${type}.id`);
  const stored = session.store.entry(type, id)?.current;
  if (ifMatch === undefined && stored?.resource === undefined && session.behaviour.updateCreates) {
    return written(session, type, id, resource, 201);
  }
  const current = versionAnswer(stored, `${type}/${id}`).version;
  if (ifMatch === undefined) throw invalid('An update needs If-Match: W/"<meta.versionId>"');
  requireMatch(session, ifMatch, current);
  return written(session, type, id, resource, 200);
}

/** Delete, again and again with the same answer; `ifMatch` is heeded when given. */
export function remove(
  session: Session,
  type: ResourceType,
  id: string,
  ifMatch: string | undefined,
): Answer {
  requireAccess('write', type, session.actor);
  const entry = session.store.entry(type, id);
  if (entry === undefined) throw notFound(`${type}/${id} does not exist`);
  if (entry.current.resource === undefined) return { status: 204, body: undefined, version: entry.current };
  if (ifMatch !== undefined && session.behaviour.guardsDelete) requireMatch(session, ifMatch, entry.current);
  if (session.checksReferences) requireUnreferenced(session.store, session.base, [{ type, id }]);
  const version = session.store.write(type, id, undefined, session.instant);
  return { status: 204, body: undefined, version };
}

function written(
  session: Session,
  type: ResourceType,
  id: string,
  resource: Resource,
  status: number,
): Answer {
  if (session.checksReferences) requireTargets(session.store, session.base, resource);
  const version = session.store.write(type, id, resource, session.instant);
  return { status, body: version.resource, version };
}

function requireType(resource: Resource, type: ResourceType): Resource {
  if (resource.resourceType === type) return resource;
  throw invalid(`The body is a ${resource.resourceType}, the URL says ${type}`, 'resourceType');
}

function requireMatch({ behaviour }: Session, ifMatch: string, current: StoredVersion | undefined): void {
  const [, wanted] = /^W\/"(\d+)"$/.exec(ifMatch) ?? [];
  if (wanted === undefined) throw invalid(`${JSON.stringify(ifMatch)} of If-Match is not of the form W/"1"`);
  if (Number(wanted) !== current?.versionId) {
    throw versionConflict(
      behaviour.versionConflict,
      `The current version is ${current?.versionId}, not ${wanted}`,
    );
  }
}

/** Somebody without a role reads nothing but the own staff records. */
function requireOwn(session: Session, type: ResourceType, id: string): void {
  requireAccess('read', type, session.actor);
  const own = ownRecords(type, session.actor);
  if (own === undefined) return;
  const query = parseQuery(type, [own, ['_id', id]], session);
  if (matching(session, query, 1).length === 0) throw notFound(`${type}/${id} does not exist`);
}

function versionAnswer(version: StoredVersion | undefined, name: string): Answer {
  if (version === undefined) throw notFound(`${name} does not exist`);
  if (version.resource === undefined) throw gone(`${name} has been deleted`);
  return { status: 200, body: version.resource, version };
}

/** The weak entity tag of a version. */
export function etag(versionId: number): string {
  return `W/"${versionId}"`;
}
