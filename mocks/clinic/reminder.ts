import type { LocalCode } from '#src/fhir/codes.ts';
import type { CoursePlan } from './course-desk.ts';

/** A reminder before it is a Task. Days are counted from today. */
export interface Reminder {
  readonly plan: CoursePlan;
  readonly code: Extract<LocalCode, 'maintenance-infusion' | 'follow-up-call' | 'clinician-review'>;
  readonly state: ReminderState;
  /** When something is to be done next, or was done last. */
  readonly nextDay: number;
  /** When it is due by the rules. */
  readonly dueDay: number;
  /** Places in the course of the visit that made it and of the one that answers it. */
  readonly madeBy: number;
  readonly answeredBy?: number;
}

export type ReminderState = 'due' | 'contacted' | 'snoozed' | 'booked' | 'attended' | Refusal;

interface Refusal {
  readonly status: 'rejected' | 'cancelled';
  readonly because: string;
}

/** What was reminded of is kept for a year. */
export const FIRST_REMINDED_DAY = -365;
