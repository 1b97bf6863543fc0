import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { KETAMINE } from '#src/fhir/codes.ts';
import { concept, conceptText, hasCode, localId, reference, says, text } from '#src/fhir/datatypes.ts';
import type { Reading } from '../patients/reading.ts';

export type OrderStatus =
  | 'active'
  | 'onHold'
  | 'cancelled'
  | 'completed'
  | 'stopped'
  | 'draft'
  | 'mistake'
  | 'unknown';

/** An amount as recorded, in the record's own unit. */
export interface Amount {
  readonly value: number;
  readonly unit: string;
}

/** What a clinician ordered: ketamine for the infusions of a course, or any other prescription. */
export interface Order {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly ketamine: boolean;
  readonly drug: string;
  /** Of one session, by weight: `mg/kg` or `mg/kg/h`. Nothing where the record states none, or several. */
  readonly dose: Amount | undefined;
  /** Never more than this in a session. */
  readonly maximum: Amount | undefined;
  /** The dosage in the record's own words. */
  readonly words: string | undefined;
  readonly status: OrderStatus;
  readonly orderedBy: string | undefined;
  /** When it was ordered, as recorded. */
  readonly date: string | undefined;
  /** The order that this one took the place of. */
  readonly replacesId: string | undefined;
}

const STATUSES: ReadonlyMap<string | undefined, OrderStatus> = new Map([
  ['active', 'active'],
  ['on-hold', 'onHold'],
  ['cancelled', 'cancelled'],
  ['completed', 'completed'],
  ['stopped', 'stopped'],
  ['draft', 'draft'],
  ['entered-in-error', 'mistake'],
]);

const quantity = z.object({ value: z.optional(z.number()), unit: text, code: text });

const orderRecord = z.object({
  id: z.string(),
  status: text,
  medicationCodeableConcept: z.optional(concept),
  medicationReference: z.optional(reference),
  subject: z.optional(reference),
  authoredOn: text,
  requester: z.optional(reference),
  priorPrescription: z.optional(reference),
  dosageInstruction: z.optional(
    z.array(
      z.object({
        text,
        doseAndRate: z.optional(
          z.array(z.object({ doseQuantity: z.optional(quantity), rateQuantity: z.optional(quantity) })),
        ),
        maxDosePerAdministration: z.optional(quantity),
      }),
    ),
  ),
});

/**
 * Reads a `MedicationRequest`, of ketamine or anything else. Throws a zod error where a shape is not FHIR's, and an
 * Error where an amount is not above zero: a dose is never guessed.
 */
export function toOrder(resource: RawResource, { fhirBaseUrl }: Reading): Order {
  const record = z.parse(orderRecord, resource);
  const dosages = record.dosageInstruction ?? [];
  const doses = dosages.flatMap(({ doseAndRate = [] }) =>
    doseAndRate.flatMap(({ doseQuantity, rateQuantity }) => [amountOf(doseQuantity), amountOf(rateQuantity)]),
  );
  return {
    id: record.id,
    patientId: localId(record.subject, 'Patient', fhirBaseUrl),
    ketamine: hasCode(record.medicationCodeableConcept, KETAMINE.system, [KETAMINE.code]),
    drug:
      conceptText(record.medicationCodeableConcept) ??
      (says(record.medicationReference?.display) ? record.medicationReference.display : 'Drug not named'),
    dose: onlyOne(doses),
    maximum: onlyOne(dosages.map(({ maxDosePerAdministration }) => amountOf(maxDosePerAdministration))),
    words: dosages.map((one) => one.text).find(says),
    status: STATUSES.get(record.status) ?? 'unknown',
    orderedBy: says(record.requester?.display) ? record.requester.display : undefined,
    date: record.authoredOn,
    replacesId: localId(record.priorPrescription, 'MedicationRequest', fhirBaseUrl),
  };
}

function amountOf(value: z.infer<typeof quantity> | undefined): Amount | undefined {
  if (value?.value === undefined) return undefined;
  if (!(value.value > 0)) throw new Error(`an amount of ${value.value} is no dose`);
  return { value: value.value, unit: value.code ?? value.unit ?? '' };
}

/** The one amount that is stated; nothing where there are several that differ. */
function onlyOne(amounts: readonly (Amount | undefined)[]): Amount | undefined {
  const stated = amounts.filter((one) => one !== undefined);
  const [first] = stated;
  return stated.every(({ value, unit }) => value === first?.value && unit === first.unit) ? first : undefined;
}

/** The order that took an order's place, if one did. */
export function replacementOf(order: Order, orders: readonly Order[]): Order | undefined {
  return orders.find(({ replacesId, status }) => replacesId === order.id && status !== 'mistake');
}
