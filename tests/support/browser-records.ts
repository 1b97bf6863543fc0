import type { AllergyIntolerance, CarePlan, Consent, Patient } from 'fhir/r4';
import { ALLERGY_CLINICAL, local, SNOMED } from '#src/fhir/codes.ts';

const of = (patientId: string) => ({ reference: `Patient/${patientId}` });

/** A patient as a clinic would record one; `fields` say what is particular about this one. */
export function patientRecord(family: string, fields: Partial<Patient> = {}): Patient {
  return {
    resourceType: 'Patient',
    active: true,
    name: [{ use: 'official', family, given: ['Ada'] }],
    gender: 'female',
    birthDate: '1979-03-04',
    telecom: [{ system: 'phone', value: '(555) 010-0001' }],
    ...fields,
  };
}

/** A running course in its series of six, without a session yet. */
export function inductionRecord(patientId: string, fields: Partial<CarePlan> = {}): CarePlan {
  return {
    resourceType: 'CarePlan',
    status: 'active',
    intent: 'plan',
    subject: of(patientId),
    category: [{ coding: [local('ketamine-course')] }, { coding: [local('phase-induction')] }],
    period: { start: '2026-11-20T05:00:00Z' },
    activity: [{ detail: { status: 'scheduled', scheduledTiming: { repeat: { count: 6 } } } }],
    ...fields,
  };
}

/** A current allergy to what the text names. */
export function allergyRecord(patientId: string, text: string, reaction?: string): AllergyIntolerance {
  return {
    resourceType: 'AllergyIntolerance',
    patient: of(patientId),
    clinicalStatus: { coding: [{ system: ALLERGY_CLINICAL, code: 'active' }] },
    code: { text },
    ...(reaction !== undefined && { reaction: [{ manifestation: [{ text: reaction }] }] }),
  };
}

/** The statement that somebody asked, and that there is none. */
export function noAllergyRecord(patientId: string): AllergyIntolerance {
  return {
    ...allergyRecord(patientId, 'No known allergy'),
    code: { coding: [{ system: SNOMED, code: '716186003' }], text: 'No known allergy' },
  };
}

/** A consent to treatment without an end. */
export function consentRecord(patientId: string): Consent {
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'treatment' }],
    },
    category: [{ text: 'Consent to treatment' }],
    patient: of(patientId),
    policyRule: { text: 'Consent to ketamine infusions' },
  };
}
