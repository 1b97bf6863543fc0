import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { OPIOIDS, RXNORM } from '#src/fhir/codes.ts';
import {
  concept,
  conceptText,
  hasCode,
  localId,
  period,
  reference,
  says,
  text,
} from '#src/fhir/datatypes.ts';
import { dailyAmountOf, dosage } from './medication-dose.ts';
import { mmeOf, type DailyAmount, type Mme } from './mme.ts';
import { namesOpioid } from './opioid-names.ts';
import { covers, periodDay } from './period.ts';
import type { Reading } from './reading.ts';

/** Something that a patient takes or took, as told. */
export interface Medication {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly drug: string;
  readonly opioid: boolean;
  /** Of an opioid, where the record codes it. */
  readonly ingredient: string | undefined;
  /** As far as the record's numbers say. */
  readonly daily: DailyAmount | undefined;
  /** The dosage in the record's own words. */
  readonly words: string | undefined;
  /** Of an opioid alone. */
  readonly mme: Mme | undefined;
  readonly standing: 'current' | 'past' | 'mistake';
  /** Since when, as recorded. */
  readonly since: string | undefined;
}

const PAST: ReadonlySet<string | undefined> = new Set([
  'completed',
  'stopped',
  'on-hold',
  'not-taken',
  'intended',
]);

const medicationRecord = z.object({
  id: z.string(),
  status: text,
  medicationCodeableConcept: z.optional(concept),
  medicationReference: z.optional(reference),
  subject: z.optional(reference),
  effectiveDateTime: text,
  effectivePeriod: z.optional(period),
  dosage: z.optional(z.array(dosage)),
});

/** Reads a `MedicationStatement`; throws a zod error where a field has a shape that FHIR does not allow. */
export function toMedication(resource: RawResource, reading: Reading): Medication {
  const record = z.parse(medicationRecord, resource);
  const drug =
    conceptText(record.medicationCodeableConcept) ??
    (says(record.medicationReference?.display) ? record.medicationReference.display : 'Drug not named');
  const ingredient = OPIOIDS.find(({ code }) => hasCode(record.medicationCodeableConcept, RXNORM, [code]));
  const names = record.medicationCodeableConcept?.coding?.map(({ display }) => display) ?? [];
  const opioid = ingredient !== undefined || namesOpioid([drug, ...names].join(' '));
  const daily = dailyAmountOf(record.dosage ?? []);
  return {
    id: record.id,
    patientId: localId(record.subject, 'Patient', reading.fhirBaseUrl),
    drug,
    opioid,
    ingredient: ingredient?.display,
    daily,
    words: record.dosage?.map((one) => one.text).find(says),
    mme: opioid ? mmeOf(ingredient?.code, daily) : undefined,
    standing: standingOf(record, reading),
    since: record.effectivePeriod?.start ?? record.effectiveDateTime,
  };
}

function standingOf(
  { status, effectivePeriod }: z.infer<typeof medicationRecord>,
  { timeZone, today }: Reading,
): Medication['standing'] {
  if (status === 'entered-in-error') return 'mistake';
  if (PAST.has(status)) return 'past';
  const days = {
    from: periodDay('start', effectivePeriod?.start, timeZone),
    until: periodDay('end', effectivePeriod?.end, timeZone),
  };
  return covers(days, today) ? 'current' : 'past';
}
