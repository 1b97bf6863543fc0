import type { ServerBehaviour } from './behaviour.ts';
import { FhirError, invalid, issue } from './outcome.ts';

const JSON_TYPES = ['application/fhir+json', 'application/json'];
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Throws 406 when the client accepts no JSON. */
export function requireAcceptable(request: Request): void {
  const accepted = (request.headers.get('Accept') ?? '*/*').split(',').map(mediaType);
  if (accepted.some((type) => type === '*/*' || type === 'application/*' || JSON_TYPES.includes(type)))
    return;
  throw new FhirError(406, [issue('not-supported', 'Only application/fhir+json is served')]);
}

/** The parsed body of a write. Throws 415 for another content type, 400 for what is not JSON. */
export function jsonBody(request: Request, text: string): unknown {
  requireType(request, JSON_TYPES);
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The body is not JSON');
  }
}

/** The parameters of a `_search` form. Throws 415 for another content type. */
export function formBody(request: Request, text: string): URLSearchParams {
  requireType(request, [FORM_TYPE]);
  return new URLSearchParams(text);
}

/** Whether unknown search parameters are to be refused, by what the server does and what the client prefers. */
export function wantsStrict(request: Request, { unknownParameters }: ServerBehaviour): boolean {
  if (unknownParameters !== 'as-preferred') return unknownParameters === 'refused';
  return /handling=strict/.test(request.headers.get('Prefer') ?? '');
}

/** Whether the client wants no kept answer. Over a network, `cache: 'no-store'` of fetch is sent as this header. */
export function wantsFresh(request: Request): boolean {
  return request.cache === 'no-store' || /no-(cache|store)/.test(request.headers.get('Cache-Control') ?? '');
}

function requireType(request: Request, types: readonly string[]): void {
  const type = mediaType(request.headers.get('Content-Type') ?? '');
  if (types.includes(type)) return;
  throw new FhirError(415, [
    issue('not-supported', `Content type ${type || 'missing'}, not ${types.join(' or ')}`),
  ]);
}

function mediaType(text: string): string {
  return (text.split(';')[0] ?? '').trim().toLowerCase();
}
