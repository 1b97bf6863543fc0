import { describe, expect, test } from 'vitest';
import { errorKind, FhirError, readIssues } from './error.ts';

describe('the kind of a status', () => {
  test.each([
    [302, 'unreadable', true],
    [400, 'invalid', false],
    [401, 'unauthenticated', false],
    [403, 'forbidden', false],
    [404, 'not-found', false],
    [408, 'server', true],
    [409, 'conflict', false],
    [410, 'gone', false],
    [412, 'conflict', false],
    [422, 'invalid', false],
    [429, 'throttled', true],
    [500, 'server', true],
    [501, 'server', false],
    [503, 'server', true],
  ] as const)('%i is %s, trying again: %s', (status, kind, retryable) => {
    const error = new FhirError(errorKind(status), { method: 'GET', path: 'Patient', status });
    expect(error).toMatchObject({ kind, retryable, status });
  });
});

test('the message tells what failed, never what the server said', () => {
  const error = new FhirError('invalid', {
    method: 'POST',
    path: 'Patient/_search',
    status: 400,
    issues: [{ severity: 'error', code: 'invalid', text: 'name=Okafor', expression: [] }],
  });
  expect(error.message).toBe('The server rejected the request (400, POST Patient/_search)');
});

describe('issues', () => {
  test('carry severity, code, text and the elements they are about', () => {
    const issue = {
      severity: 'error',
      code: 'value',
      details: { text: 'No date' },
      expression: ['Patient.birthDate'],
    };
    expect(readIssues({ resourceType: 'OperationOutcome', issue: [issue] })).toEqual([
      { severity: 'error', code: 'value', text: 'No date', expression: ['Patient.birthDate'] },
    ]);
  });

  test.each([
    ['diagnostics, where there is no text', { code: 'value', diagnostics: 'why' }, 'why'],
    ['the code, where there is nothing else', { code: 'value' }, 'value'],
    ['something, where there is nothing', {}, 'unknown'],
    [
      'what can be read, where the rest is damaged',
      { code: 1, diagnostics: 'why', expression: 'x', details: 3 },
      'why',
    ],
  ])('say %s', (_, issue, text) => {
    expect(readIssues({ resourceType: 'OperationOutcome', issue: [issue] })).toMatchObject([
      { text, expression: [] },
    ]);
  });

  test.each([
    undefined,
    'Bad Gateway',
    { resourceType: 'Patient' },
    { resourceType: 'OperationOutcome', issue: {} },
  ])('are none in %j', (body) => {
    expect(readIssues(body)).toEqual([]);
  });
});
