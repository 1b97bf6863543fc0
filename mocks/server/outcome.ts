import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';

/** A refusal: the HTTP status, the issues of the OperationOutcome that explains it, and headers that belong to it. */
export class FhirError extends Error {
  override readonly name = 'FhirError';
  readonly status: number;
  readonly issues: readonly OperationOutcomeIssue[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    issues: readonly OperationOutcomeIssue[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(issues[0]?.diagnostics ?? `HTTP ${status}`);
    this.status = status;
    this.issues = issues;
    this.headers = headers;
  }

  get outcome(): OperationOutcome {
    return { resourceType: 'OperationOutcome', issue: [...this.issues] };
  }
}

/** One issue of severity error; `expression` is the FHIRPath of the element, or the name of the search parameter. */
export function issue(
  code: OperationOutcomeIssue['code'],
  diagnostics: string,
  expression?: string,
): OperationOutcomeIssue {
  return {
    severity: 'error',
    code,
    details: { text: diagnostics },
    diagnostics,
    ...(expression === undefined ? {} : { expression: [expression] }),
  };
}

/** 400: the request or the resource in it cannot be understood. */
export function invalid(diagnostics: string, expression?: string): FhirError {
  return new FhirError(400, [issue('invalid', diagnostics, expression)]);
}

/** 400: understood, and deliberately not supported. */
export function notSupported(diagnostics: string, expression?: string): FhirError {
  return new FhirError(400, [issue('not-supported', diagnostics, expression)]);
}

/** 404: no such resource, version or resource type. */
export function notFound(diagnostics: string): FhirError {
  return new FhirError(404, [issue('not-found', diagnostics)]);
}

/** 410: it was there and has been deleted. */
export function gone(diagnostics: string): FhirError {
  return new FhirError(410, [issue('deleted', diagnostics)]);
}

/** 409: the write would leave a reference that leads nowhere. */
export function brokenReference(diagnostics: string, expression?: string): FhirError {
  return new FhirError(409, [issue('conflict', diagnostics, expression)]);
}

/** 412: a conditional create finds more than one. */
export function preconditionFailed(diagnostics: string): FhirError {
  return new FhirError(412, [issue('multiple-matches', diagnostics)]);
}

/** 412, or 409 on some servers: somebody else has written in the meantime. */
export function versionConflict(status: 409 | 412, diagnostics: string): FhirError {
  return new FhirError(status, [issue('conflict', diagnostics)]);
}

/** 403: the role of the signed-in person does not allow it. */
export function forbidden(diagnostics: string): FhirError {
  return new FhirError(403, [issue('forbidden', diagnostics)]);
}
