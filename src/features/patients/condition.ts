import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { CONDITION_CLINICAL, CONDITION_VERIFICATION } from '#src/fhir/codes.ts';
import { concept, conceptText, hasCode, localId, reference, text } from '#src/fhir/datatypes.ts';
import type { Reading } from './reading.ts';

/** A diagnosis of a patient. */
export interface Condition {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly name: string;
  /** Neither over, nor refuted, nor a mistake. A record that says nothing of the kind is current. */
  readonly current: boolean;
  readonly since: string | undefined;
}

const conditionRecord = z.object({
  id: z.string(),
  subject: reference,
  clinicalStatus: z.optional(concept),
  verificationStatus: z.optional(concept),
  code: z.optional(concept),
  onsetDateTime: text,
  recordedDate: text,
});

/** Reads a `Condition`; throws a zod error where a field has a shape that FHIR does not allow. */
export function toCondition(resource: RawResource, { fhirBaseUrl }: Reading): Condition {
  const record = z.parse(conditionRecord, resource);
  return {
    id: record.id,
    patientId: localId(record.subject, 'Patient', fhirBaseUrl),
    name: conceptText(record.code) ?? 'Diagnosis without a name',
    current:
      !hasCode(record.clinicalStatus, CONDITION_CLINICAL, ['inactive', 'remission', 'resolved']) &&
      !hasCode(record.verificationStatus, CONDITION_VERIFICATION, ['refuted', 'entered-in-error']),
    since: record.onsetDateTime ?? record.recordedDate,
  };
}
