import type { CodeableConcept, Observation, Provenance, Quantity, Reference } from 'fhir/r4';
import {
  BLOOD_PRESSURE,
  BODY_WEIGHT,
  DIASTOLIC,
  GAD_7_TOTAL,
  HEART_RATE,
  PAIN_NRS,
  PEG_MEAN,
  PHQ_9_TOTAL,
  RESPIRATORY_RATE,
  SPO2,
  SYSTOLIC,
  local,
  type Coding,
} from '#src/fhir/codes.ts';

const UCUM = 'http://unitsofmeasure.org';
const VITAL_SIGNS = category('vital-signs', 'Vital Signs');
const SURVEY = category('survey', 'Survey');
const THERAPY = category('therapy', 'Therapy');

/** What is observed. Concepts and quantities are shared by all records, which are never changed in place. */
interface Kind {
  readonly category: CodeableConcept[];
  readonly code: CodeableConcept;
  readonly unit: readonly [unit: string, code: string];
  readonly quantities: Map<number, Quantity>;
}

const SCORE = ['', '{score}'] as const;
const PER_MINUTE = ['/min', '/min'] as const;

const KINDS = {
  'pain-before': kind(SURVEY, SCORE, PAIN_NRS, local('pain-before-session')),
  'pain-during': kind(SURVEY, SCORE, PAIN_NRS, local('pain-during')),
  'pain-after': kind(SURVEY, SCORE, PAIN_NRS, local('pain-after-session')),
  'pain-follow-up': kind(SURVEY, SCORE, PAIN_NRS, local('pain-follow-up')),
  'pain-days': kind(SURVEY, ['d', 'd'], local('pain-days-7')),
  peg: kind(SURVEY, SCORE, PEG_MEAN),
  'phq-9': kind(SURVEY, SCORE, PHQ_9_TOTAL),
  'gad-7': kind(SURVEY, SCORE, GAD_7_TOTAL),
  csi: kind(SURVEY, SCORE, local('csi-total')),
  rass: kind(SURVEY, SCORE, local('sedation-rass')),
  dissociation: kind(SURVEY, SCORE, local('dissociation')),
  comfort: kind(SURVEY, SCORE, local('comfort')),
  'heart-rate': kind(VITAL_SIGNS, PER_MINUTE, HEART_RATE),
  'respiratory-rate': kind(VITAL_SIGNS, PER_MINUTE, RESPIRATORY_RATE),
  spo2: kind(VITAL_SIGNS, ['%', '%'], ...SPO2),
  weight: kind(VITAL_SIGNS, ['kg', 'kg'], BODY_WEIGHT),
  mme: kind(SURVEY, ['MME/d', '{MME}/d'], local('opioid-mme')),
  dose: kind(THERAPY, ['mg', 'mg'], local('session-dose-total')),
} as const;

const MM_HG = ['mmHg', 'mm[Hg]'] as const;
const PRESSURE = {
  code: { coding: [BLOOD_PRESSURE] },
  systolic: kind(VITAL_SIGNS, MM_HG, SYSTOLIC),
  diastolic: kind(VITAL_SIGNS, MM_HG, DIASTOLIC),
};

export type ObservedKind = keyof typeof KINDS;

/** Whom and what an observation belongs to; a session is one such thing. */
export interface Observed {
  readonly subject: Reference;
  readonly encounter?: Reference;
  readonly performer: Reference[];
  readonly voided?: boolean;
}

/** One measured value, its id made of what it is and of `key`. */
export function observation(
  of: Observed,
  kindName: ObservedKind,
  key: string,
  at: string,
  value: number,
): Observation {
  const kindOf = KINDS[kindName];
  const one = observationFrame(of, `${kindName}-${key}`, kindOf.category, kindOf.code, at);
  one.valueQuantity = sharedQuantity(kindOf, value);
  return one;
}

/** What all observations have in common: everything but the value. */
export function observationFrame(
  { subject, encounter, performer, voided = false }: Observed,
  id: string,
  categories: CodeableConcept[],
  code: CodeableConcept,
  at: string,
): Observation {
  const frame: Observation = {
    resourceType: 'Observation',
    id,
    status: voided ? 'entered-in-error' : 'final',
    category: categories,
    code,
    subject,
    effectiveDateTime: at,
    performer,
  };
  // Set afterwards: tens of thousands of these are made, and a spread would build each one twice.
  if (encounter !== undefined) frame.encounter = encounter;
  return frame;
}

/**
 * An observation and the wrong one that it replaces, with who took that back and why. The wrong one keeps the time, so
 * that it stands struck through beside its replacement.
 */
export function corrected(
  right: Observation,
  wrongValue: number,
  recorded: string,
): (Observation | Provenance)[] {
  const wrong: Observation = {
    ...right,
    id: `${right.id}-wrong`,
    status: 'entered-in-error',
    valueQuantity: { ...right.valueQuantity, value: wrongValue },
    note: [{ text: 'Entered in error: typing mistake' }],
  };
  const [who] = right.performer ?? [];
  if (who === undefined) return [right];
  return [
    wrong,
    right,
    {
      resourceType: 'Provenance',
      id: `provenance-${wrong.id}`,
      target: [{ reference: `Observation/${wrong.id}` }, { reference: `Observation/${right.id}` }],
      recorded,
      reason: [{ text: 'Typing mistake' }],
      agent: [{ who }],
    },
  ];
}

/** An amount in a unit of UCUM; `unit` is what people read. */
export function quantity(value: number, unit: string, code = unit): Quantity {
  return { value, unit, system: UCUM, code };
}

/** A blood pressure: one panel with both values. */
export function bloodPressure(
  of: Observed,
  key: string,
  at: string,
  systolic: number,
  diastolic: number,
): Observation {
  const panel = observationFrame(of, `bp-${key}`, VITAL_SIGNS, PRESSURE.code, at);
  panel.component = [
    { code: PRESSURE.systolic.code, valueQuantity: sharedQuantity(PRESSURE.systolic, systolic) },
    { code: PRESSURE.diastolic.code, valueQuantity: sharedQuantity(PRESSURE.diastolic, diastolic) },
  ];
  return panel;
}

/** The category of scores, for observations without a kind. */
export function survey(): CodeableConcept[] {
  return SURVEY;
}

/** To one decimal. */
export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The nearest value within the limits. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function sharedQuantity({ unit: [unit, code], quantities }: Kind, value: number): Quantity {
  let shared = quantities.get(value);
  if (shared === undefined) {
    shared = quantity(value, unit === '' ? code : unit, code);
    quantities.set(value, shared);
  }
  return shared;
}

function kind(categories: CodeableConcept[], unit: Kind['unit'], ...coding: readonly Coding[]): Kind {
  return { category: categories, code: { coding: [...coding] }, unit, quantities: new Map() };
}

function category(code: string, display: string): CodeableConcept[] {
  return [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code, display }] },
  ];
}
