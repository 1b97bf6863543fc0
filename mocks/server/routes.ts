import { create, history, read, remove, update, vread, type Answer, type Session } from './interactions.ts';
import { FhirError, issue, notFound, notSupported } from './outcome.ts';
import { search } from './search-interaction.ts';
import { checkFormat } from './search-query.ts';
import { isResourceType, type ResourceType } from './supported-types.ts';

/** A request below the base, by HTTP or as an entry of a bundle. */
export interface InteractionRequest {
  readonly method: string;
  /** Below the base, without a leading slash: `Patient/1`. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** The resource of a create or an update. */
  readonly body: unknown;
  readonly ifMatch: string | undefined;
  readonly ifNoneExist: string | undefined;
}

/** Runs one interaction on a resource type or a resource. Throws a FhirError for what is refused. */
export function interact(session: Session, request: InteractionRequest): Answer {
  const { method, path, query, body, ifMatch, ifNoneExist } = request;
  const [typeName = '', id, suffix, versionId, ...rest] = path.split('/');
  const type = supportedType(typeName);
  const parameters = new URLSearchParams(query);
  if (id === undefined) {
    if (method === 'GET') return search(session, type, parameters);
    if (method !== 'POST') throw notAllowed(method, path, ['GET', 'POST']);
    requireNoQuery(parameters, method);
    return create(session, type, body, { ifNoneExist });
  }
  if (suffix === undefined) {
    requireNoQuery(parameters, method);
    if (method === 'GET') return read(session, type, id);
    if (method === 'PUT') return update(session, type, id, body, ifMatch);
    if (method === 'DELETE') return remove(session, type, id, ifMatch);
    throw notAllowed(method, path, ['GET', 'PUT', 'DELETE']);
  }
  if (suffix !== '_history' || rest.length > 0) throw notFound(`There is nothing at ${path}`);
  if (method !== 'GET') throw notAllowed(method, path, ['GET']);
  if (versionId === undefined) return history(session, type, id, parameters);
  requireNoQuery(parameters, method);
  return vread(session, type, id, versionId);
}

/** The resource type of that name. Throws 404, as for any other address that does not exist. */
export function supportedType(name: string): ResourceType {
  if (isResourceType(name)) return name;
  throw notFound(`Unknown resource type ${JSON.stringify(name)}`);
}

/** 405, with the methods that the address has. */
export function notAllowed(method: string, path: string, allowed: readonly string[]): FhirError {
  return new FhirError(405, [issue('not-supported', `${method} of ${path || 'the base'} is not supported`)], {
    Allow: allowed.join(', '),
  });
}

function requireNoQuery(parameters: URLSearchParams, method: string): void {
  for (const [name, value] of parameters) {
    if (name === '_format') checkFormat(value);
    else if (method === 'GET') throw notSupported(`${name} of a read is not supported`, name);
    else throw notSupported(`${method} by a search (${name}) is not supported`, name);
  }
}
