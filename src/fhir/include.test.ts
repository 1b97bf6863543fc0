import { describe, expect, test } from 'vitest';
import { BASE } from './fake-fetch.ts';
import { includedIds } from './include.ts';

const appointment = {
  resourceType: 'Appointment',
  id: 'a',
  supportingInformation: [{ reference: 'CarePlan/c' }, { display: 'nothing but text' }],
  participant: [
    { actor: { reference: 'Patient/p' } },
    { actor: { reference: 'Practitioner/n' } },
    { actor: { reference: 'Location/chair' } },
    { status: 'accepted' },
  ],
};
const task = {
  resourceType: 'Task',
  id: 't',
  for: { reference: 'Patient/p2' },
  focus: { reference: 'Appointment/a' },
  basedOn: [{ reference: 'CarePlan/c' }, { reference: 'CarePlan/c' }],
};

describe('what an include asks for', () => {
  test.each([
    [['Appointment:patient'], { Patient: ['p'] }],
    [['Appointment:practitioner'], { Practitioner: ['n'] }],
    [['Appointment:supporting-info'], { CarePlan: ['c'] }],
    [['Task:patient', 'Appointment:patient'], { Patient: ['p2', 'p'] }],
    [['Task:based-on', 'Task:focus'], { CarePlan: ['c'], Appointment: ['a'] }],
    [['Task:focus:Appointment'], { Appointment: ['a'] }],
    [['Task:focus:Encounter'], {}],
    [['Task:encounter'], {}],
  ])('%j', (includes, expected) => {
    const ids = includedIds([appointment, task], includes, BASE);
    expect(Object.fromEntries([...ids].map(([type, set]) => [type, [...set]]))).toEqual(expected);
  });

  test.each([
    ['Patient/p', ['p']],
    ['Patient/p/_history/3', ['p']],
    [`${BASE}/Patient/p`, ['p']],
    ['https://elsewhere.example/fhir/Patient/p', []],
    ['#contained', []],
    ['urn:uuid:0b7c', []],
    [7, []],
  ])('the reference %j', (reference, expected) => {
    const encounter = { resourceType: 'Encounter', subject: { reference } };
    const ids = includedIds([encounter], ['Encounter:patient'], BASE);
    expect([...(ids.get('Patient') ?? [])]).toEqual(expected);
  });

  test('a parameter that is not known is a mistake in the code', () => {
    expect(() => includedIds([], ['Observation:device'], BASE)).toThrow('_include=Observation:device');
  });
});
