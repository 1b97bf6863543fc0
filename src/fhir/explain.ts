import { FhirError } from './error.ts';

/** What a person is told when something could not be read: what happened, and what can be done. */
export interface Explanation {
  readonly detail: string;
  /** Whether trying again may help; otherwise somebody else has to act. */
  readonly retry: boolean;
}

/** Puts a failed read into words. `at` is the clinic's time of the failure, as shown on screen. */
export function explainFailure(error: unknown, at: string): Explanation {
  if (!(error instanceof FhirError))
    return { detail: 'Something unexpected went wrong. Nothing was lost.', retry: true };
  const answered = error.status === undefined ? 'did not answer' : `answered ${error.status}`;
  const reference = error.requestId === undefined ? '' : ` Request ${error.requestId}.`;
  switch (error.kind) {
    case 'unreachable':
      return { detail: `The clinic system could not be reached at ${at}. Nothing was lost.`, retry: true };
    case 'forbidden':
      return {
        detail: `The clinic system does not let you read this (403). Ask whoever manages its accounts.${reference}`,
        retry: false,
      };
    case 'unauthenticated':
      return { detail: 'Your sign-in has expired. Sign in again to go on.', retry: true };
    case 'not-found':
      return { detail: 'The clinic system has no such record. The link may be wrong.', retry: false };
    case 'gone':
      return { detail: 'The record was deleted from the clinic system.', retry: false };
    case 'throttled':
      return {
        detail: `The clinic system has too many requests (429) at ${at}. Wait a moment.`,
        retry: true,
      };
    case 'invalid':
      return {
        detail: `The clinic system refused the question: ${issueText(error)}.${reference}`,
        retry: false,
      };
    case 'unreadable':
      return {
        detail: `The answer of the clinic system at ${at} was not a FHIR answer. Nothing was lost.${reference}`,
        retry: true,
      };
    case 'refused-link':
      return {
        detail: `The clinic system’s link to the next page leads elsewhere, so it was not followed. Ask whoever manages it.${reference}`,
        retry: false,
      };
    default:
      return { detail: `The clinic system ${answered} at ${at}. Nothing was lost.${reference}`, retry: true };
  }
}

function issueText(error: FhirError): string {
  return error.issues[0]?.text ?? `it answered ${error.status ?? 'nothing'}`;
}
