import type { FhirResource } from 'fhir/r4';
import type { ResourceType } from './supported-types.ts';

const LOCAL = 'https://chairside.example/fhir/CodeSystem/chairside';
const MRN = {
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
  system: 'https://clinic.test/mrn',
  value: '100234',
};
const PATIENT = { reference: 'Patient/okafor' };
const NURSE = { reference: 'Practitioner/ruiz', display: 'Maribel Ruiz RN' };
const SESSION = { reference: 'Encounter/session' };

/** One sound record of every supported type; together they are a clinic without loose ends. */
export const EXAMPLES: Readonly<Record<ResourceType, FhirResource & { id: string }>> = {
  Organization: { resourceType: 'Organization', id: 'clinic', active: true, name: 'Harbor Row Clinic' },
  Location: {
    resourceType: 'Location',
    id: 'chair-1',
    status: 'active',
    name: 'Chair 1',
    type: [local('infusion-chair')],
    managingOrganization: { reference: 'Organization/clinic' },
  },
  Practitioner: {
    resourceType: 'Practitioner',
    id: 'ruiz',
    active: true,
    name: [{ family: 'Ruiz', given: ['Maribel'] }],
  },
  PractitionerRole: {
    resourceType: 'PractitionerRole',
    id: 'ruiz-nurse',
    active: true,
    practitioner: NURSE,
    code: [{ coding: [{ system: 'https://clinic.test/role', code: 'nurse' }] }],
  },
  Patient: {
    resourceType: 'Patient',
    id: 'okafor',
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Ada Okafor</div>' },
    extension: [{ url: 'https://other.test/vip', valueBoolean: true }],
    identifier: [MRN],
    active: true,
    name: [{ use: 'official', family: 'Okafor', given: ['Ada', 'Grace'] }],
    telecom: [
      { system: 'phone', value: '+1 555 0101', use: 'mobile', rank: 1 },
      { system: 'email', value: 'ada@mail.test' },
    ],
    gender: 'female',
    birthDate: '1979-03-04',
    _birthDate: { extension: [{ url: 'https://other.test/source', valueCode: 'passport' }] },
    deceasedBoolean: false,
    address: [{ line: ['12 Elm St'], city: 'Springfield', postalCode: '01101' }],
    contact: [
      { name: { family: 'Okafor', given: ['Ben'] }, telecom: [{ system: 'phone', value: '+1 555 0102' }] },
    ],
    communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'en' }] }, preferred: true }],
    managingOrganization: { reference: 'Organization/clinic' },
  },
  RelatedPerson: {
    resourceType: 'RelatedPerson',
    id: 'ride',
    active: true,
    patient: PATIENT,
    name: [{ text: 'Ben Okafor' }],
    telecom: [{ system: 'phone', value: '+1 555 0102' }],
  },
  Condition: {
    resourceType: 'Condition',
    id: 'crps',
    clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
    code: coded('http://snomed.info/sct', '128200000'),
    subject: PATIENT,
    onsetDateTime: '2019',
  },
  AllergyIntolerance: {
    resourceType: 'AllergyIntolerance',
    id: 'latex',
    clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active'),
    type: 'allergy',
    category: ['environment'],
    code: { text: 'Latex' },
    patient: PATIENT,
  },
  CarePlan: {
    resourceType: 'CarePlan',
    id: 'course',
    instantiatesUri: ['https://chairside.example/fhir/protocol/standard'],
    status: 'active',
    intent: 'plan',
    category: [local('ketamine-course'), local('phase-induction')],
    subject: PATIENT,
    period: { start: '2026-11-02T00:00:00-05:00' },
    addresses: [{ reference: 'Condition/crps' }],
    activity: [
      {
        outcomeReference: [SESSION],
        detail: {
          status: 'in-progress',
          scheduledTiming: { repeat: { count: 6, frequency: 3, period: 1, periodUnit: 'wk' } },
        },
      },
    ],
  },
  MedicationRequest: {
    resourceType: 'MedicationRequest',
    id: 'order',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: coded('http://www.nlm.nih.gov/research/umls/rxnorm', '6130'),
    subject: PATIENT,
    authoredOn: '2026-11-01T15:00:00Z',
    requester: NURSE,
    dosageInstruction: [
      {
        doseAndRate: [
          { doseQuantity: { value: 0.5, unit: 'mg/kg', system: 'http://unitsofmeasure.org', code: 'mg/kg' } },
        ],
        maxDosePerAdministration: { value: 60, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
      },
    ],
  },
  Appointment: {
    resourceType: 'Appointment',
    id: 'visit',
    status: 'fulfilled',
    serviceType: [local('induction')],
    supportingInformation: [{ reference: 'CarePlan/course' }],
    start: '2026-11-20T09:00:00-05:00',
    end: '2026-11-20T11:00:00-05:00',
    participant: [
      { actor: PATIENT, status: 'accepted' },
      { actor: { reference: 'Location/chair-1' }, status: 'accepted' },
      { actor: NURSE, status: 'accepted' },
    ],
  },
  Encounter: {
    resourceType: 'Encounter',
    id: 'session',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [local('ketamine-infusion'), local('phase-induction')],
    subject: PATIENT,
    participant: [{ individual: NURSE }],
    appointment: [{ reference: 'Appointment/visit' }],
    period: { start: '2026-11-20T09:05:00-05:00', end: '2026-11-20T10:50:00-05:00' },
    location: [{ location: { reference: 'Location/chair-1' } }],
  },
  MedicationAdministration: {
    resourceType: 'MedicationAdministration',
    id: 'segment',
    status: 'completed',
    medicationCodeableConcept: coded('http://www.nlm.nih.gov/research/umls/rxnorm', '6130'),
    subject: PATIENT,
    context: SESSION,
    effectivePeriod: { start: '2026-11-20T09:10:00-05:00', end: '2026-11-20T09:50:00-05:00' },
    request: { reference: 'MedicationRequest/order' },
    dosage: { rateQuantity: { value: 35, unit: 'mg/h', system: 'http://unitsofmeasure.org', code: 'mg/h' } },
  },
  MedicationStatement: {
    resourceType: 'MedicationStatement',
    id: 'opioid',
    status: 'active',
    medicationCodeableConcept: { text: 'Oxycodone 5 mg' },
    subject: PATIENT,
    effectiveDateTime: '2026-10',
  },
  Observation: {
    resourceType: 'Observation',
    id: 'pain',
    status: 'final',
    category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'survey')],
    code: {
      coding: [
        { system: 'http://loinc.org', code: '72514-3' },
        { system: LOCAL, code: 'pain-before-session' },
      ],
    },
    subject: PATIENT,
    encounter: SESSION,
    effectiveDateTime: '2026-11-20T09:00:00-05:00',
    valueQuantity: { value: 7, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' },
  },
  AdverseEvent: {
    resourceType: 'AdverseEvent',
    id: 'nausea',
    actuality: 'actual',
    event: coded('http://snomed.info/sct', '422587007'),
    subject: PATIENT,
    encounter: SESSION,
    date: '2026-11-20T09:40:00-05:00',
    severity: coded('http://terminology.hl7.org/CodeSystem/adverse-event-severity', 'mild'),
    suspectEntity: [{ instance: { reference: 'MedicationAdministration/segment' } }],
  },
  Consent: {
    resourceType: 'Consent',
    id: 'consent',
    status: 'active',
    scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'treatment'),
    category: [coded('http://loinc.org', '59284-0')],
    patient: PATIENT,
    policyRule: { text: 'Clinic policy' },
    provision: { period: { start: '2026-01-01', end: '2026-12-31' } },
  },
  Composition: {
    resourceType: 'Composition',
    id: 'note',
    status: 'preliminary',
    type: local('infusion-session-note'),
    subject: PATIENT,
    encounter: SESSION,
    date: '2026-11-20T11:00:00-05:00',
    author: [NURSE],
    title: 'Session note',
    section: [{ title: 'Course', text: { status: 'generated', div: '<div>Calm</div>' } }],
  },
  Questionnaire: {
    resourceType: 'Questionnaire',
    id: 'checklist',
    url: 'https://clinic.test/Questionnaire/checklist',
    status: 'active',
    title: 'Pre-infusion checklist',
    item: [{ linkId: 'fasting', text: 'Fasting?', type: 'boolean' }],
  },
  QuestionnaireResponse: {
    resourceType: 'QuestionnaireResponse',
    id: 'answers',
    questionnaire: 'https://clinic.test/Questionnaire/checklist',
    status: 'completed',
    subject: PATIENT,
    encounter: SESSION,
    authored: '2026-11-20T09:01:00-05:00',
    item: [
      {
        linkId: 'fasting',
        answer: [
          { valueBoolean: false, item: [{ linkId: 'fasting.override', answer: [{ valueString: 'Light' }] }] },
        ],
      },
    ],
  },
  Task: {
    resourceType: 'Task',
    id: 'reminder',
    basedOn: [{ reference: 'CarePlan/course' }],
    status: 'requested',
    intent: 'plan',
    code: local('maintenance-infusion'),
    for: PATIENT,
    encounter: SESSION,
    executionPeriod: { start: '2026-12-18T00:00:00-05:00', end: '2026-12-18T00:00:00-05:00' },
    authoredOn: '2026-11-20T11:00:00-05:00',
    restriction: { period: { end: '2026-12-18' } },
  },
  Communication: {
    resourceType: 'Communication',
    id: 'call',
    basedOn: [{ reference: 'Task/reminder' }],
    status: 'completed',
    category: [local('contact-attempt')],
    subject: PATIENT,
    sent: '2026-11-21T10:00:00-05:00',
    sender: NURSE,
  },
  Provenance: {
    resourceType: 'Provenance',
    id: 'why',
    target: [{ reference: 'Appointment/visit/_history/1' }, PATIENT],
    recorded: '2026-11-20T11:00:00-05:00',
    agent: [{ who: NURSE }],
  },
};

/** The example of a type with other properties; undefined takes one away. */
export function example(type: ResourceType, changes: Readonly<Record<string, unknown>> = {}): FhirResource {
  return JSON.parse(JSON.stringify({ ...EXAMPLES[type], ...changes }));
}

function local(code: string) {
  return coded(LOCAL, code);
}

function coded(system: string, code: string) {
  return { coding: [{ system, code }] };
}
