import { expect, test } from 'vitest';
import { codeFlow } from './identity/code-flow.ts';
import { createMockFetch } from './node.ts';

const OPTIONS = { patients: 6, today: Temporal.PlainDate.from('2026-11-23') };

test('signs in and reads without a port', async () => {
  const { fetch, fhirBase, issuer } = createMockFetch(OPTIONS);
  const { access_token: token } = await codeFlow(fetch, issuer).signIn('osei');
  const response = await fetch(`${fhirBase}/Patient`, { headers: { authorization: `Bearer ${token}` } });
  expect([response.status, (await response.json()).entry.length]).toEqual([200, 6]);
});

test('fails as a network does', async () => {
  const { fetch, fhirBase, clinic } = createMockFetch(OPTIONS);
  clinic.faults.scenario = 'offline';
  await expect(fetch(`${fhirBase}/metadata`)).rejects.toThrow(TypeError);
});

test('an aborted request is aborted', async () => {
  const { fetch, fhirBase } = createMockFetch(OPTIONS);
  const abort = new AbortController();
  const answer = fetch(`${fhirBase}/metadata`, { signal: abort.signal });
  abort.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
});

test('reaches nobody else', async () => {
  const { fetch } = createMockFetch(OPTIONS);
  expect((await fetch('https://elsewhere.example/')).status).toBe(404);
});
