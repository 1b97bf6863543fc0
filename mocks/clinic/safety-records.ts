import type { AllergyIntolerance, CodeableConcept, Consent } from 'fhir/r4';
import {
  ALLERGY_CLINICAL,
  ALLERGY_VERIFICATION,
  CONSENT_SCOPE,
  LOINC,
  NO_KNOWN_ALLERGY,
  RXNORM,
} from '#src/fhir/codes.ts';
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { recordId, type Person } from './person.ts';
import type { Random } from './random.ts';
import { toOrganization, toPatient } from './references.ts';

const NONE_KNOWN: CodeableConcept = { coding: [NO_KNOWN_ALLERGY], text: NO_KNOWN_ALLERGY.display };

interface Allergen {
  readonly code: CodeableConcept;
  readonly category: 'medication' | 'environment';
  readonly reactions: readonly string[];
}

const ALLERGENS: readonly Allergen[] = [
  {
    code: { text: 'Penicillin' },
    category: 'medication',
    reactions: ['Rash', 'Hives', 'Swelling of the lips'],
  },
  { code: { text: 'Latex' }, category: 'environment', reactions: ['Hives', 'Itching'] },
  {
    code: ingredient('26225', 'ondansetron', 'Ondansetron'),
    category: 'medication',
    reactions: ['Headache', 'QT prolongation'],
  },
  {
    code: ingredient('6960', 'midazolam', 'Midazolam'),
    category: 'medication',
    reactions: ['Paradoxical agitation'],
  },
];

/** What a patient must not be given. Nothing at all means that nobody has asked. */
export function allergyRecords(person: Person, time: ClinicTime): AllergyIntolerance[] {
  const random = person.random('allergy');
  const asked = random.weighted([
    [62, 'none-known'],
    [20, 'one'],
    [4, 'two'],
    [14, 'never'],
  ] as const);
  if (asked === 'never') return [];
  if (asked === 'none-known') return [allergyRecord(person, 1, { code: NONE_KNOWN }, random, time)];
  return random
    .shuffled(ALLERGENS)
    .slice(0, asked === 'one' ? 1 : 2)
    .map(({ code, category, reactions }, index) => {
      const known: KnownAllergy = {
        category: [category],
        criticality: random.chance(0.2) ? 'high' : 'low',
        code,
        reaction: [{ manifestation: [{ text: random.pick(reactions) }] }],
      };
      return allergyRecord(person, index + 1, known, random, time);
    });
}

type KnownAllergy = Pick<AllergyIntolerance, 'category' | 'criticality' | 'code' | 'reaction'>;

function allergyRecord(
  person: Person,
  index: number,
  known: KnownAllergy,
  random: Random,
  time: ClinicTime,
): AllergyIntolerance {
  return {
    resourceType: 'AllergyIntolerance',
    id: recordId('allergy', person, index),
    clinicalStatus: { coding: [{ system: ALLERGY_CLINICAL, code: 'active' }] },
    verificationStatus: { coding: [{ system: ALLERGY_VERIFICATION, code: 'confirmed' }] },
    ...known,
    patient: toPatient(person),
    recordedDate: time.date(-random.whole(30, 700)),
  };
}

/**
 * The consents to treatment of a patient with a course, the latest first: that one in force for a year, about to lapse,
 * lapsed or never given; those before it, which it renewed, back to the first course.
 */
export function consentRecords(person: Person, courses: readonly CoursePlan[], time: ClinicTime): Consent[] {
  const { phase } = person.story;
  const random = person.random('consent');
  if (phase === 'none' || (phase === 'consultation' && random.chance(0.6))) return [];
  const lastDay = phase === 'ended' ? -random.whole(1, 200) : lastConsentDay(random);
  if (lastDay === undefined) return [];
  const earliest = courses[0]?.startDay ?? 0;
  const consents = [consentRecord(person, 1, lastDay, 'active', time)];
  for (let first = lastDay - CONSENT_DAYS; first > earliest;) {
    const renewed = first + random.whole(0, 20);
    consents.push(consentRecord(person, consents.length + 1, renewed, 'inactive', time));
    first = renewed - CONSENT_DAYS;
  }
  return consents;
}

const CONSENT_DAYS = 364;

function consentRecord(
  person: Person,
  index: number,
  lastDay: number,
  status: Consent['status'],
  time: ClinicTime,
): Consent {
  const firstDay = lastDay - CONSENT_DAYS;
  return {
    resourceType: 'Consent',
    id: recordId('consent', person, index),
    status,
    scope: { coding: [{ system: CONSENT_SCOPE, code: 'treatment', display: 'Treatment' }] },
    category: [{ coding: [{ system: LOINC, code: '59284-0', display: 'Patient Consent' }] }],
    patient: toPatient(person),
    dateTime: time.at(firstDay, 9 * 60 + 30),
    organization: [toOrganization()],
    policyRule: { text: 'Consent to ketamine infusions for chronic pain, renewed every year' },
    provision: { period: { start: time.midnight(firstDay), end: time.at(lastDay, 23 * 60 + 59) } },
  };
}

function lastConsentDay(random: Random): number | undefined {
  const days = { valid: random.whole(20, 360), ending: random.whole(1, 13), lapsed: -random.whole(1, 60) };
  return random.weighted([
    [88, days.valid],
    [5, days.ending],
    [4, days.lapsed],
    [3, undefined],
  ]);
}

function ingredient(code: string, display: string, text: string): CodeableConcept {
  return { coding: [{ system: RXNORM, code, display }], text };
}
