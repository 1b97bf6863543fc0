/** The resource types that the server stores, in the order in which its capability statement names them. */
export const RESOURCE_TYPES = [
  'Patient',
  'RelatedPerson',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Appointment',
  'Encounter',
  'CarePlan',
  'Task',
  'Communication',
  'Condition',
  'AllergyIntolerance',
  'Observation',
  'MedicationRequest',
  'MedicationAdministration',
  'MedicationStatement',
  'AdverseEvent',
  'Consent',
  'Composition',
  'Questionnaire',
  'QuestionnaireResponse',
  'Provenance',
] as const;

export type ResourceType = (typeof RESOURCE_TYPES)[number];

const SUPPORTED: ReadonlySet<string> = new Set(RESOURCE_TYPES);

/** Whether the server stores resources of this type. */
export function isResourceType(type: string): type is ResourceType {
  return SUPPORTED.has(type);
}
