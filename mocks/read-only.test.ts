import { expect, test } from 'vitest';
import { readOnly } from './read-only.ts';

const BASE = 'https://clinic.test/fhir/R4';

function bundle(...methods: readonly string[]): string {
  return JSON.stringify({ entry: methods.map((method) => ({ request: { method, url: 'Patient/a' } })) });
}

test.each([
  ['GET', '/Patient', undefined, true],
  ['HEAD', '/Patient/a', undefined, true],
  ['POST', '/Patient/_search', 'family=x', true],
  ['POST', '', bundle('GET', 'GET'), true],
  ['POST', '', bundle('GET', 'PUT'), false],
  ['POST', '', 'half a bund', false],
  ['POST', '/Patient', '{"resourceType":"Patient"}', false],
  ['PUT', '/Patient/a', '{}', false],
  ['DELETE', '/Patient/a', undefined, false],
])('%s %s %s: read only is %s', async (method, path, body, expected) => {
  const request = new Request(`${BASE}${path}`, { method, ...(body === undefined ? {} : { body }) });
  expect(await readOnly(request)).toBe(expected);
  expect(await request.text()).toBe(body ?? '');
});
