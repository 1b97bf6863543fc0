import type { ResourceType } from './supported-types.ts';

export type SearchType = 'string' | 'token' | 'date' | 'reference' | 'uri';

export interface SearchParameter {
  readonly type: SearchType;
  /** Where the values stand: steps by `.`, alternatives by ` | `, and `[system=phone]` keeps elements of that kind. */
  readonly path: string;
  /** Types that a reference may lead to; empty: any. Only references to these are found. */
  readonly targets: readonly string[];
  /** Whether a missing value is the token `false` and any value but false the token `true`. */
  readonly asBoolean?: boolean;
}

const PEOPLE = ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'];
const AGENTS = [...PEOPLE, 'Organization', 'Device'];

const identifier = token('identifier');
const patient = reference('patient', 'Patient');
const patientOfSubject = reference('subject', 'Patient');
const subject = reference('subject', 'Patient', 'Group');
const encounter = reference('encounter', 'Encounter');
const name = string('name');

/** What every resource can be searched by. */
const COMMON: Readonly<Record<string, SearchParameter>> = {
  _id: token('id'),
  _lastUpdated: date('meta.lastUpdated'),
  _tag: token('meta.tag'),
};

/** Search parameters of the R4 specification, with its names, types and meanings, that this server supports. */
const PARAMETERS: Readonly<Record<ResourceType, Readonly<Record<string, SearchParameter>>>> = {
  Patient: {
    identifier,
    name,
    family: string('name.family'),
    given: string('name.given'),
    birthdate: date('birthDate'),
    phone: token('telecom[system=phone]'),
    email: token('telecom[system=email]'),
    telecom: token('telecom'),
    gender: token('gender'),
    active: token('active'),
    deceased: { ...token('deceasedBoolean | deceasedDateTime'), asBoolean: true },
    address: string('address'),
    'general-practitioner': reference(
      'generalPractitioner',
      'Practitioner',
      'Organization',
      'PractitionerRole',
    ),
    organization: reference('managingOrganization', 'Organization'),
  },
  RelatedPerson: {
    identifier,
    patient,
    name,
    phone: token('telecom[system=phone]'),
    relationship: token('relationship'),
    active: token('active'),
  },
  Practitioner: {
    identifier,
    name,
    family: string('name.family'),
    given: string('name.given'),
    active: token('active'),
  },
  PractitionerRole: {
    identifier,
    practitioner: reference('practitioner', 'Practitioner'),
    organization: reference('organization', 'Organization'),
    location: reference('location', 'Location'),
    role: token('code'),
    specialty: token('specialty'),
    active: token('active'),
  },
  Organization: {
    identifier,
    name: string('name | alias'),
    type: token('type'),
    active: token('active'),
    partof: reference('partOf', 'Organization'),
  },
  Location: {
    identifier,
    name: string('name | alias'),
    type: token('type'),
    status: token('status'),
    partof: reference('partOf', 'Location'),
    organization: reference('managingOrganization', 'Organization'),
  },
  Appointment: {
    identifier,
    status: token('status'),
    date: date('start'),
    actor: reference('participant.actor', ...PEOPLE, 'Device', 'HealthcareService', 'Location'),
    patient: reference('participant.actor', 'Patient'),
    practitioner: reference('participant.actor', 'Practitioner'),
    location: reference('participant.actor', 'Location'),
    'part-status': token('participant.status'),
    'service-type': token('serviceType'),
    'appointment-type': token('appointmentType'),
    'reason-code': token('reasonCode'),
    'supporting-info': reference('supportingInformation'),
  },
  Encounter: {
    identifier,
    status: token('status'),
    class: token('class'),
    type: token('type'),
    subject,
    patient: patientOfSubject,
    date: date('period'),
    appointment: reference('appointment', 'Appointment'),
    location: reference('location.location', 'Location'),
    participant: reference('participant.individual', 'Practitioner', 'PractitionerRole', 'RelatedPerson'),
    practitioner: reference('participant.individual', 'Practitioner'),
    'participant-type': token('participant.type'),
  },
  CarePlan: {
    identifier,
    status: token('status'),
    intent: token('intent'),
    category: token('category'),
    subject,
    patient: patientOfSubject,
    encounter,
    date: date('period'),
    condition: reference('addresses', 'Condition'),
    'instantiates-uri': uri('instantiatesUri'),
  },
  Task: {
    identifier,
    status: token('status'),
    'business-status': token('businessStatus'),
    intent: token('intent'),
    code: token('code'),
    priority: token('priority'),
    subject: reference('for'),
    patient: reference('for', 'Patient'),
    'based-on': reference('basedOn'),
    focus: reference('focus'),
    encounter,
    owner: reference('owner', ...AGENTS, 'CareTeam', 'HealthcareService'),
    requester: reference('requester', ...AGENTS),
    period: date('executionPeriod'),
    'authored-on': date('authoredOn'),
    modified: date('lastModified'),
  },
  Communication: {
    identifier,
    status: token('status'),
    category: token('category'),
    medium: token('medium'),
    subject,
    patient: patientOfSubject,
    encounter,
    'based-on': reference('basedOn'),
    sender: reference('sender', ...AGENTS, 'HealthcareService'),
    recipient: reference('recipient', ...AGENTS, 'CareTeam', 'Group', 'HealthcareService'),
    sent: date('sent'),
  },
  Condition: {
    identifier,
    code: token('code'),
    category: token('category'),
    'clinical-status': token('clinicalStatus'),
    'verification-status': token('verificationStatus'),
    subject,
    patient: patientOfSubject,
    encounter,
    'onset-date': date('onsetDateTime | onsetPeriod'),
    'recorded-date': date('recordedDate'),
  },
  AllergyIntolerance: {
    identifier,
    code: token('code | reaction.substance'),
    type: token('type'),
    category: token('category'),
    criticality: token('criticality'),
    'clinical-status': token('clinicalStatus'),
    'verification-status': token('verificationStatus'),
    patient,
    date: date('recordedDate'),
  },
  Observation: {
    identifier,
    status: token('status'),
    category: token('category'),
    code: token('code'),
    'value-concept': token('valueCodeableConcept'),
    subject: reference('subject', 'Patient', 'Group', 'Device', 'Location'),
    patient: patientOfSubject,
    encounter: reference('encounter', 'Encounter', 'EpisodeOfCare'),
    date: date('effectiveDateTime | effectivePeriod | effectiveInstant'),
    performer: reference('performer', ...PEOPLE, 'Organization', 'CareTeam'),
    'derived-from': reference(
      'derivedFrom',
      'DocumentReference',
      'ImagingStudy',
      'Media',
      'QuestionnaireResponse',
      'Observation',
      'MolecularSequence',
    ),
  },
  MedicationRequest: {
    identifier,
    status: token('status'),
    intent: token('intent'),
    code: token('medicationCodeableConcept'),
    subject,
    patient: patientOfSubject,
    encounter,
    requester: reference('requester', ...AGENTS),
    authoredon: date('authoredOn'),
  },
  MedicationAdministration: {
    identifier,
    status: token('status'),
    code: token('medicationCodeableConcept'),
    subject,
    patient: patientOfSubject,
    context: reference('context', 'Encounter', 'EpisodeOfCare'),
    request: reference('request', 'MedicationRequest'),
    performer: reference('performer.actor', ...PEOPLE, 'Device'),
    'effective-time': date('effectiveDateTime | effectivePeriod'),
  },
  MedicationStatement: {
    identifier,
    status: token('status'),
    category: token('category'),
    code: token('medicationCodeableConcept'),
    subject,
    patient: patientOfSubject,
    context: reference('context', 'Encounter', 'EpisodeOfCare'),
    effective: date('effectiveDateTime | effectivePeriod'),
  },
  AdverseEvent: {
    actuality: token('actuality'),
    category: token('category'),
    event: token('event'),
    severity: token('severity'),
    seriousness: token('seriousness'),
    subject: reference('subject', 'Patient', 'Group', 'Practitioner', 'RelatedPerson'),
    recorder: reference('recorder', ...PEOPLE),
    location: reference('location', 'Location'),
    date: date('date'),
  },
  Consent: {
    identifier,
    status: token('status'),
    scope: token('scope'),
    category: token('category'),
    patient,
    date: date('dateTime'),
    period: date('provision.period'),
  },
  Composition: {
    identifier,
    status: token('status'),
    type: token('type'),
    category: token('category'),
    subject: reference('subject'),
    patient: patientOfSubject,
    encounter: reference('encounter', 'Encounter', 'EpisodeOfCare'),
    date: date('date'),
    author: reference('author', ...AGENTS),
    attester: reference('attester.party', ...PEOPLE, 'Organization'),
    'related-ref': reference('relatesTo.targetReference', 'Composition'),
  },
  Questionnaire: {
    identifier,
    url: uri('url'),
    name: string('name'),
    title: string('title'),
    status: token('status'),
    date: date('date'),
  },
  QuestionnaireResponse: {
    identifier,
    status: token('status'),
    questionnaire: reference('questionnaire', 'Questionnaire'),
    subject: reference('subject'),
    patient: patientOfSubject,
    encounter,
    author: reference('author', ...AGENTS),
    authored: date('authored'),
  },
  Provenance: {
    target: reference('target'),
    patient: reference('target', 'Patient'),
    agent: reference('agent.who', ...AGENTS),
    recorded: date('recorded'),
  },
};

/** The parameters of a resource type by name, those of every resource included. */
export function searchParameters(type: ResourceType): Readonly<Record<string, SearchParameter>> {
  return { ...COMMON, ...PARAMETERS[type] };
}

/** One parameter; undefined when the type does not have it. */
export function searchParameter(type: ResourceType, code: string): SearchParameter | undefined {
  // Own properties only: `constructor` is not a parameter.
  if (Object.hasOwn(COMMON, code)) return COMMON[code];
  return Object.hasOwn(PARAMETERS[type], code) ? PARAMETERS[type][code] : undefined;
}

function string(path: string): SearchParameter {
  return { type: 'string', path, targets: [] };
}

function token(path: string): SearchParameter {
  return { type: 'token', path, targets: [] };
}

function date(path: string): SearchParameter {
  return { type: 'date', path, targets: [] };
}

function uri(path: string): SearchParameter {
  return { type: 'uri', path, targets: [] };
}

function reference(path: string, ...targets: readonly string[]): SearchParameter {
  return { type: 'reference', path, targets };
}
