import { describe, expect, test } from 'vitest';
import { FhirError, type FhirErrorKind } from './error.ts';
import { explainFailure } from './explain.ts';

const AT = '13:05';

function explain(kind: FhirErrorKind, details: Partial<ConstructorParameters<typeof FhirError>[1]> = {}) {
  return explainFailure(new FhirError(kind, { method: 'GET', path: 'Patient', ...details }), AT);
}

describe('a failure is put into words', () => {
  test.each([
    ['unreachable', {}, 'The clinic system could not be reached at 13:05. Nothing was lost.', true],
    ['unauthenticated', { status: 401 }, 'Your sign-in has expired. Sign in again to go on.', true],
    [
      'forbidden',
      { status: 403, requestId: 'r-1' },
      'The clinic system does not let you read this (403). Ask whoever manages its accounts. Request r-1.',
      false,
    ],
    ['not-found', { status: 404 }, 'The clinic system has no such record. The link may be wrong.', false],
    ['gone', { status: 410 }, 'The record was deleted from the clinic system.', false],
    [
      'throttled',
      { status: 429 },
      'The clinic system has too many requests (429) at 13:05. Wait a moment.',
      true,
    ],
    ['server', { status: 500 }, 'The clinic system answered 500 at 13:05. Nothing was lost.', true],
    [
      'server',
      { status: 503, requestId: 'r-2' },
      'The clinic system answered 503 at 13:05. Nothing was lost. Request r-2.',
      true,
    ],
    ['server', {}, 'The clinic system did not answer at 13:05. Nothing was lost.', true],
    [
      'unreadable',
      { status: 200 },
      'The answer of the clinic system at 13:05 was not a FHIR answer. Nothing was lost.',
      true,
    ],
    [
      'refused-link',
      {},
      'The clinic system’s link to the next page leads elsewhere, so it was not followed. Ask whoever manages it.',
      false,
    ],
    ['invalid', { status: 400 }, 'The clinic system refused the question: it answered 400.', false],
  ] as const)('%s', (kind, details, detail, retry) => {
    expect(explain(kind, details)).toEqual({ detail, retry });
  });

  test('with the server’s own, where the question was refused', () => {
    const issue = { severity: 'error', code: 'invalid', text: 'Unknown parameter nome', expression: [] };
    expect(explain('invalid', { status: 400, issues: [issue, { ...issue, text: 'Other' }] }).detail).toBe(
      'The clinic system refused the question: Unknown parameter nome.',
    );
  });

  test.each([new TypeError('cannot read x of undefined at 12'), 'text', undefined, { status: 500 }])(
    'without what a program says of itself: %s',
    (error) => {
      expect(explainFailure(error, AT)).toEqual({
        detail: 'Something unexpected went wrong. Nothing was lost.',
        retry: true,
      });
    },
  );

  test('that says to try again wherever the client thinks so', () => {
    const kinds: readonly FhirErrorKind[] = ['unreachable', 'throttled', 'server', 'unreadable'];
    for (const kind of kinds) expect(explain(kind).retry).toBe(true);
  });
});
