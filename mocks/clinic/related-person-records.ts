import type { Reference, RelatedPerson } from 'fhir/r4';
import { phone } from './contact-details.ts';
import { ORIGINS } from './names.ts';
import { recordId, type Person } from './person.ts';
import { toPatient } from './references.ts';

/** Relationships with their codes of v3-RoleCode, by how often they are the one who drives. */
const RELATIONSHIPS: readonly (readonly [weight: number, relationship: readonly [string, string, string]])[] =
  [
    [5, ['SPS', 'spouse', 'Spouse']],
    [3, ['DAU', 'natural daughter', 'Daughter']],
    [2, ['SON', 'natural son', 'Son']],
    [2, ['SIS', 'sister', 'Sister']],
    [2, ['BRO', 'brother', 'Brother']],
    [3, ['FRND', 'unrelated friend', 'Friend']],
    [2, ['NBOR', 'neighbor', 'Neighbour']],
  ];

/** Whether somebody is named who takes the patient home; for some the desk has not asked yet. */
export function hasRideHome(person: Person): boolean {
  return person.story.phase !== 'none' && person.random('ride-home').chance(0.93);
}

/** Who takes the patient home, as sessions point at them. */
export function toRideHome(person: Person): Reference {
  return { reference: `RelatedPerson/${rideHomeId(person)}` };
}

/** Who takes a patient with a course home after an infusion. The name and the number are made up. */
export function relatedPersonRecords(person: Person): RelatedPerson[] {
  if (!hasRideHome(person)) return [];
  const random = person.random('ride-home-person');
  const origin = random.pick(ORIGINS);
  const [code, display, text] = random.weighted(RELATIONSHIPS);
  const family = random.pick(origin.families);
  const woman = code === 'DAU' || code === 'SIS' || (code !== 'SON' && code !== 'BRO' && random.chance(0.5));
  const given = random.pick(woman ? origin.women : origin.men);
  return [
    {
      resourceType: 'RelatedPerson',
      id: rideHomeId(person),
      active: true,
      patient: toPatient(person),
      relationship: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code, display }], text },
      ],
      name: [{ use: 'official', family, given: [given] }],
      telecom: [{ system: 'phone', value: phone(random), use: 'mobile' }],
    },
  ];
}

function rideHomeId(person: Person): string {
  return recordId('ride-home', person);
}
