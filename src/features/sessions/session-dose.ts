import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { localId, reference, text } from '#src/fhir/datatypes.ts';
import type { Reading } from '../patients/reading.ts';

/** How much ketamine a session gave in all, computed at its signing. */
export interface SessionDose {
  readonly sessionId: string | undefined;
  /** Nothing for a record that was entered in error. */
  readonly doseMg: number | undefined;
}

const doseRecord = z.object({
  status: text,
  encounter: z.optional(reference),
  valueQuantity: z.optional(z.object({ value: z.optional(z.number()), unit: text, code: text })),
});

/**
 * Reads the `Observation` of a total dose. Throws a zod error where a shape is not FHIR's, and an Error where the value
 * is no number of milligrams.
 */
export function toSessionDose(resource: RawResource, { fhirBaseUrl }: Reading): SessionDose {
  const { status, encounter, valueQuantity: { value, unit, code } = {} } = z.parse(doseRecord, resource);
  const sessionId = localId(encounter, 'Encounter', fhirBaseUrl);
  if (status === 'entered-in-error' || status === 'cancelled') return { sessionId, doseMg: undefined };
  if (value === undefined) throw new Error('it has no value');
  if ((code ?? unit) !== 'mg') throw new Error(`its unit is ${code ?? unit ?? 'missing'}, not mg`);
  if (!(value >= 0)) throw new Error(`its value ${value} mg cannot be meant`);
  return { sessionId, doseMg: value };
}
