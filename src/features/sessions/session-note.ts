import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { localId, reference, says, text } from '#src/fhir/datatypes.ts';
import type { Reading } from '../patients/reading.ts';

/** The note of a session, or an addendum to it. */
export interface SessionNote {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly sessionId: string | undefined;
  readonly status: 'open' | 'signed' | 'mistake' | 'unknown';
  /** It adds to another note. */
  readonly addendum: boolean;
  readonly signedBy: string | undefined;
}

const STATUSES: ReadonlyMap<string | undefined, SessionNote['status']> = new Map([
  ['preliminary', 'open'],
  ['final', 'signed'],
  ['amended', 'signed'],
  ['entered-in-error', 'mistake'],
]);

const noteRecord = z.object({
  id: z.string(),
  status: text,
  subject: z.optional(reference),
  encounter: z.optional(reference),
  attester: z.optional(z.array(z.object({ party: z.optional(reference) }))),
  relatesTo: z.optional(z.array(z.object({ code: text }))),
});

/** Reads a `Composition` of a session; throws a zod error where a field has a shape that FHIR does not allow. */
export function toSessionNote(resource: RawResource, { fhirBaseUrl }: Reading): SessionNote {
  const record = z.parse(noteRecord, resource);
  return {
    id: record.id,
    patientId: localId(record.subject, 'Patient', fhirBaseUrl),
    sessionId: localId(record.encounter, 'Encounter', fhirBaseUrl),
    status: STATUSES.get(record.status) ?? 'unknown',
    addendum: record.relatesTo?.some(({ code }) => code === 'appends') ?? false,
    signedBy: record.attester?.map(({ party }) => party?.display).find(says),
  };
}
