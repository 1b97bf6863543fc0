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
  'opioid-mme': ['Daily opioid dose', 'Morphine milligram equivalents per day'],
  'induction-outcome': ['Outcome of the induction series', 'Whether the series met the response threshold'],
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
