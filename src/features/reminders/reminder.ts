import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { LOCAL_SYSTEM, type LocalCode } from '#src/fhir/codes.ts';
import { parseDay } from '#src/lib/time.ts';
import { concept, idIn, reference, text } from '../patients/codeable.ts';

/** What a reminder asks for. */
export type ReminderKind = 'maintenance' | 'followUpCall' | 'review';

/** The code that a reminder of a kind carries. */
export const REMINDER_CODES: Readonly<Record<ReminderKind, LocalCode>> = {
  maintenance: 'maintenance-infusion',
  followUpCall: 'follow-up-call',
  review: 'clinician-review',
};

/** How a kind is called on screen. */
export const REMINDER_WORDS: Readonly<Record<ReminderKind, string>> = {
  maintenance: 'Maintenance',
  followUpCall: 'Follow-up call',
  review: 'Review',
};

/** An entry of the due list. */
export interface Reminder {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly kind: ReminderKind | undefined;
  /** The day of the next action, and the clinical due date; both days of the clinic. */
  readonly nextAction: Temporal.PlainDate | undefined;
  readonly due: Temporal.PlainDate | undefined;
  readonly courseId: string | undefined;
}

const reminderRecord = z.object({
  id: z.string(),
  code: z.optional(concept),
  for: z.optional(reference),
  basedOn: z.optional(z.array(reference)),
  executionPeriod: z.optional(z.object({ start: text })),
  restriction: z.optional(z.object({ period: z.optional(z.object({ end: text })) })),
});

const KINDS: readonly ReminderKind[] = ['maintenance', 'followUpCall', 'review'];

/** Reads a `Task` of the due list; throws a zod error where a field has a shape that FHIR does not allow. */
export function toReminder(resource: RawResource, timeZone: string): Reminder {
  const record = z.parse(reminderRecord, resource);
  const codes = (record.code?.coding ?? []).filter(({ system }) => system === LOCAL_SYSTEM);
  return {
    id: record.id,
    patientId: idIn(record.for, 'Patient'),
    kind: KINDS.find((kind) => codes.some(({ code }) => code === REMINDER_CODES[kind])),
    nextAction: parseDay(record.executionPeriod?.start, timeZone),
    due: parseDay(record.restriction?.period?.end, timeZone),
    courseId: record.basedOn?.flatMap((one) => idIn(one, 'CarePlan') ?? [])[0],
  };
}

/** Whole days that a day lies over the clinical due date; 0 on the day, nothing while it lies ahead or is unknown. */
export function daysOver({ due }: Reminder, today: Temporal.PlainDate): number | undefined {
  if (due === undefined) return undefined;
  const days = due.until(today, { largestUnit: 'day' }).days;
  return days < 0 ? undefined : days;
}
