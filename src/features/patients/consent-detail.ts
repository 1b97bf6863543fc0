import * as z from 'zod/mini';
import { concept, conceptText, text } from '#src/fhir/datatypes.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { formatDay, parseDay } from '#src/lib/time.ts';
import { toConsent, WARN_DAYS, type Consent } from './consent.ts';
import { patientReferences } from './list-page.ts';
import type { Reading } from './reading.ts';

/** A consent with what it is about and when it was given. */
export interface ConsentDetail extends Consent {
  readonly about: string;
  readonly given: Temporal.PlainDate | undefined;
  /** It is not in force: taken back, lapsed, replaced or never given; the record does not say which. */
  readonly inactive: boolean;
}

const detailRecord = z.object({
  status: text,
  scope: z.optional(concept),
  category: z.optional(z.array(concept)),
  policyRule: z.optional(concept),
  dateTime: text,
});

/** All consents and refusals of a patient, also those taken back; a mistake is none. */
export function allConsentsOf(patientId: string, count: number): SearchRequest {
  return searchRequest('Consent', {
    patient: patientReferences([patientId]),
    status: 'active,inactive,rejected',
    _count: count,
    _total: 'accurate',
  });
}

/** Reads a `Consent` for a chart; throws as `toConsent` does. */
export function toConsentDetail(resource: RawResource, reading: Reading): ConsentDetail {
  const record = z.parse(detailRecord, resource);
  return {
    ...toConsent(resource, reading),
    about:
      conceptText(record.policyRule) ??
      record.category?.map(conceptText).find((words) => words !== undefined) ??
      conceptText(record.scope) ??
      'Consent without a subject',
    given: parseDay(record.dateTime, reading.timeZone),
    inactive: record.status !== 'active',
  };
}

/** How a consent stands on a day, in words: `valid`, `lapses in 9 days`, `lapsed 3 Nov 2026`. */
export function consentStanding(
  { treatment, inactive, from, until }: ConsentDetail,
  day: Temporal.PlainDate,
): { readonly kind: 'valid' | 'ending' | 'over' | 'refused' | 'ahead'; readonly text: string } {
  if (inactive) return { kind: 'over', text: 'not in force' };
  if (from !== undefined && Temporal.PlainDate.compare(from, day) > 0) {
    return { kind: 'ahead', text: `begins ${formatDay(from)}` };
  }
  const days = until === undefined ? undefined : day.until(until, { largestUnit: 'day' }).days;
  if (days !== undefined && until !== undefined && days < 0) {
    return { kind: 'over', text: `lapsed ${formatDay(until)}` };
  }
  if (treatment === 'deny') return { kind: 'refused', text: 'treatment refused' };
  if (days !== undefined && days <= WARN_DAYS) {
    return {
      kind: 'ending',
      text: days === 0 ? 'lapses today' : `lapses in ${days} ${days === 1 ? 'day' : 'days'}`,
    };
  }
  return { kind: 'valid', text: 'valid' };
}
