import type { ContactPoint, Patient } from 'fhir/r4';
import { ORIGINS } from './names.ts';
import { patientId, type Person } from './person.ts';
import type { Random } from './random.ts';

const STREETS = [
  'Harbor Row',
  'Pier Street',
  'Lighthouse Road',
  'Saltmarsh Lane',
  'Ropewalk Avenue',
  'Old Quay',
  'Chandler Street',
  'Breakwater Drive',
  'Heron Court',
  'Mill Pond Road',
];
const TOWNS = [
  ['Easthaven', '00101'],
  ['Port Merrow', '00102'],
  ['Saltmarsh', '00103'],
  ['Gullsworth', '00104'],
  ['North Quay', '00105'],
] as const;
const RELATIONSHIPS = ['Spouse', 'Partner', 'Daughter', 'Son', 'Sister', 'Brother', 'Friend', 'Neighbour'];

/** How a patient is reached, where they live, and whom to call for them. Every number and address is fictitious. */
export function contactDetails(
  person: Person,
  family: string,
): Pick<Patient, 'telecom' | 'address' | 'contact'> {
  const random = person.random('contact');
  const telecom: ContactPoint[] = [];
  if (!random.chance(0.04)) telecom.push({ system: 'phone', value: phone(random), use: 'mobile', rank: 1 });
  if (telecom.length > 0 && random.chance(0.25)) {
    telecom.push({
      system: 'phone',
      value: phone(random),
      use: random.chance(0.7) ? 'home' : 'work',
      rank: 2,
    });
  }
  if (random.chance(0.7)) telecom.push({ system: 'email', value: `${patientId(person)}@example.org` });
  const [city, postalCode] = random.pick(TOWNS);
  const line = [`${random.whole(1, 240)} ${random.pick(STREETS)}`];
  if (random.chance(0.2)) line.push(`Apt ${random.whole(1, 40)}`);
  return {
    ...(telecom.length > 0 && { telecom }),
    address: [{ use: 'home', line, city, state: 'NY', postalCode, country: 'US' }],
    ...(random.chance(0.8) && { contact: [emergencyContact(family, random)] }),
  };
}

function emergencyContact(family: string, random: Random): NonNullable<Patient['contact']>[number] {
  const origin = random.pick(ORIGINS);
  return {
    relationship: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/v2-0131',
            code: 'C',
            display: 'Emergency Contact',
          },
        ],
        text: random.pick(RELATIONSHIPS),
      },
    ],
    name: { family, given: [random.pick(random.chance(0.5) ? origin.women : origin.men)] },
    telecom: [{ system: 'phone', value: phone(random), use: 'mobile' }],
  };
}

/** A number of the never-issued area code 555, in one of the ways in which front desks write them. */
export function phone(random: Random): string {
  const exchange = `01${random.whole(0, 9)}`;
  const line = String(random.whole(0, 9999)).padStart(4, '0');
  return random.weighted([
    [5, `(555) ${exchange}-${line}`],
    [3, `+1-555-${exchange}-${line}`],
    [2, `555${exchange}${line}`],
    [1, `+1 555 ${exchange} ${line}`],
  ] as const);
}
