import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { parseDay } from '#src/lib/time.ts';
import { idIn, reference, text } from './codeable.ts';

/** A consent to treatment; without an end it holds until withdrawn. */
export interface Consent {
  readonly patientId: string | undefined;
  readonly from: Temporal.PlainDate | undefined;
  readonly until: Temporal.PlainDate | undefined;
}

/** Whether a patient may be treated on a day, by consent. */
export type ConsentState =
  | { readonly kind: 'valid' }
  | { readonly kind: 'ends'; readonly on: Temporal.PlainDate }
  | { readonly kind: 'none' };

/** An end this near is said beforehand, so that consent is renewed before a session is lost. */
const WARN_DAYS = 14;

const consentRecord = z.object({
  patient: z.optional(reference),
  provision: z.optional(z.object({ period: z.optional(z.object({ start: text, end: text })) })),
});

/** Reads a `Consent`, its days in the clinic's zone; throws a zod error where a shape is not FHIR's. */
export function toConsent(resource: RawResource, timeZone: string): Consent {
  const record = z.parse(consentRecord, resource);
  return {
    patientId: idIn(record.patient, 'Patient'),
    from: parseDay(record.provision?.period?.start, timeZone),
    until: parseDay(record.provision?.period?.end, timeZone),
  };
}

/** The state of a patient's consents on a day: the one that lasts longest decides. */
export function consentOn(consents: readonly Consent[], day: Temporal.PlainDate): ConsentState {
  const inForce = consents.filter(
    ({ from, until }) =>
      (from === undefined || Temporal.PlainDate.compare(from, day) <= 0) &&
      (until === undefined || Temporal.PlainDate.compare(until, day) >= 0),
  );
  if (inForce.length === 0) return { kind: 'none' };
  const ends = inForce.flatMap(({ until }) => (until === undefined ? [] : [until]));
  const last = ends.toSorted(Temporal.PlainDate.compare).at(-1);
  if (last === undefined || ends.length < inForce.length) return { kind: 'valid' };
  return day.until(last, { largestUnit: 'day' }).days <= WARN_DAYS ? { kind: 'ends', on: last } : { kind: 'valid' };
}
