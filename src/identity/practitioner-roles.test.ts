import { describe, expect, test } from 'vitest';
import { fakeServer, json, lostConnection, outcome, searchset } from '#src/fhir/fake-fetch.ts';
import { readPractitionerRoles } from './practitioner-roles.ts';

const ROLES = 'urn:roles';

function role(id: string, ...code: readonly object[]) {
  return { resourceType: 'PractitionerRole', id, code };
}

const read = (...replies: readonly (Response | Error)[]) => {
  const server = fakeServer(replies);
  return { server, codes: readPractitionerRoles(server.client, 'Practitioner/ruiz') };
};

describe('the roles of a person', () => {
  test('are asked for among those in force', async () => {
    const { server, codes } = read(json(searchset([])));
    expect(await codes).toEqual([]);
    expect(server.asked()).toEqual([
      'GET PractitionerRole?practitioner=Practitioner/ruiz&active=true&_count=50',
    ]);
  });

  test('are every code of every role', async () => {
    const { codes } = read(
      json(
        searchset([
          role('1', { coding: [{ system: ROLES, code: 'nurse' }, { code: 'charge' }] }, { text: 'Nurse' }),
          role('2', { coding: [{ system: ROLES, code: 'manager' }] }),
          role('3'),
        ]),
      ),
    );
    expect(await codes).toEqual([`${ROLES}|nurse`, '|charge', `${ROLES}|manager`]);
  });

  test('are those that can be read, though one is damaged', async () => {
    const broken = { resourceType: 'PractitionerRole', id: '1', code: 'manager' };
    const { codes } = read(
      json(searchset([broken, role('2', { coding: [{ system: ROLES, code: 'nurse' }] })])),
    );
    expect(await codes).toEqual([`${ROLES}|nurse`]);
  });

  test.each([403, 404, 400])('are none where the server does not tell them: %i', async (status) => {
    const { codes } = read(json(outcome('No'), status));
    expect(await codes).toEqual([]);
  });

  test.each([
    [500, 'server'],
    [429, 'throttled'],
    [401, 'unauthenticated'],
  ])('are not said to be none where asking or signing in again may help: %i', async (status, kind) => {
    const replies = Array.from({ length: 9 }, () => json(outcome('Later'), status));
    await expect(read(...replies).codes).rejects.toMatchObject({ kind });
  });

  test('are not said to be none where the server cannot be reached', async () => {
    await expect(read(...Array.from({ length: 9 }, lostConnection)).codes).rejects.toMatchObject({
      kind: 'unreachable',
    });
  });
});
