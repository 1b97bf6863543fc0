import { expect, test } from 'vitest';
import { createMachineAccess } from './machine-access.ts';

const FHIR_BASE = 'https://clinic.test/fhir/R4';
const TOKENS = 'https://clinic.test/mock/token';

function access() {
  let now = Temporal.Instant.from('2026-11-23T12:00:00Z');
  const machines = createMachineAccess({ fhirBase: FHIR_BASE, tokenEndpoint: TOKENS, now: () => now });
  const ask = async (grant: string) => {
    const body = new URLSearchParams({ grant_type: grant });
    const answer = await machines.answer(new Request(TOKENS, { method: 'POST', body }));
    return answer ?? Response.error();
  };
  return { machines, ask, later: (seconds: number) => (now = now.add({ seconds })) };
}

test('the smart-configuration says that a machine needs no secret', async () => {
  const answer = await access().machines.answer(new Request(`${FHIR_BASE}/.well-known/smart-configuration`));
  expect(await answer?.json()).toMatchObject({
    token_endpoint: TOKENS,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['none'],
  });
});

test('a token is good for five minutes, and a made-up one for none', async () => {
  const { machines, ask, later } = access();
  const { access_token: token } = await (await ask('client_credentials')).json();
  expect(machines.actorOf(token)?.role).toBe('machine');
  expect(machines.actorOf('made-up')).toBeUndefined();
  later(301);
  expect(machines.actorOf(token)).toBeUndefined();
});

test('nobody else gets one here, and other addresses are not its', async () => {
  const { machines, ask } = access();
  expect((await ask('password')).status).toBe(400);
  expect(machines.answer(new Request(`${FHIR_BASE}/Patient`))).toBeUndefined();
});
