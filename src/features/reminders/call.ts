import * as z from 'zod/mini';
import { localToken } from '#src/fhir/codes.ts';
import { concept, conceptText, localId, reference, says, text } from '#src/fhir/datatypes.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { parseInstant } from '#src/lib/time.ts';
import { patientReferences } from '../patients/list-page.ts';
import type { Reading } from '../patients/reading.ts';

/** One attempt to reach a patient. */
export interface Call {
  readonly id: string;
  /** The reminders that it was made for. */
  readonly reminderIds: readonly string[];
  /** By what: in the words of the record. */
  readonly channel: string | undefined;
  /** Nothing where the record says neither. */
  readonly reached: boolean | undefined;
  /** Why the patient was not reached, in the words of the record. */
  readonly reason: string | undefined;
  readonly at: Temporal.Instant | undefined;
  readonly by: string | undefined;
  readonly notes: readonly string[];
}

const callRecord = z.object({
  id: z.string(),
  status: text,
  statusReason: z.optional(concept),
  basedOn: z.optional(z.array(reference)),
  medium: z.optional(z.array(concept)),
  sent: text,
  sender: z.optional(reference),
  payload: z.optional(z.array(z.object({ contentString: text }))),
  note: z.optional(z.array(z.object({ text }))),
});

const REACHED: ReadonlyMap<string | undefined, boolean> = new Map([
  ['completed', true],
  ['not-done', false],
]);

/** The attempts to reach a patient, those left out that were a mistake, the latest first. */
export function callsOf(patientId: string, count: number): SearchRequest {
  return searchRequest('Communication', {
    patient: patientReferences([patientId]),
    category: localToken('contact-attempt'),
    status: 'completed,not-done,in-progress,unknown',
    _sort: '-sent,_id',
    _count: count,
    _total: 'accurate',
  });
}

/** Reads a `Communication` of the call log; throws a zod error where a field has a shape that FHIR does not allow. */
export function toCall(resource: RawResource, { fhirBaseUrl }: Reading): Call {
  const record = z.parse(callRecord, resource);
  const notes = [
    ...(record.payload ?? []).map(({ contentString }) => contentString),
    ...(record.note ?? []).map((one) => one.text),
  ];
  return {
    id: record.id,
    reminderIds: (record.basedOn ?? []).flatMap((one) => localId(one, 'Task', fhirBaseUrl) ?? []),
    channel: record.medium?.map(conceptText).find((words) => words !== undefined),
    reached: REACHED.get(record.status),
    reason: conceptText(record.statusReason),
    at: parseInstant(record.sent),
    by: record.sender?.display,
    notes: notes.filter(says),
  };
}

/** How an attempt ended, in words. */
export function callOutcome({ reached, reason }: Call): string {
  const said = reached === undefined ? 'outcome not recorded' : reached ? 'reached' : 'not reached';
  return reason === undefined ? said : `${said}: ${reason}`;
}
