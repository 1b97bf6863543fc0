/** The one error of the FHIR client, and the reading of an OperationOutcome. */
import * as z from 'zod/mini';

export type FhirErrorKind =
  /** No answer: offline, server down, or refused by CORS. */
  | 'unreachable'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  /** The record was changed by somebody else, or more than one matched a conditional create. */
  | 'conflict'
  | 'invalid'
  | 'throttled'
  | 'server'
  /** An answer that is not the FHIR that was asked for. */
  | 'unreadable'
  /** A `next` link that leads away from the FHIR server. */
  | 'refused-link'
  /** Not sent, since an earlier entry of the same series of writes failed. */
  | 'not-sent';

export interface FhirIssue {
  readonly severity: string;
  readonly code: string;
  /** What the server says, in its words; it may repeat what was entered. */
  readonly text: string;
  /** The elements that it is about, as FHIRPath: `Patient.birthDate`. */
  readonly expression: readonly string[];
}

export interface FhirErrorDetails {
  readonly method: string;
  /** Below the FHIR base, without the query. */
  readonly path: string;
  /** What to say instead of the kind's own sentence. */
  readonly sentence?: string | undefined;
  readonly status?: number | undefined;
  readonly issues?: readonly FhirIssue[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

const SENTENCES: Readonly<Record<FhirErrorKind, string>> = {
  unreachable: 'The server cannot be reached',
  unauthenticated: 'The sign-in has expired',
  forbidden: 'The server does not allow this',
  'not-found': 'The server has no such record',
  gone: 'The record was deleted',
  conflict: 'The record was changed in the meantime',
  invalid: 'The server rejected the request',
  throttled: 'The server has too many requests',
  server: 'The server failed',
  unreadable: 'The answer of the server cannot be read',
  'refused-link': 'The server’s link to the next page leads elsewhere',
  'not-sent': 'Not sent, since something before it failed',
};

/** Its message holds neither what was searched for nor what the server said: it may be logged. */
export class FhirError extends Error {
  override readonly name = 'FhirError';
  readonly kind: FhirErrorKind;
  /** Of the HTTP answer or of the batch entry; undefined where there was none. */
  readonly status: number | undefined;
  readonly issues: readonly FhirIssue[];
  /** What the server's operator finds the request by, where the server tells it. */
  readonly requestId: string | undefined;
  readonly method: string;
  readonly path: string;
  /** How long the server asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: FhirErrorKind, details: FhirErrorDetails) {
    const { method, path, status } = details;
    const request = `${method} ${path}`.trim();
    super(
      `${details.sentence ?? SENTENCES[kind]} (${status === undefined ? '' : `${status}, `}${request})`,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.kind = kind;
    this.status = status;
    this.issues = details.issues ?? [];
    this.requestId = details.requestId;
    this.method = method;
    this.path = path;
    this.retryAfterMs = details.retryAfterMs;
  }

  /** Whether the same request may succeed later. Says nothing on whether a write without an answer was stored. */
  get retryable(): boolean {
    return (
      this.status !== 501 &&
      ['unreachable', 'throttled', 'server', 'unreadable', 'not-sent'].includes(this.kind)
    );
  }
}

const KINDS: Readonly<Record<number, FhirErrorKind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  // A proxy gave up waiting for the request.
  408: 'server',
  409: 'conflict',
  410: 'gone',
  412: 'conflict',
  429: 'throttled',
};

/** The kind of a status that is no success. */
export function errorKind(status: number): FhirErrorKind {
  return KINDS[status] ?? (status >= 500 ? 'server' : status >= 400 ? 'invalid' : 'unreadable');
}

const text = z.catch(z.optional(z.string()), undefined);

const outcomeSchema = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.object({
      severity: text,
      code: text,
      details: z.catch(z.optional(z.object({ text })), undefined),
      diagnostics: text,
      expression: z.catch(z.optional(z.array(z.string())), undefined),
    }),
  ),
});

/** The issues of an OperationOutcome; none where the body is something else, or damaged. */
export function readIssues(body: unknown): readonly FhirIssue[] {
  const outcome = outcomeSchema.safeParse(body).data;
  return (outcome?.issue ?? []).map(({ severity = 'error', code = 'unknown', ...issue }) => ({
    severity,
    code,
    text: issue.details?.text ?? issue.diagnostics ?? code,
    expression: issue.expression ?? [],
  }));
}
