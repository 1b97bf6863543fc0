/**
 * Every code that Chairside reads or writes, in one place. Codes that could not be verified in a public terminology
 * are local codes of `LOCAL_SYSTEM`, each with a display and a definition, so that a server can load them.
 */

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

export const LOCAL_SYSTEM = 'https://chairside.example/fhir/CodeSystem/chairside';
export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const ICD_10_CM = 'http://hl7.org/fhir/sid/icd-10-cm';
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const IDENTIFIER_TYPE = 'http://terminology.hl7.org/CodeSystem/v2-0203';
export const CONDITION_CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
export const CONDITION_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
export const ALLERGY_CLINICAL = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
export const ALLERGY_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
export const CONSENT_SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope';

/** Local codes: code → [display, definition]. */
const LOCAL_CODES = {
  'ketamine-course': ['Ketamine course', 'A planned course of ketamine infusions for chronic pain'],
  'phase-consultation': ['Consultation phase', 'Assessment before the first infusion of a course'],
  'phase-induction': ['Induction phase', 'The series of infusions whose effect adds up'],
  'phase-maintenance': ['Maintenance phase', 'Single infusions that keep the relief of a series'],
  'phase-ended': ['Ended', 'The course was completed or stopped'],
  'infusion-chair': ['Infusion chair', 'A chair in which infusions are given'],
  consultation: ['Consultation', 'Appointment for assessment'],
  induction: ['Induction infusion', 'Appointment for an infusion of the series'],
  maintenance: ['Maintenance infusion', 'Appointment for a maintenance infusion'],
  'ketamine-infusion': ['Ketamine infusion session', 'An encounter in which ketamine is infused'],
  'outcome-completed': ['Session completed', 'The ordered dose was given in full'],
  'outcome-stopped': ['Session stopped', 'The infusion was ended before the ordered dose'],
  'outcome-adverse-event': ['Session with adverse event', 'An adverse event was recorded in the session'],
  'session-dose-total': ['Total ketamine dose of a session', 'Milligrams given, computed from the segments'],
  'pain-before-session': ['Pain before session', 'Pain score taken before the infusion'],
  'pain-during': ['Pain during session', 'Pain score taken while the infusion runs'],
  'pain-after-session': ['Pain after session', 'Pain score taken after the infusion, same day'],
  'pain-follow-up': ['Pain at follow-up', 'Pain score taken between sessions'],
  'pain-days-7': ['Days with pain in the last seven', 'Pain frequency, 0 to 7'],
  'csi-total': ['Central Sensitization Inventory total', 'Total score 0 to 100'],
  'sedation-rass': ['Sedation (RASS)', 'Richmond Agitation-Sedation Scale, +4 to -5, 0 is alert and calm'],
  dissociation: ['Dissociation', 'How dissociated the patient felt at the peak, 0 to 10'],
  comfort: ['Comfort', 'How comfortable the patient is in the chair, 0 to 10, 10 is best'],
  'opioid-mme': ['Daily opioid dose', 'Morphine milligram equivalents per day'],
  'induction-outcome': ['Outcome of the induction series', 'Whether the series met the response threshold'],
  responder: ['Responder', 'Relief reached the response threshold after the series'],
  'non-responder': ['Non-responder', 'Relief stayed below the response threshold after the series'],
  'pre-infusion-checklist': ['Pre-infusion checklist', 'What has to be so before an infusion starts'],
  'dissociative-experience': ['Dissociative experience', 'Distressing dissociation in a session'],
  'infusion-session-note': ['Infusion session note', 'The record of a session, signed or not'],
  'maintenance-infusion': ['Maintenance infusion reminder', 'A maintenance infusion becomes due'],
  'follow-up-call': ['Follow-up call', 'A patient is to be called after a session'],
  'clinician-review': ['Clinician review', 'A course waits for the decision of a clinician'],
  contacted: ['Contacted', 'Called; the next attempt is set'],
  snoozed: ['Snoozed', 'Put off until a later date'],
  booked: ['Booked', 'An appointment answers the reminder'],
  'contact-attempt': ['Contact attempt', 'One attempt to reach a patient'],
} as const satisfies Record<string, readonly [display: string, definition: string]>;

