import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { parseInstant } from '#src/lib/time.ts';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import {
  concept,
  conceptText,
  hasCode,
  localId,
  reference,
  text,
  type Concept,
} from '#src/fhir/datatypes.ts';
import type { Reading } from '../patients/reading.ts';

export type AppointmentState =
  | 'booked'
  | 'arrived'
  | 'inSession'
  | 'fulfilled'
  | 'noShow'
  | 'cancelled'
  | 'unknown';

/** What a patient comes for. */
export type AppointmentKind = 'consultation' | 'induction' | 'maintenance' | 'unknown';

/** A time in a chair. */
export interface Appointment {
  readonly id: string;
  /** One, or those who come together. */
  readonly patientIds: readonly string[];
  readonly start: Temporal.Instant | undefined;
  readonly end: Temporal.Instant | undefined;
  readonly state: AppointmentState;
  readonly kind: AppointmentKind;
  /** The service in the words of the record; nothing where it names none. */
  readonly service: string | undefined;
}

const STATES: ReadonlyMap<string | undefined, AppointmentState> = new Map([
  ['booked', 'booked'],
  ['arrived', 'arrived'],
  ['checked-in', 'inSession'],
  ['fulfilled', 'fulfilled'],
  ['noshow', 'noShow'],
  ['cancelled', 'cancelled'],
]);

const KINDS = ['consultation', 'induction', 'maintenance'] as const;

const appointmentRecord = z.object({
  id: z.string(),
  status: text,
  start: text,
  end: text,
  serviceType: z.optional(z.array(concept)),
  participant: z.optional(z.array(z.object({ actor: z.optional(reference) }))),
});

/** Reads an `Appointment`; throws a zod error where a field has a shape that FHIR does not allow. */
export function toAppointment(resource: RawResource, { fhirBaseUrl }: Reading): Appointment {
  const record = z.parse(appointmentRecord, resource);
  return {
    id: record.id,
    patientIds: (record.participant ?? []).flatMap(
      ({ actor }) => localId(actor, 'Patient', fhirBaseUrl) ?? [],
    ),
    start: parseInstant(record.start),
    end: parseInstant(record.end),
    state: STATES.get(record.status) ?? 'unknown',
    kind: kindIn(record.serviceType ?? []),
    service: record.serviceType?.map(conceptText).find((words) => words !== undefined),
  };
}

/** The kind by the service types; unknown where they name none of ours, or several that contradict each other. */
function kindIn(services: readonly Concept[]): AppointmentKind {
  const named = KINDS.filter((kind) => services.some((one) => hasCode(one, LOCAL_SYSTEM, [kind])));
  return named.length === 1 && named[0] !== undefined ? named[0] : 'unknown';
}

/**
 * Whether an appointment is taken for an infusion. One of an unknown kind is: other systems book infusions without our
 * codes, and to call a patient "not booked" who is would get a second infusion booked. Who shows it names its service.
 */
export function isSession({ kind }: Appointment): boolean {
  return kind !== 'consultation';
}

/** Minutes that a patient who has not come yet is late; nothing while in time, or once the patient is here. */
export function minutesLate({ state, start }: Appointment, now: Temporal.Instant): number | undefined {
  if (state !== 'booked' || start === undefined) return undefined;
  const minutes = Math.floor(now.since(start).total('minute'));
  return minutes > 0 ? minutes : undefined;
}
