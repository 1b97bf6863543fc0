import type { CodeableConcept, Condition } from 'fhir/r4';
import { CONDITION_CLINICAL, ICD_10_CM, PAIN_DIAGNOSES, SNOMED } from '#src/fhir/codes.ts';
import type { ClinicTime } from './clinic-time.ts';
import { recordId, type Person } from './person.ts';
import type { Random } from './random.ts';
import { toPatient } from './references.ts';

interface Diagnosis {
  readonly text: string;
  readonly snomed?: string;
  readonly icd?: readonly [code: string, display: string];
}

const CRPS = '128200000';

/** What the clinic treats. Without a verified code a diagnosis is text alone. */
const PAIN: readonly (readonly [weight: number, diagnosis: Diagnosis])[] = [
  [6, { text: 'CRPS I, right arm', snomed: CRPS, icd: ['G90.511', crps('right upper limb')] }],
  [5, { text: 'CRPS I, left arm', snomed: CRPS, icd: ['G90.512', crps('left upper limb')] }],
  [5, { text: 'CRPS I, right leg', snomed: CRPS, icd: ['G90.521', crps('right lower limb')] }],
  [6, { text: 'CRPS I, left leg', snomed: CRPS, icd: ['G90.522', crps('left lower limb')] }],
  [1, { text: 'CRPS I, both legs', snomed: CRPS, icd: ['G90.523', crps('lower limb, bilateral')] }],
  [2, { text: 'CRPS I', snomed: CRPS, icd: ['G90.50', 'Complex regional pain syndrome I, unspecified'] }],
  [3, { text: 'CRPS II, left leg', snomed: CRPS }],
  [18, { text: 'Fibromyalgia', snomed: '203082005', icd: ['M79.7', 'Fibromyalgia'] }],
  [
    16,
    { text: 'Neuropathic pain', snomed: '247398009', icd: ['M79.2', 'Neuralgia and neuritis, unspecified'] },
  ],
  [
    8,
    {
      text: 'Post-herpetic neuralgia',
      snomed: '2177002',
      icd: ['B02.29', 'Other postherpetic nervous system involvement'],
    },
  ],
  [7, { text: 'Chronic migraine', snomed: '37796009' }],
  [10, { text: 'Chronic low back pain', snomed: '278860009', icd: ['M54.50', 'Low back pain, unspecified'] }],
  [6, { text: 'Chronic pain after spinal cord injury', snomed: '82423001' }],
  [4, { text: 'Phantom limb pain', icd: ['G54.6', 'Phantom limb syndrome with pain'] }],
  [3, { text: 'Small-fibre neuropathy, under investigation' }],
];

const OTHER: readonly (readonly [weight: number, diagnosis: Diagnosis])[] = [
  [5, { text: 'Hypertension', snomed: '38341003' }],
  [4, { text: 'Anxiety', snomed: '48694002' }],
  [3, { text: 'Depression' }],
  [3, { text: 'Type 2 diabetes' }],
  [2, { text: 'Hypothyroidism' }],
  [2, { text: 'Asthma' }],
  [1, { text: 'Sleep apnoea, uses CPAP' }],
];

const SNOMED_DISPLAYS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(PAIN_DIAGNOSES.map(({ code, display }) => [code, display])),
  '38341003': 'Hypertensive disorder',
  '48694002': 'Anxiety',
};

/** The diagnoses of a patient: the one that brought them, first, and what else they live with or got over. */
export function conditionRecords(person: Person, time: ClinicTime): Condition[] {
  const random = person.random('condition');
  const diagnoses = [random.weighted(PAIN)];
  if (random.chance(0.12)) diagnoses.push(random.weighted(PAIN));
  while (random.chance(0.35) && diagnoses.length < 4) diagnoses.push(random.weighted(OTHER));
  const unique = diagnoses.filter(
    (one, index) => diagnoses.findIndex(({ text }) => text === one.text) === index,
  );
  return unique.map((diagnosis, index) =>
    conditionRecord(person, diagnosis, index, time, index > 0 && random.chance(0.12), random),
  );
}

/** The id of the diagnosis for which a patient is treated. */
export function painConditionId(person: Person): string {
  return recordId('condition', person, 1);
}

function conditionRecord(
  person: Person,
  diagnosis: Diagnosis,
  index: number,
  time: ClinicTime,
  resolved: boolean,
  random: Random,
): Condition {
  const status = resolved ? 'resolved' : 'active';
  const onsetYear = time.year - random.whole(3, 14);
  const onset = random.chance(0.5)
    ? String(onsetYear)
    : `${onsetYear}-${String(random.whole(1, 12)).padStart(2, '0')}`;
  const confirmed = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
  return {
    resourceType: 'Condition',
    id: recordId('condition', person, index + 1),
    clinicalStatus: { coding: [{ system: CONDITION_CLINICAL, code: status }] },
    verificationStatus: { coding: [{ system: confirmed, code: 'confirmed' }] },
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/condition-category',
            code: 'problem-list-item',
            display: 'Problem List Item',
          },
        ],
      },
    ],
    code: concept(diagnosis),
    subject: toPatient(person),
    onsetDateTime: onset,
    ...(resolved && { abatementDateTime: String(time.year - random.whole(1, 2)) }),
    recordedDate: time.date(-random.whole(200, 900)),
  };
}

function concept({ text, snomed, icd }: Diagnosis): CodeableConcept {
  const display = snomed === undefined ? undefined : SNOMED_DISPLAYS[snomed];
  const coding = [
    ...(snomed === undefined ? [] : [{ system: SNOMED, code: snomed, ...(display && { display }) }]),
    ...(icd === undefined ? [] : [{ system: ICD_10_CM, code: icd[0], display: icd[1] }]),
  ];
  return coding.length === 0 ? { text } : { coding, text };
}

function crps(where: string): string {
  return `Complex regional pain syndrome I of ${where}`;
}
