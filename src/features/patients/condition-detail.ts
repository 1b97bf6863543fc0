import * as z from 'zod/mini';
import { CONDITION_CLINICAL, CONDITION_VERIFICATION, ICD_10_CM } from '#src/fhir/codes.ts';
import { concept, text } from '#src/fhir/datatypes.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { toCondition, type Condition } from './condition.ts';
import type { Reading } from './reading.ts';

/** A diagnosis with its code and how it stands. */
export interface ConditionDetail extends Condition {
  /** ICD-10-CM, where the record carries it. */
  readonly icd: string | undefined;
  /** How it stands, where it is not simply active: `resolved`, `refuted`, `provisional`. */
  readonly status: string | undefined;
  readonly until: string | undefined;
}

const detailRecord = z.object({
  clinicalStatus: z.optional(concept),
  verificationStatus: z.optional(concept),
  code: z.optional(concept),
  abatementDateTime: text,
});

/** Reads a `Condition` for a chart; throws a zod error where a field has a shape that FHIR does not allow. */
export function toConditionDetail(resource: RawResource, reading: Reading): ConditionDetail {
  const record = z.parse(detailRecord, resource);
  const code = (value: z.infer<typeof concept> | undefined, system: string) =>
    value?.coding?.find((one) => one.system === system)?.code;
  return {
    ...toCondition(resource, reading),
    icd: code(record.code, ICD_10_CM),
    status: [
      code(record.verificationStatus, CONDITION_VERIFICATION),
      code(record.clinicalStatus, CONDITION_CLINICAL),
    ]
      .filter((one) => one !== undefined && one !== 'confirmed' && one !== 'active')
      .map((one) => (one === 'entered-in-error' ? 'recorded by mistake' : one))[0],
    until: record.abatementDateTime,
  };
}
