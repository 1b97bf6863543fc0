import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { parseDay } from '#src/lib/time.ts';
import { localId, reference, text } from '#src/fhir/datatypes.ts';
import type { Reading } from '../patients/reading.ts';

/** The note of a session that nobody has signed yet. */
export interface UnsignedNote {
  readonly patientId: string | undefined;
  /** The clinic's day of the session. */
  readonly day: Temporal.PlainDate;
}

const encounterRecord = z.object({ period: z.optional(z.object({ start: text })) });
const noteRecord = z.object({ subject: z.optional(reference), date: text });

/** The clinic's day on which a session (`Encounter`) began; unknown where the record does not say or cannot be read. */
export function sessionDay(resource: RawResource, { timeZone }: Reading): Temporal.PlainDate | undefined {
  const record = z.safeParse(encounterRecord, resource);
  return record.success ? parseDay(record.data.period?.start, timeZone) : undefined;
}

/**
 * Reads a preliminary `Composition`. Throws a zod error where a field has a shape that FHIR does not allow, and an
 * Error where it says no day: a note without one would be counted nowhere.
 */
export function toUnsignedNote(resource: RawResource, { fhirBaseUrl, timeZone }: Reading): UnsignedNote {
  const record = z.parse(noteRecord, resource);
  const day = parseDay(record.date, timeZone);
  if (day === undefined) throw new Error('the field date is no day');
  return { patientId: localId(record.subject, 'Patient', fhirBaseUrl), day };
}
