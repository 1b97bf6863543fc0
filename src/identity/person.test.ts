import { describe, expect, test } from 'vitest';

import { type Claims, fhirUserFrom, nameFrom, roleFrom } from './person.ts';

const ROLES = {
  nurse: ['nurse', 'http://codes.example|rn'],
  administrator: ['desk'],
  manager: ['boss'],
  clinician: ['http://codes.example|md'],
};
const NONE = { role: undefined, roleSource: 'none' };
const byClaim = (role: string) => ({ role, roleSource: 'claim' });
const byRecord = (role: string) => ({ role, roleSource: 'practitioner-role' });

describe('role', () => {
  test.each<
    [name: string, claims: Record<string, unknown>, roleClaim: string | undefined, codes: string[], object]
  >([
    ['the claim', { role: 'desk' }, 'role', [], byClaim('administrator')],
    ['one of the claim’s values', { role: ['x', 'nurse'] }, 'role', [], byClaim('nurse')],
    [
      'a claim within claims',
      { realm_access: { roles: ['boss'] } },
      'realm_access.roles',
      [],
      byClaim('manager'),
    ],
    [
      'a claim named by a URI',
      { 'https://c.example/role': 'desk' },
      'https://c.example/role',
      [],
      byClaim('administrator'),
    ],
    ['of several, care before the desk', { role: ['boss', 'desk', 'nurse'] }, 'role', [], byClaim('nurse')],
    ['the claim before the record', { role: 'desk' }, 'role', ['s|nurse'], byClaim('administrator')],
    ['the record, where the claim says nothing', { role: 'x' }, 'role', ['s|nurse'], byRecord('nurse')],
    ['the record, where no claim is configured', { role: 'desk' }, undefined, ['s|nurse'], byRecord('nurse')],
    ['a code of a named system', {}, 'role', ['http://codes.example|md'], byRecord('clinician')],
    ['not that code of another system', {}, 'role', ['http://other.example|md'], NONE],
    ['not a claim for a part of a value', { role: 'nurse practitioner' }, 'role', [], NONE],
    ['not a claim that is no text', { role: { nurse: true } }, 'role', [], NONE],
    ['not what every object inherits', {}, 'constructor.name', [], NONE],
    ['nothing', {}, 'role', [], NONE],
  ])('%s', (_name, claims, roleClaim, codes, expected) => {
    const config = roleClaim === undefined ? { roles: ROLES } : { roles: ROLES, roleClaim };
    expect(roleFrom({ sub: 'x', ...claims }, config, codes)).toEqual(expected);
  });
});

test.each([
  ['Practitioner/ruiz', 'Practitioner/ruiz'],
  ['https://fhir.example/R4/Practitioner/ruiz', 'Practitioner/ruiz'],
  ['https://other.example/R4/Practitioner/ruiz', undefined],
  ['https://fhir.example/R4.evil/Practitioner/ruiz', undefined],
  ['Patient/ruiz', undefined],
  ['Practitioner/ruiz?x=1', undefined],
  ['Practitioner/../Patient/1', undefined],
  [7, undefined],
  [undefined, undefined],
])('fhirUser %s is %s', (fhirUser, reference) => {
  expect(fhirUserFrom({ sub: 'x', fhirUser }, 'https://fhir.example/R4')).toBe(reference);
});

test.each<[Claims, string]>([
  [{ sub: 'x', name: ' Maribel Ruiz RN ', given_name: 'M' }, 'Maribel Ruiz RN'],
  [{ sub: 'x', name: '', given_name: 'Maribel', family_name: 'Ruiz' }, 'Maribel Ruiz'],
  [{ sub: 'x', family_name: 'Ruiz' }, 'Ruiz'],
  [{ sub: 'x', name: 7, preferred_username: 'mruiz' }, 'mruiz'],
  [{ sub: 'x' }, 'x'],
])('%j is called %s', (claims, name) => {
  expect(nameFrom(claims)).toBe(name);
});
