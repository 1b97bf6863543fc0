import * as z from 'zod/mini';
import { concept, conceptText, localId, reference, says, text } from '#src/fhir/datatypes.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import type { Reading } from '../patients/reading.ts';
import { toAppointment, type Appointment } from './appointment.ts';

/** An appointment with what a chart says beyond the list. */
export interface AppointmentDetail extends Appointment {
  /** As the record names them. */
  readonly chair: string | undefined;
  readonly staff: readonly string[];
  readonly courseId: string | undefined;
  /** Who called it off; nothing where it was not, or the record does not say. */
  readonly cancelledBy: 'patient' | 'clinic' | 'medical' | undefined;
  /** Why it was called off or missed, in the words of the record. */
  readonly reason: string | undefined;
}

const detailRecord = z.object({
  cancelationReason: z.optional(concept),
  supportingInformation: z.optional(z.array(reference)),
  participant: z.optional(z.array(z.object({ actor: z.optional(reference), status: text }))),
});

/** Who cancelled is mirrored in the patient's participation, where it can be searched. */
const CANCELLED_BY: ReadonlyMap<string | undefined, 'patient' | 'clinic' | 'medical'> = new Map([
  ['declined', 'patient'],
  ['needs-action', 'clinic'],
  ['tentative', 'medical'],
]);

/** Reads an `Appointment` for a chart; throws a zod error where a field has a shape that FHIR does not allow. */
export function toAppointmentDetail(resource: RawResource, reading: Reading): AppointmentDetail {
  const appointment = toAppointment(resource, reading);
  const record = z.parse(detailRecord, resource);
  const { fhirBaseUrl } = reading;
  const participants = record.participant ?? [];
  const named = (type: string) =>
    participants.flatMap(({ actor }) =>
      localId(actor, type, fhirBaseUrl) !== undefined && says(actor?.display) ? [actor.display] : [],
    );
  const patient = participants.find(({ actor }) => localId(actor, 'Patient', fhirBaseUrl) !== undefined);
  return {
    ...appointment,
    chair: named('Location')[0],
    staff: [...named('Practitioner'), ...named('PractitionerRole')],
    courseId: record.supportingInformation?.flatMap((one) => localId(one, 'CarePlan', fhirBaseUrl) ?? [])[0],
    cancelledBy: appointment.state === 'cancelled' ? CANCELLED_BY.get(patient?.status) : undefined,
    // Who it was often stands before the reason; it is told already.
    reason: conceptText(record.cancelationReason)?.replace(/^(patient|clinic|medical):\s*/i, ''),
  };
}

/** Booked, or here and not done yet. */
export function isPending({ state }: Appointment): boolean {
  return state === 'booked' || state === 'arrived' || state === 'inSession';
}
