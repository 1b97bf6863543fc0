import type { Patient } from 'fhir/r4';
import { IDENTIFIER_TYPE } from '#src/fhir/codes.ts';
import type { ClinicTime } from './clinic-time.ts';
import { contactDetails } from './contact-details.ts';
import { ORIGINS, RARE_NAMES } from './names.ts';
import { patientId, type Person } from './person.ts';
import type { Random } from './random.ts';
import { toOrganization } from './references.ts';

const MRN_SYSTEM = 'https://harborrow.example/mrn';
const INTERPRETER = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

/** The record of one patient: who they are and how they are reached. */
export function patientRecord(person: Person, time: ClinicTime): Patient {
  const identity = identityOf(person);
  const inactive = isInactive(person);
  return {
    resourceType: 'Patient',
    id: patientId(person),
    identifier: identifiers(person),
    active: !inactive,
    name: identity.name,
    ...(identity.gender === undefined ? {} : { gender: identity.gender }),
    birthDate: birthDate(person, time),
    ...contactDetails(person, identity.family),
    ...deceased(person, time),
    ...spokenLanguage(identity.language, person.random('interpreter')),
    managingOrganization: toOrganization(),
  };
}

interface Identity {
  readonly name: NonNullable<Patient['name']>;
  readonly family: string;
  readonly gender: Patient['gender'];
  readonly language: readonly [code: string, display: string];
}

const ENGLISH = ['en', 'English'] as const;

function identityOf(person: Person): Identity {
  const random = person.random('name');
  const rare = RARE_NAMES.get(person.place);
  const origin = random.weighted(ORIGINS.map((one) => [one.weight, one] as const));
  const woman = rare === undefined ? random.chance(0.62) : rare.gender === 'female';
  const family = rare?.family ?? random.pick(origin.families);
  const given = rare === undefined ? [random.pick(woman ? origin.women : origin.men)] : rare.given;
  const speaksOther = origin.language !== undefined && random.chance(origin.language[2]);
  const language =
    speaksOther && origin.language ? ([origin.language[0], origin.language[1]] as const) : ENGLISH;
  const middle =
    rare === undefined && random.chance(0.15)
      ? [random.pick(origin.families).charAt(0).toUpperCase() + '.']
      : [];
  return {
    name: [
      { use: 'official', family, ...(given && { given: [...given, ...middle] }) },
      ...otherNames(woman, rare === undefined ? (given?.[0] ?? '') : '', random),
    ],
    family,
    gender: recordedGender(woman, random),
    language: rare === undefined ? language : (rare.language ?? ENGLISH),
  };
}

const NICKNAMES: Readonly<Record<string, string>> = {
  Charlotte: 'Lottie',
  Dorothy: 'Dot',
  Harriet: 'Hattie',
  Theodore: 'Ted',
  Leonard: 'Len',
  Guadalupe: 'Lupe',
  'María José': 'Majo',
  Agnieszka: 'Aga',
  Tomasz: 'Tomek',
  Abdirahman: 'Abdi',
  Folasade: 'Sade',
  Chukwuemeka: 'Emeka',
  Panagiotis: 'Panos',
  'Jean-Baptiste': 'JB',
};

function otherNames(woman: boolean, given: string, random: Random): NonNullable<Patient['name']> {
  const nickname = NICKNAMES[given];
  const usual = random.chance(0.7) ? nickname : undefined;
  const maiden = woman && random.chance(0.12) ? random.pick(random.pick(ORIGINS).families) : undefined;
  return [
    ...(usual === undefined ? [] : [{ use: 'usual' as const, given: [usual] }]),
    ...(maiden === undefined ? [] : [{ use: 'maiden' as const, family: maiden }]),
  ];
}

function recordedGender(woman: boolean, random: Random): Patient['gender'] {
  return random.weighted([
    [94, woman ? 'female' : 'male'],
    [2, 'other'],
    [2, 'unknown'],
    [2, undefined],
  ] as const);
}

/** The record number of the patient with a number: unique, and in no order that a reader could follow. */
export function recordNumber(number: number): string {
  const index = number - 1;
  // 7919 shares no factor with 10,000: each ten thousand patients use each four digits once.
  const digits = String((index * 7919 + 4718) % 10_000).padStart(4, '0');
  return `${10 + Math.floor(index / 10_000)}-${digits}`;
}

/** Some people carry numbers that no screen may show. */
function identifiers(person: Person): NonNullable<Patient['identifier']> {
  const random = person.random('identifier');
  const [ssn, passport] = [random.chance(0.2), random.chance(0.06)];
  const typed = (code: string, display: string, system: string, value: string) => ({
    type: { coding: [{ system: IDENTIFIER_TYPE, code, display }] },
    system,
    value,
  });
  const mrn = typed('MR', 'Medical record number', MRN_SYSTEM, recordNumber(person.number));
  // Numbers that begin with 999 are never issued.
  const ssnValue = `999-${random.whole(10, 99)}-${random.whole(1000, 9999)}`;
  const passportValue = `X${random.whole(10_000_000, 99_999_999)}`;
  return [
    { use: 'usual', ...mrn },
    ...(ssn ? [typed('SS', 'Social Security number', 'http://hl7.org/fhir/sid/us-ssn', ssnValue)] : []),
    ...(passport
      ? [typed('PPN', 'Passport number', 'http://hl7.org/fhir/sid/passport-USA', passportValue)]
      : []),
  ];
}

function birthDate(person: Person, time: ClinicTime): string {
  const random = person.random('birth');
  const year =
    time.year -
    1 -
    random.weighted([
      [25, random.whole(18, 35)],
      [45, random.whole(36, 58)],
      [30, random.whole(59, 87)],
    ] as const);
  const month = two(random.whole(1, 12));
  const day = two(random.whole(1, 28));
  const known = random.weighted([
    [96, 'day'],
    [2, 'month'],
    [2, 'year'],
  ] as const);
  if (known === 'year') return String(year);
  return known === 'month' ? `${year}-${month}` : `${year}-${month}-${day}`;
}

/** The day and the way a death is recorded; nothing for the living. */
function deceased(person: Person, time: ClinicTime): Pick<Patient, 'deceasedBoolean' | 'deceasedDateTime'> {
  const { story } = person;
  const died =
    (story.phase === 'none' && story.because === 'deceased') ||
    (story.phase === 'ended' && story.how === 'deceased');
  if (!died) return {};
  const random = person.random('death');
  return random.chance(0.4)
    ? { deceasedBoolean: true }
    : { deceasedDateTime: time.date(-random.whole(3, 30)) };
}

function isInactive({ story }: Person): boolean {
  return (
    (story.phase === 'none' && story.because === 'inactive') ||
    (story.phase === 'ended' && story.how === 'inactive')
  );
}

function spokenLanguage(
  [code, display]: readonly [string, string],
  random: Random,
): Pick<Patient, 'communication' | 'extension'> {
  const interpreter = code !== 'en' && random.chance(0.4);
  return {
    ...(interpreter && { extension: [{ url: INTERPRETER, valueBoolean: true }] }),
    communication: [
      {
        language: { coding: [{ system: 'urn:ietf:bcp:47', code, display }], text: display },
        preferred: true,
      },
    ],
  };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
