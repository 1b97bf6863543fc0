import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { CONSENT_SCOPE } from '#src/fhir/codes.ts';
import { concept, hasCode, localId, period, reference, text } from '#src/fhir/datatypes.ts';
import { covers, periodDay, type Days } from './period.ts';
import type { Reading } from './reading.ts';

/** A consent or a refusal; without an end it holds until withdrawn. */
export interface Consent extends Days {
  readonly patientId: string | undefined;
  /** What it says of treatment; nothing where it is not active, or about research or the sharing of data. */
  readonly treatment: 'permit' | 'deny' | undefined;
}

/** Whether a patient may be treated on a day, by consent. */
export type ConsentState =
  | { readonly kind: 'valid' }
  | { readonly kind: 'ends'; readonly on: Temporal.PlainDate }
  /** Treatment is refused: an earlier consent beside the refusal changes nothing. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'none' };

/** An end this near is said beforehand, so that consent is renewed before a session is lost. */
export const WARN_DAYS = 14;

const consentRecord = z.object({
  status: text,
  scope: z.optional(concept),
  patient: z.optional(reference),
  provision: z.optional(z.object({ type: text, period: z.optional(period) })),
});

/**
 * Reads a `Consent`, its days in the clinic's zone; a month or year as an end means its last day. Throws a zod error
 * where a shape is not FHIR's, and an Error where a limit is no date: a consent never outlasts an end that cannot be read.
 */
export function toConsent(resource: RawResource, { fhirBaseUrl, timeZone }: Reading): Consent {
  const record = z.parse(consentRecord, resource);
  const { type, period: days } = record.provision ?? {};
  const toTreatment = record.status === 'active' && hasCode(record.scope, CONSENT_SCOPE, ['treatment']);
  return {
    patientId: localId(record.patient, 'Patient', fhirBaseUrl),
    treatment: toTreatment ? (type === 'deny' ? 'deny' : 'permit') : undefined,
    from: limit('start', days?.start, timeZone),
    until: limit('end', days?.end, timeZone),
  };
}

function limit(
  which: 'start' | 'end',
  date: string | undefined,
  timeZone: string,
): Temporal.PlainDate | undefined {
  const day = periodDay(which, date, timeZone);
  if (date !== undefined && day === undefined) {
    throw new Error(`the field provision.period.${which} is no date`);
  }
  return day;
}

/**
 * The state of a patient's consents on a day: a refusal in force outweighs every consent, since a withdrawal may stand
 * beside the older permit; of several consents the one that lasts longest decides.
 */
export function consentOn(consents: readonly Consent[], day: Temporal.PlainDate): ConsentState {
  const today = consents.filter((one) => covers(one, day));
  if (today.some(({ treatment }) => treatment === 'deny')) return { kind: 'refused' };
  const inForce = today.filter(({ treatment }) => treatment === 'permit');
  if (inForce.length === 0) return { kind: 'none' };
  const ends = inForce.flatMap(({ until }) => (until === undefined ? [] : [until]));
  const last = ends.toSorted(Temporal.PlainDate.compare).at(-1);
  if (last === undefined || ends.length < inForce.length) return { kind: 'valid' };
  return day.until(last, { largestUnit: 'day' }).days <= WARN_DAYS
    ? { kind: 'ends', on: last }
    : { kind: 'valid' };
}
