import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { daysOf, parseDay } from '#src/lib/time.ts';
import { concept, hasCode, idIn, reference, text } from './codeable.ts';

/** A consent to treatment; without an end it holds until withdrawn. */
export interface Consent {
  readonly patientId: string | undefined;
  /** It is in force and permits treatment; others permit research or the sharing of data, or refuse. */
  readonly toTreatment: boolean;
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

const SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope';

const consentRecord = z.object({
  status: text,
  scope: z.optional(concept),
  patient: z.optional(reference),
  provision: z.optional(z.object({ type: text, period: z.optional(z.object({ start: text, end: text })) })),
});

/**
 * Reads a `Consent`, its days in the clinic's zone; a month or year as an end means its last day. Throws a zod error
 * where a shape is not FHIR's, and an Error where a limit is no date: a consent never outlasts an end that cannot be read.
 */
export function toConsent(resource: RawResource, timeZone: string): Consent {
  const record = z.parse(consentRecord, resource);
  const { type, period } = record.provision ?? {};
  return {
    patientId: idIn(record.patient, 'Patient'),
    toTreatment: record.status === 'active' && hasCode(record.scope, SCOPE, ['treatment']) && type !== 'deny',
    from: limit('start', period?.start, timeZone),
    until: limit('end', period?.end, timeZone),
  };
}

function limit(
  which: 'start' | 'end',
  date: string | undefined,
  timeZone: string,
): Temporal.PlainDate | undefined {
  if (date === undefined) return undefined;
  const day = parseDay(date, timeZone) ?? daysOf(date)?.[which === 'start' ? 'first' : 'last'];
  if (day === undefined) throw new Error(`the field provision.period.${which} is no date`);
  return day;
}

/** The state of a patient's consents on a day: the one that lasts longest decides. */
export function consentOn(consents: readonly Consent[], day: Temporal.PlainDate): ConsentState {
  const inForce = consents.filter(
    ({ toTreatment, from, until }) =>
      toTreatment &&
      (from === undefined || Temporal.PlainDate.compare(from, day) <= 0) &&
      (until === undefined || Temporal.PlainDate.compare(until, day) >= 0),
  );
  if (inForce.length === 0) return { kind: 'none' };
  const ends = inForce.flatMap(({ until }) => (until === undefined ? [] : [until]));
  const last = ends.toSorted(Temporal.PlainDate.compare).at(-1);
  if (last === undefined || ends.length < inForce.length) return { kind: 'valid' };
  return day.until(last, { largestUnit: 'day' }).days <= WARN_DAYS
    ? { kind: 'ends', on: last }
    : { kind: 'valid' };
}
