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
