import type { Appointment } from 'fhir/r4';
import type { Slot } from './chair-calendar.ts';
import type { ClinicTime } from './clinic-time.ts';
import type { Random } from './random.ts';
import { chairMinutes, type Protocol } from './protocols.ts';

/** A time in a chair and what came, comes or will come of it. Times of day are minutes after midnight. */
export interface Visit {
  readonly slot: Slot;
  readonly service: 'consultation' | 'induction' | 'maintenance';
  /** How long the chair is held. */
  readonly chairMinutes: number;
  readonly fate: 'kept' | 'missed' | 'cancelled';
  readonly arrives: number;
  readonly begins: number;
  readonly leaves: number;
  readonly outcome: 'completed' | 'stopped' | 'adverse-event';
  /** When the record of it is signed; nothing where it was forgotten. */
  readonly signedAt: number | undefined;
  /** Its record was written for somebody else and withdrawn: nobody was here. */
  readonly voided?: true;
}

export interface VisitChoices {
  readonly fate?: Visit['fate'];
  readonly unsigned?: boolean;
  readonly voided?: true;
}

/** The visits of a protocol's series or after it. */
export type Infusion = Exclude<Visit['service'], 'consultation'>;

const CONSULTATION_MINUTES = 60;
/** Between a session's end and the end of its time in the chair lies the turnover: delays stay within it. */
const LATE_ARRIVAL = 9;
/** A day has a few who come later than that; they leave a few minutes after the end of their appointment. */
const VERY_LATE = 13;

/** How long a service holds a chair. */
export function serviceMinutes(protocol: Protocol | undefined): number {
  return protocol === undefined ? CONSULTATION_MINUTES : chairMinutes(protocol);
}

/** A visit in a slot; without a protocol a consultation. */
export function visitIn(
  slot: Slot,
  service: Visit['service'],
  protocol: Protocol | undefined,
  random: Random,
  { fate = 'kept', unsigned = false, voided }: VisitChoices = {},
): Visit {
  const late = random.chance(0.12);
  const begins = slot.start + (late ? LATE_ARRIVAL + 2 : random.whole(0, 7));
  const outcome = random.weighted([
    [93, 'completed'],
    [5, 'adverse-event'],
    [2, 'stopped'],
  ] as const);
  const infusion = protocol?.infusionMinutes ?? CONSULTATION_MINUTES - 20;
  const given = outcome === 'stopped' ? Math.round(infusion * (0.3 + 0.5 * random.next())) : infusion;
  const leaves = begins + given + (protocol?.recoveryMinutes ?? 0) + random.whole(0, 4);
  const signedAt = leaves + random.whole(4, 25);
  return {
    slot,
    service,
    chairMinutes: serviceMinutes(protocol),
    fate,
    arrives: late ? slot.start + LATE_ARRIVAL : begins - random.whole(3, 20),
    begins,
    leaves,
    outcome,
    signedAt: unsigned ? undefined : signedAt,
    ...(voided && { voided }),
  };
}

/** The visit of somebody who comes a quarter of an hour late: the delay ends before the chair's next patient begins. */
export function runningLate(visit: Visit): Visit {
  const begins = visit.slot.start + VERY_LATE + 1;
  const later = begins - visit.begins;
  return {
    ...visit,
    arrives: visit.slot.start + VERY_LATE,
    begins,
    leaves: visit.leaves + later,
    signedAt: visit.signedAt === undefined ? undefined : visit.signedAt + later,
  };
}

/** Where the visit stands now, as an appointment's status. */
export function visitStatus(visit: Visit, time: ClinicTime): Appointment['status'] {
  if (visit.fate === 'cancelled') return 'cancelled';
  const now = minuteOf(visit, time);
  if (visit.fate === 'missed') return now < noShowMinute(visit) ? 'booked' : 'noshow';
  if (now < visit.arrives) return 'booked';
  if (now < visit.begins) return 'arrived';
  return now < visit.leaves ? 'checked-in' : 'fulfilled';
}

/** When somebody who has not come is no longer waited for. */
export function noShowMinute({ slot }: Visit): number {
  return slot.start + 30;
}

/** Whether the visit is an infusion that began. */
export function isSession(visit: Visit, time: ClinicTime): boolean {
  const status = visitStatus(visit, time);
  return visit.service !== 'consultation' && (status === 'checked-in' || status === 'fulfilled');
}

/** Whether it is a session whose record is signed; one that was withdrawn never is. */
export function isSigned(visit: Visit, time: ClinicTime): boolean {
  return (
    isSession(visit, time) &&
    visit.voided !== true &&
    visit.signedAt !== undefined &&
    minuteOf(visit, time) >= visit.signedAt
  );
}

/** Now, on the clock of the visit's day: without end on a day that is over. */
function minuteOf({ slot }: Visit, time: ClinicTime): number {
  if (slot.day === 0) return time.nowMinute;
  return slot.day < 0 ? Infinity : -Infinity;
}
