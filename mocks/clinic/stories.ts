import { randomStream } from './random.ts';
import type { ProtocolId } from './protocols.ts';

/** What a patient is at the clinic for today. A site has the same cast of 240, shuffled. */
export type Story = NoCourseStory | ConsultationStory | InductionStory | MaintenanceStory | EndedStory;

interface NoCourseStory {
  readonly phase: 'none';
  readonly because: 'new' | 'inactive' | 'deceased';
}

export interface ConsultationStory {
  readonly phase: 'consultation';
  readonly visit: 'today' | 'ahead' | 'behind' | 'not-booked';
}

export interface InductionStory {
  readonly phase: 'induction';
  readonly protocol: ProtocolId;
  readonly pace:
    | 'running'
    | 'starting'
    | 'not-booked'
    | 'paused'
    /** All sessions of the series done: nothing more yet, one more booked, one more done. */
    | 'series-done'
    | 'extra-booked'
    | 'extra-done';
  /** Open days from today to the next session. */
  readonly next?: number;
  /** The last session that was given is not signed. */
  readonly unsigned?: boolean;
}

export interface MaintenanceStory {
  readonly phase: 'maintenance';
  readonly bucket:
    /** By the next action of the open reminder. */
    | 'due'
    | 'this-week'
    | 'four-weeks'
    | 'later'
    | 'snoozed'
    | 'booked'
    /** Booked some weeks ahead. */
    | 'booked-later'
    | 'booked-today'
    /** Last session within two weeks, so that a follow-up call is open or was made. */
    | 'recent'
    /** A clinician is to look at it; the reminder lies far ahead. */
    | 'review'
    /** No open reminder: forgotten by another system, asked not to be contacted, course paused. */
    | 'forgotten'
    | 'withdrawn'
    | 'paused';
  /** Called, and a next attempt is set. */
  readonly called?: boolean;
  /** A snooze that has run out. */
  readonly woken?: boolean;
  /** An appointment that came to nothing: missed or called off, lately or today. */
  readonly lost?: 'missed' | 'missed-today' | 'cancelled' | 'cancelled-today';
  /** Which follow-up call is open, or when it will be. */
  readonly call?: 'next-day-due' | 'two-weeks-due' | 'two-weeks-this-week';
}

export interface EndedStory {
  readonly phase: 'ended';
  readonly how: 'completed' | 'stopped' | 'declined' | 'deceased' | 'inactive';
}

const CAST: readonly (readonly [count: number, story: Story])[] = [
  [8, { phase: 'induction', protocol: 'short-6', pace: 'running', next: 0 }],
  [7, { phase: 'induction', protocol: 'short-6', pace: 'running', next: 1 }],
  [7, { phase: 'induction', protocol: 'short-6', pace: 'running', next: 2 }],
  [2, { phase: 'induction', protocol: 'short-6', pace: 'running', next: 1, unsigned: true }],
  [1, { phase: 'induction', protocol: 'daily-5', pace: 'running', next: 0 }],
  [1, { phase: 'induction', protocol: 'daily-5', pace: 'running', next: 1 }],
  [1, { phase: 'induction', protocol: 'crps-10', pace: 'running', next: 0 }],
  [1, { phase: 'induction', protocol: 'short-6', pace: 'starting', next: 0 }],
  [1, { phase: 'induction', protocol: 'short-6', pace: 'starting', next: 1 }],
  [2, { phase: 'induction', protocol: 'short-6', pace: 'starting', next: 4 }],
  [1, { phase: 'induction', protocol: 'daily-5', pace: 'starting', next: 5 }],
  [1, { phase: 'induction', protocol: 'crps-10', pace: 'starting', next: 10 }],
  [2, { phase: 'induction', protocol: 'short-6', pace: 'not-booked' }],
  [1, { phase: 'induction', protocol: 'short-6', pace: 'not-booked', unsigned: true }],
  [1, { phase: 'induction', protocol: 'short-6', pace: 'paused' }],
  [1, { phase: 'induction', protocol: 'crps-10', pace: 'paused' }],
  [2, { phase: 'induction', protocol: 'short-6', pace: 'series-done' }],
  [1, { phase: 'induction', protocol: 'short-6', pace: 'extra-booked' }],
  [1, { phase: 'induction', protocol: 'short-6', pace: 'extra-done' }],
  [3, { phase: 'maintenance', bucket: 'due' }],
  [1, { phase: 'maintenance', bucket: 'due', lost: 'missed' }],
  [1, { phase: 'maintenance', bucket: 'due', lost: 'cancelled-today' }],
  [3, { phase: 'maintenance', bucket: 'due', called: true }],
  [1, { phase: 'maintenance', bucket: 'due', woken: true }],
  [3, { phase: 'maintenance', bucket: 'this-week' }],
  [1, { phase: 'maintenance', bucket: 'this-week', lost: 'cancelled' }],
  [2, { phase: 'maintenance', bucket: 'this-week', called: true }],
  [17, { phase: 'maintenance', bucket: 'four-weeks' }],
  [3, { phase: 'maintenance', bucket: 'four-weeks', lost: 'cancelled' }],
  [2, { phase: 'maintenance', bucket: 'four-weeks', called: true }],
  [46, { phase: 'maintenance', bucket: 'later' }],
  [16, { phase: 'maintenance', bucket: 'booked-later' }],
  [6, { phase: 'maintenance', bucket: 'snoozed' }],
  [17, { phase: 'maintenance', bucket: 'booked' }],
  [4, { phase: 'maintenance', bucket: 'booked-today' }],
  [1, { phase: 'maintenance', bucket: 'booked-today', lost: 'missed-today' }],
  [3, { phase: 'maintenance', bucket: 'recent' }],
  [3, { phase: 'maintenance', bucket: 'recent', call: 'two-weeks-due' }],
  [2, { phase: 'maintenance', bucket: 'recent', call: 'next-day-due' }],
  [3, { phase: 'maintenance', bucket: 'recent', call: 'two-weeks-this-week' }],
  [3, { phase: 'maintenance', bucket: 'review' }],
  [4, { phase: 'maintenance', bucket: 'forgotten' }],
  [2, { phase: 'maintenance', bucket: 'withdrawn' }],
  [3, { phase: 'maintenance', bucket: 'paused' }],
  [2, { phase: 'consultation', visit: 'today' }],
  [8, { phase: 'consultation', visit: 'ahead' }],
  [4, { phase: 'consultation', visit: 'behind' }],
  [4, { phase: 'consultation', visit: 'not-booked' }],
  [12, { phase: 'ended', how: 'completed' }],
  [4, { phase: 'ended', how: 'stopped' }],
  [1, { phase: 'ended', how: 'declined' }],
  [2, { phase: 'ended', how: 'deceased' }],
  [1, { phase: 'ended', how: 'inactive' }],
  [5, { phase: 'none', because: 'new' }],
  [3, { phase: 'none', because: 'inactive' }],
  [2, { phase: 'none', because: 'deceased' }],
];

/** Patients of one site. */
export const SITE_PATIENTS = CAST.reduce((sum, [count]) => sum + count, 0);

/** The stories of the patients of a site, in the order of their numbers. */
export function storiesOf(site: number): Story[] {
  const stories = CAST.flatMap(([count, story]) => Array.from({ length: count }, () => story));
  return randomStream(`cast/${site}`).shuffled(stories);
}