export type LocalCode = keyof typeof LOCAL_CODES;

/** The coding of a local code, with its display. */
export function local(code: LocalCode): Coding {
  return { system: LOCAL_SYSTEM, code, display: LOCAL_CODES[code][0] };
}

/** A local code as a search token: `system|code`. */
export function localToken(code: LocalCode): string {
  return token(LOCAL_SYSTEM, code);
}

/** A search token: `system|code`. */
export function token(system: string, code: string): string {
  return `${system}|${code}`;
}

/** The canonical URI of a protocol, for `CarePlan.instantiatesUri`. */
export function protocolUri(protocolId: string): string {
  return `https://chairside.example/fhir/protocol/${protocolId}`;
}

/** The type coding that a session carries for its protocol. */
export function protocolCoding(protocolId: string, display: string): Coding {
  return { system: LOCAL_SYSTEM, code: `protocol-${protocolId}`, display };
}

/** Scores and vitals that have a verified LOINC code. */
export const PAIN_NRS = loinc('72514-3', 'Pain severity - 0-10 verbal numeric rating [Score] - Reported');
export const PEG_MEAN = loinc('91147-9', 'Mean score [PEG]');
export const PHQ_9_TOTAL = loinc(
  '44261-6',
  'Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]',
);
export const GAD_7_TOTAL = loinc(
  '70274-6',
  'Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]',
);
export const BODY_WEIGHT = loinc('29463-7', 'Body weight');
export const BLOOD_PRESSURE = loinc('85354-9', 'Blood pressure panel with all children optional');
export const SYSTOLIC = loinc('8480-6', 'Systolic blood pressure');
export const DIASTOLIC = loinc('8462-4', 'Diastolic blood pressure');
export const HEART_RATE = loinc('8867-4', 'Heart rate');
export const RESPIRATORY_RATE = loinc('9279-1', 'Respiratory rate');
/** Oxygen saturation is sent under both codes: R4's vital signs ask for the second. */
export const SPO2 = [
  loinc('59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'),
  loinc('2708-6', 'Oxygen saturation in Arterial blood'),
] as const;

function loinc(code: string, display: string): Coding {
  return { system: LOINC, code, display };
}

export const KETAMINE: Coding = { system: RXNORM, code: '6130', display: 'ketamine' };

/** Opioids by ingredient (RxNorm). */
export const OPIOIDS: readonly Coding[] = [
  ['2670', 'codeine'],
  ['4337', 'fentanyl'],
  ['5489', 'hydrocodone'],
  ['3423', 'hydromorphone'],
  ['6813', 'methadone'],
  ['7052', 'morphine'],
  ['7804', 'oxycodone'],
  ['7814', 'oxymorphone'],
  ['787390', 'tapentadol'],
  ['10689', 'tramadol'],
].map(([code = '', display = '']) => ({ system: RXNORM, code, display }));

/**
 * Statements that nobody knows of an allergy (SNOMED CT). Read, and never written: other systems use them, and they
 * were not verified in a public terminology.
 */
export const NO_KNOWN_ALLERGY: Coding = { system: SNOMED, code: '716186003', display: 'No known allergy' };
export const NO_KNOWN_DRUG_ALLERGY: Coding = {
  system: SNOMED,
  code: '409137002',
  display: 'No known drug allergy',
};

/** Diagnoses that a pain clinic filters by (SNOMED CT). */
export const PAIN_DIAGNOSES: readonly Coding[] = [
  { system: SNOMED, code: '128200000', display: 'Complex regional pain syndrome' },
  { system: SNOMED, code: '203082005', display: 'Fibromyalgia' },
  { system: SNOMED, code: '247398009', display: 'Neuropathic pain' },
  { system: SNOMED, code: '2177002', display: 'Post-herpetic neuralgia' },
  { system: SNOMED, code: '37796009', display: 'Migraine' },
  { system: SNOMED, code: '278860009', display: 'Chronic low back pain' },
  { system: SNOMED, code: '82423001', display: 'Chronic pain' },
];
