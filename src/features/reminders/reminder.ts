import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { LOCAL_SYSTEM, type LocalCode } from '#src/fhir/codes.ts';
import { concept, localId, reference, text } from '#src/fhir/datatypes.ts';
import { formatDay, parseDay } from '#src/lib/time.ts';
import type { Reading } from '../patients/reading.ts';

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

/** `due`: nothing was done yet; `called`: the next attempt is set; `unknown`: closed, or not one of these. */
export type ReminderState = 'due' | 'called' | 'snoozed' | 'booked' | 'unknown';

/** An entry of the due list. */
export interface Reminder {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly kind: ReminderKind | undefined;
  readonly state: ReminderState;
  /** The day of the next action, and the clinical due date; both days of the clinic. */
  readonly nextAction: Temporal.PlainDate | undefined;
  readonly due: Temporal.PlainDate | undefined;
  readonly courseId: string | undefined;
}

const reminderRecord = z.object({
  id: z.string(),
  status: text,
  code: z.optional(concept),
  for: z.optional(reference),
  basedOn: z.optional(z.array(reference)),
  executionPeriod: z.optional(z.object({ start: text })),
  restriction: z.optional(z.object({ period: z.optional(z.object({ end: text })) })),
});

/** By status alone, as the buckets are searched: `businessStatus` only repeats it in our words. */
const STATES: ReadonlyMap<string | undefined, ReminderState> = new Map([
  ['requested', 'due'],
  ['received', 'called'],
  ['on-hold', 'snoozed'],
  ['accepted', 'booked'],
]);

const KINDS: readonly ReminderKind[] = ['maintenance', 'followUpCall', 'review'];

/** Reads a `Task` of the due list; throws a zod error where a field has a shape that FHIR does not allow. */
export function toReminder(resource: RawResource, { fhirBaseUrl, timeZone }: Reading): Reminder {
  const record = z.parse(reminderRecord, resource);
  const codes = (record.code?.coding ?? []).filter(({ system }) => system === LOCAL_SYSTEM);
  return {
    id: record.id,
    patientId: localId(record.for, 'Patient', fhirBaseUrl),
    kind: KINDS.find((kind) => codes.some(({ code }) => code === REMINDER_CODES[kind])),
    state: STATES.get(record.status) ?? 'unknown',
    nextAction: parseDay(record.executionPeriod?.start, timeZone),
    due: parseDay(record.restriction?.period?.end, timeZone),
    courseId: record.basedOn?.flatMap((one) => localId(one, 'CarePlan', fhirBaseUrl) ?? [])[0],
  };
}

/** Whole days that a day lies over the clinical due date; 0 on the day, nothing while it lies ahead or is unknown. */
export function daysOver({ due }: Reminder, today: Temporal.PlainDate): number | undefined {
  if (due === undefined) return undefined;
  const days = due.until(today, { largestUnit: 'day' }).days;
  return days < 0 ? undefined : days;
}

/** Days over the due date of a reminder that still waits: a booked one is answered, a snoozed one put off. */
export function daysWaitedOver(reminder: Reminder, today: Temporal.PlainDate): number {
  const { state, nextAction } = reminder;
  const waits = state === 'due' || state === 'called' || (state === 'snoozed' && !isAhead(nextAction, today));
  return waits ? (daysOver(reminder, today) ?? 0) : 0;
}

/**
 * What is to be done about a reminder on a day, in words: `due 1 Dec 2026`, `snoozed until 3 Dec 2026, due 1 Dec 2026`.
 * A snooze that has elapsed is due again by itself.
 */
export function reminderText(reminder: Reminder, today: Temporal.PlainDate): string {
  const { state, nextAction, due } = reminder;
  const clinical = due === undefined ? [] : [`due ${formatDay(due)}`];
  const next = nextAction && formatDay(nextAction);
  const said = {
    due: [],
    unknown: ['state not recorded'],
    called: [next === undefined ? 'called' : `called, next try ${next}`],
    booked: [next === undefined ? 'booked' : `booked for ${next}`],
    snoozed: next === undefined ? ['snoozed'] : isAhead(nextAction, today) ? [`snoozed until ${next}`] : [],
  }[state];
  return [...said, ...clinical].join(', ') || 'no due date';
}

function isAhead(day: Temporal.PlainDate | undefined, today: Temporal.PlainDate): boolean {
  return day !== undefined && Temporal.PlainDate.compare(day, today) > 0;
}
