import * as z from 'zod/mini';
import { concept, conceptText, localId, reference, text } from '#src/fhir/datatypes.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { formatDay } from '#src/lib/time.ts';
import type { Reading } from '../patients/reading.ts';
import { reminderText, toReminder, type Reminder } from './reminder.ts';

/** A reminder with how it was closed, and what made and answered it. */
export interface ReminderDetail extends Reminder {
  /** Nothing while it is open. */
  readonly closed: 'attended' | 'declined' | 'withdrawn' | undefined;
  /** Why it is in its state, in the words of the record. */
  readonly reason: string | undefined;
  /** The session after which it became due, and the appointment that answers it. */
  readonly sessionId: string | undefined;
  readonly appointmentId: string | undefined;
}

const detailRecord = z.object({
  status: text,
  statusReason: z.optional(concept),
  focus: z.optional(reference),
  encounter: z.optional(reference),
});

const CLOSED: ReadonlyMap<string | undefined, ReminderDetail['closed']> = new Map([
  ['completed', 'attended'],
  ['rejected', 'declined'],
  ['cancelled', 'withdrawn'],
]);

/** Reads a `Task` of the due list for a chart; throws a zod error where a field has a shape that FHIR does not allow. */
export function toReminderDetail(resource: RawResource, reading: Reading): ReminderDetail {
  const record = z.parse(detailRecord, resource);
  return {
    ...toReminder(resource, reading),
    closed: CLOSED.get(record.status),
    reason: conceptText(record.statusReason),
    sessionId: localId(record.encounter, 'Encounter', reading.fhirBaseUrl),
    appointmentId: localId(record.focus, 'Appointment', reading.fhirBaseUrl),
  };
}

const CLOSED_WORDS = { attended: 'done', declined: 'declined', withdrawn: 'withdrawn' } as const;

/** What became of a reminder, or what is to be done about it, in words: `declined: no more infusions, was due 1 Dec 2026`. */
export function reminderStory(reminder: ReminderDetail, today: Temporal.PlainDate): string {
  const { closed, reason, due } = reminder;
  const said = closed === undefined ? [reminderText(reminder, today)] : [CLOSED_WORDS[closed]];
  const why = reason === undefined ? '' : `: ${reason}`;
  const clinical = closed === undefined || due === undefined ? '' : `, was due ${formatDay(due)}`;
  return said.join('') + why + clinical;
}

/** Whether a patient asked not to be called, as the reason of a withdrawn reminder. */
export function asksForNoContact({ closed, reason = '' }: ReminderDetail): boolean {
  return (
    closed === 'withdrawn' &&
    /\b(?:do|does|did|to|shall|must) not\b.*\bcontact|\bnot to (?:be )?contact|^no (?:more )?contact\b/i.test(
      reason,
    )
  );
}
