import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { parseInstant } from '#src/lib/time.ts';
import { idIn, reference, text } from '../patients/codeable.ts';

export type AppointmentState =
  | 'booked'
  | 'arrived'
  | 'inSession'
  | 'fulfilled'
  | 'noShow'
  | 'cancelled'
  | 'unknown';

/** A time in a chair. */
export interface Appointment {
  readonly id: string;
  /** One, or those who come together. */
  readonly patientIds: readonly string[];
  readonly start: Temporal.Instant | undefined;
  readonly end: Temporal.Instant | undefined;
  readonly state: AppointmentState;
}

const STATES: ReadonlyMap<string | undefined, AppointmentState> = new Map([
  ['booked', 'booked'],
  ['arrived', 'arrived'],
  ['checked-in', 'inSession'],
  ['fulfilled', 'fulfilled'],
  ['noshow', 'noShow'],
  ['cancelled', 'cancelled'],
]);

const appointmentRecord = z.object({
  id: z.string(),
  status: text,
  start: text,
  end: text,
  participant: z.optional(z.array(z.object({ actor: z.optional(reference) }))),
});

/** Reads an `Appointment`; throws a zod error where a field has a shape that FHIR does not allow. */
export function toAppointment(resource: RawResource): Appointment {
  const record = z.parse(appointmentRecord, resource);
  return {
    id: record.id,
    patientIds: (record.participant ?? []).flatMap(({ actor }) => idIn(actor, 'Patient') ?? []),
    start: parseInstant(record.start),
    end: parseInstant(record.end),
    state: STATES.get(record.status) ?? 'unknown',
  };
}

/** Minutes that a patient who has not come yet is late; nothing while in time, or once the patient is here. */
export function minutesLate({ state, start }: Appointment, now: Temporal.Instant): number | undefined {
  if (state !== 'booked' || start === undefined) return undefined;
  const minutes = Math.floor(now.since(start).total('minute'));
  return minutes > 0 ? minutes : undefined;
}
