import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { concept, conceptText, localId, reference, text } from '#src/fhir/datatypes.ts';
import { parseDay } from '#src/lib/time.ts';
import type { Reading } from '../patients/reading.ts';

/** Something that went wrong with a patient, in a session or beside one. */
export interface AdverseEvent {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly sessionId: string | undefined;
  readonly name: string;
  readonly severity: string | undefined;
  readonly outcome: string | undefined;
  /** It could have happened, and did not. */
  readonly potential: boolean;
  readonly day: Temporal.PlainDate | undefined;
}

const eventRecord = z.object({
  id: z.string(),
  actuality: text,
  subject: z.optional(reference),
  encounter: z.optional(reference),
  event: z.optional(concept),
  severity: z.optional(concept),
  outcome: z.optional(concept),
  date: text,
  detected: text,
});

/** Reads an `AdverseEvent`; throws a zod error where a field has a shape that FHIR does not allow. */
export function toAdverseEvent(resource: RawResource, { fhirBaseUrl, timeZone }: Reading): AdverseEvent {
  const record = z.parse(eventRecord, resource);
  return {
    id: record.id,
    patientId: localId(record.subject, 'Patient', fhirBaseUrl),
    sessionId: localId(record.encounter, 'Encounter', fhirBaseUrl),
    name: conceptText(record.event) ?? 'event without a name',
    severity: conceptText(record.severity)?.toLowerCase(),
    outcome: conceptText(record.outcome)?.toLowerCase(),
    potential: record.actuality === 'potential',
    day: parseDay(record.date ?? record.detected, timeZone),
  };
}

/** `nausea, mild`; what only could have happened says so. */
export function eventText({ name, severity, potential }: AdverseEvent): string {
  const words = severity === undefined ? name : `${name}, ${severity}`;
  return potential ? `${words} (potential)` : words;
}
