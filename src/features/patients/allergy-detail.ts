import * as z from 'zod/mini';
import { ALLERGY_CLINICAL, ALLERGY_VERIFICATION } from '#src/fhir/codes.ts';
import { concept, conceptText, text } from '#src/fhir/datatypes.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { toAllergy, type Allergy } from './allergy.ts';
import type { Reading } from './reading.ts';

/** An allergy with what a chart says beyond the banner. */
export interface AllergyDetail extends Allergy {
  /** Each with its severity, where the record tells it: `Hives, moderate`. */
  readonly reactions: readonly string[];
  readonly highRisk: boolean;
  /** What stands against taking it as it is: `resolved`, `refuted`, `unconfirmed`; in words of the record. */
  readonly status: string | undefined;
  readonly recorded: string | undefined;
}

const detailRecord = z.object({
  clinicalStatus: z.optional(concept),
  verificationStatus: z.optional(concept),
  criticality: text,
  recordedDate: text,
  reaction: z.optional(z.array(z.object({ manifestation: z.optional(z.array(concept)), severity: text }))),
});

/** Reads an `AllergyIntolerance` for a chart; throws a zod error where a field has a shape that FHIR does not allow. */
export function toAllergyDetail(resource: RawResource, reading: Reading): AllergyDetail {
  const record = z.parse(detailRecord, resource);
  const code = (value: z.infer<typeof concept> | undefined, system: string) =>
    value?.coding?.find((one) => one.system === system)?.code;
  const clinical = code(record.clinicalStatus, ALLERGY_CLINICAL);
  const verification = code(record.verificationStatus, ALLERGY_VERIFICATION);
  return {
    ...toAllergy(resource, reading),
    reactions: (record.reaction ?? []).flatMap(({ manifestation = [], severity }) => {
      const words = manifestation.flatMap((one) => conceptText(one) ?? []);
      return words.length === 0 && severity === undefined
        ? []
        : [[...words, ...(severity === undefined ? [] : [severity])].join(', ')];
    }),
    highRisk: record.criticality === 'high',
    status: [verification, clinical]
      .filter((one) => one !== undefined && one !== 'confirmed' && one !== 'active')
      .map((one) => (one === 'entered-in-error' ? 'recorded by mistake' : one))[0],
    recorded: record.recordedDate,
  };
}
