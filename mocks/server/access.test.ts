import { describe, expect, test } from 'vitest';
import { accessTo, type Access, type Actor } from './access.ts';
import { EXAMPLES, example } from './example-records.ts';
import { bundleOf, outcomeOf, testServer, type TestServer } from './server-fixture.ts';
import { RESOURCE_TYPES, type ResourceType } from './supported-types.ts';

function person(role: Actor['role']): Actor {
  return { reference: 'Practitioner/ruiz', display: 'Maribel Ruiz', role };
}

function clinicFor(role: Actor['role']): TestServer {
  return testServer(Object.values(EXAMPLES), person(role));
}

test.each<[ResourceType, nurse: Access, administrator: Access, manager: Access, clinician: Access]>([
  ['Patient', 'read', 'write', 'read', 'write'],
  ['RelatedPerson', 'write', 'write', 'read', 'write'],
  ['Practitioner', 'read', 'read', 'read', 'read'],
  ['PractitionerRole', 'read', 'read', 'read', 'read'],
  ['Organization', 'read', 'read', 'read', 'read'],
  ['Location', 'read', 'write', 'read', 'write'],
  ['Appointment', 'write', 'write', 'read', 'write'],
  ['Encounter', 'write', 'read', 'read', 'write'],
  ['CarePlan', 'write', 'read', 'read', 'write'],
  ['Task', 'write', 'write', 'read', 'write'],
  ['Communication', 'write', 'write', 'read', 'write'],
  ['Condition', 'write', 'read', 'read', 'write'],
  ['AllergyIntolerance', 'write', 'read', 'read', 'write'],
  ['Observation', 'write', 'read', 'read', 'write'],
  ['MedicationRequest', 'read', 'none', 'read', 'write'],
  ['MedicationAdministration', 'write', 'none', 'read', 'write'],
  ['MedicationStatement', 'write', 'read', 'read', 'write'],
  ['AdverseEvent', 'write', 'none', 'read', 'write'],
  ['Consent', 'write', 'write', 'read', 'write'],
  ['Composition', 'write', 'none', 'read', 'write'],
  ['Questionnaire', 'read', 'read', 'read', 'read'],
  ['QuestionnaireResponse', 'write', 'none', 'read', 'write'],
  ['Provenance', 'write', 'write', 'read', 'write'],
])(
  '%s: nurse %s, administrator %s, manager %s, clinician %s',
  async (type, nurse, administrator, manager, clinician) => {
    const expected = { nurse, administrator, manager, clinician };
    for (const role of ['nurse', 'administrator', 'manager', 'clinician'] as const) {
      expect({ role, access: accessTo(type, person(role)) }).toEqual({ role, access: expected[role] });
      const server = clinicFor(role);
      const { id } = EXAMPLES[type];
      const reads = expected[role] === 'none' ? 403 : 200;
      expect((await server.get(`${type}/${id}`)).status).toBe(reads);
      expect((await server.get(`${type}/${id}/_history`)).status).toBe(reads);
      expect((await server.get(type)).status).toBe(reads);
      const body = example(type, { id });
      const written = await server.send('PUT', `${type}/${id}`, { body, headers: { 'If-Match': 'W/"1"' } });
      expect(written.status).toBe(expected[role] === 'write' ? 200 : 403);
    }
  },
);

test('a refusal says what is missing', async () => {
  const answer = await clinicFor('administrator').get('MedicationRequest');
  expect(outcomeOf(answer).issue).toMatchObject([
    { code: 'forbidden', diagnostics: 'The role administrator may not read MedicationRequest' },
  ]);
});

test('what a role may not read does not come along as an include', async () => {
  const search = 'MedicationAdministration?_include=MedicationAdministration:request';
  expect(bundleOf(await clinicFor('nurse').get(search)).entry).toHaveLength(2);
  const asked = 'Provenance?_include=Provenance:target&_include=Provenance:agent';
  const server = testServer(
    [
      ...Object.values(EXAMPLES),
      example('Provenance', { id: 'signed', target: [{ reference: 'Composition/note' }] }),
    ],
    person('administrator'),
  );
  const types = bundleOf(await server.get(asked)).entry?.map(({ resource }) => resource?.resourceType);
  expect(types).toContain('Practitioner');
  expect(types).not.toContain('Composition');
});

describe('somebody without a role', () => {
  const colleague = [
    example('Practitioner', { id: 'abara' }),
    example('PractitionerRole', { id: 'abara-nurse', practitioner: { reference: 'Practitioner/abara' } }),
  ];
  const server = () => testServer([...Object.values(EXAMPLES), ...colleague], person(undefined));

  test.each(RESOURCE_TYPES.filter((type) => type !== 'Practitioner' && type !== 'PractitionerRole'))(
    'reads no %s',
    async (type) => {
      expect((await server().get(type)).status).toBe(403);
      expect((await server().get(`${type}/${EXAMPLES[type].id}`)).status).toBe(403);
    },
  );

  test('finds the own staff records and no others', async () => {
    expect(await server().ids('PractitionerRole?practitioner=Practitioner/ruiz')).toEqual(['ruiz-nurse']);
    expect(await server().ids('PractitionerRole?practitioner=Practitioner/abara')).toEqual([]);
    expect(await server().ids('Practitioner')).toEqual(['ruiz']);
    expect((await server().get('Practitioner/ruiz')).status).toBe(200);
    expect((await server().get('Practitioner/abara')).status).toBe(404);
    expect((await server().get('PractitionerRole/abara-nurse/_history')).status).toBe(404);
  });

  test('writes nothing', async () => {
    const answer = await server().send('POST', 'Practitioner', { body: example('Practitioner') });
    expect(answer.status).toBe(403);
  });
});

test('nobody: 401 for everything but what the server can do', async () => {
  const server = testServer(Object.values(EXAMPLES), null);
  for (const path of ['Patient', 'Patient/okafor', 'Spaceship', '']) {
    const answer = await server.send(path === '' ? 'POST' : 'GET', path, path === '' ? { body: {} } : {});
    expect(answer.status).toBe(401);
    expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
    expect(outcomeOf(answer).issue[0]?.code).toBe('login');
  }
  expect((await server.get('metadata')).status).toBe(200);
});
