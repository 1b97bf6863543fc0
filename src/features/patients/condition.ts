import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { concept, conceptText, idIn, reference, text } from './codeable.ts';

/** A diagnosis of a patient. */
export interface Condition {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly name: string;
  /** `system|code` of every coding, to filter by. */
  readonly tokens: readonly string[];
  readonly since: string | undefined;
}

const conditionRecord = z.object({
  id: z.string(),
  subject: reference,
  code: z.optional(concept),
  onsetDateTime: text,
  recordedDate: text,
});

/** Reads a `Condition`; throws a zod error where a field has a shape that FHIR does not allow. */
export function toCondition(resource: RawResource): Condition {
  const record = z.parse(conditionRecord, resource);
  return {
    id: record.id,
    patientId: idIn(record.subject, 'Patient'),
    name: conceptText(record.code) ?? 'Diagnosis without a name',
    tokens: (record.code?.coding ?? []).map((one) => `${one.system ?? ''}|${one.code ?? ''}`),
    since: record.onsetDateTime ?? record.recordedDate,
  };
}
