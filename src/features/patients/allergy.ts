import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { ALLERGY_CLINICAL, SNOMED } from '#src/fhir/codes.ts';
import { concept, conceptText, hasCode, idIn, reference } from './codeable.ts';

/** SNOMED CT: no known allergy; no known drug allergy. */
const NONE_KNOWN = ['716186003', '409137002'];

/** What a patient must not be given, or the recorded statement that nothing is known. */
export interface Allergy {
  readonly patientId: string | undefined;
  readonly noneKnown: boolean;
  /** Not said to be over, refuted or a mistake. A record that says nothing of the kind is current. */
  readonly current: boolean;
  readonly name: string;
  readonly reaction: string | undefined;
}

const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';

const allergyRecord = z.object({
  patient: reference,
  clinicalStatus: z.optional(concept),
  verificationStatus: z.optional(concept),
  code: z.optional(concept),
  reaction: z.optional(z.array(z.object({ manifestation: z.optional(z.array(concept)) }))),
});

/** Reads an `AllergyIntolerance`; throws a zod error where a field has a shape that FHIR does not allow. */
export function toAllergy(resource: RawResource): Allergy {
  const record = z.parse(allergyRecord, resource);
  return {
    patientId: idIn(record.patient, 'Patient'),
    noneKnown: hasCode(record.code, SNOMED, NONE_KNOWN),
    current:
      !hasCode(record.clinicalStatus, ALLERGY_CLINICAL, ['inactive', 'resolved']) &&
      !hasCode(record.verificationStatus, VERIFICATION, ['refuted', 'entered-in-error']),
    name: conceptText(record.code) ?? 'Allergy without a name',
    reaction: conceptText(record.reaction?.[0]?.manifestation?.[0]),
  };
}
