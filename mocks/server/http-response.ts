import type { OperationOutcomeIssue } from 'fhir/r4';
import type { LostAnswer } from '../faults.ts';
import { etag, type Answer } from './interactions.ts';
import { FhirError, issue } from './outcome.ts';

/** The HTTP form of an answer before faults touch it. */
export interface Draft {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Undefined: no body, as 204 wants it. */
  readonly text: string | undefined;
}

/** ETag, Last-Modified and the address of the version, as far as the answer is about one. */
export function answerDraft(base: string, { status, body, version }: Answer): Draft {
  const headers: Record<string, string> = {};
  if (version !== undefined) {
    const { type, id, versionId, lastUpdated } = version;
    const address = `${base}/${type}/${id}/_history/${versionId}`;
    headers['ETag'] = etag(versionId);
    headers['Last-Modified'] = new Date(lastUpdated).toUTCString();
    if (body !== undefined) headers['Content-Location'] = address;
    if (status === 201) headers['Location'] = address;
  }
  if (body === undefined) return { status, headers, text: undefined };
  return { status, headers: { ...headers, ...JSON_HEADERS }, text: JSON.stringify(body) };
}

/** A refusal as an OperationOutcome. */
export function errorDraft({ status, outcome, headers }: FhirError): Draft {
  return { status, headers: { ...headers, ...JSON_HEADERS }, text: JSON.stringify(outcome) };
}

const JSON_HEADERS = { 'Content-Type': 'application/fhir+json; charset=utf-8' };

/** A page such as a proxy or a portal puts in the place of the answer. */
export const HTML_DRAFT: Draft = {
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  text: '<!doctype html><html><head><title>Gateway</title></head><body><h1>Please sign in to the network</h1></body></html>',
};

/** What is left of an answer when half of it, or all of its body, is lost on the way. */
export function lossyDraft(draft: Draft, kind: 'half' | 'empty'): Draft {
  if (draft.text === undefined) return draft;
  return { ...draft, text: kind === 'empty' ? '' : draft.text.slice(0, Math.floor(draft.text.length / 2)) };
}

export function toResponse({ status, headers, text }: Draft, requestId: string): Response {
  return new Response(text ?? null, { status, headers: { ...headers, 'X-Request-Id': requestId } });
}

/** The refusal of a status fault; inside a batch also that of a fault that loses whole answers. */
export function faultError(fault: LostAnswer): FhirError {
  if (fault.kind !== 'status')
    return new FhirError(502, [issue('transient', `The answer was lost (${fault.kind})`)]);
  const { status, retryAfterSeconds } = fault;
  return new FhirError(
    status,
    [issue(ISSUE_CODES[status] ?? 'exception', `Fault ${status}, as was asked for`)],
    {
      ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
      ...(status === 401 ? UNAUTHORIZED_HEADERS : {}),
    },
  );
}

export const UNAUTHORIZED_HEADERS = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };

const ISSUE_CODES: Readonly<Record<number, OperationOutcomeIssue['code']>> = {
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'deleted',
  412: 'conflict',
  429: 'throttled',
  502: 'transient',
  503: 'transient',
  504: 'timeout',
};
