/** A session with what other records say of it: dose, pain, events and note. */
import type { Appointment } from '../appointments/appointment.ts';
import { compareInTime, isValid, type Score, type Taken } from '../scores/score.ts';
import type { AdverseEvent } from './adverse-event.ts';
import type { Session } from './session.ts';
import type { SessionDose } from './session-dose.ts';
import type { SessionNote } from './session-note.ts';

export type SessionStatus = 'running' | 'unsigned' | 'signed' | 'voided' | 'notHeld' | 'unknown';

export interface PatientSession extends Session {
  readonly status: SessionStatus;
  /** From its beginning to its end, in the clinic. */
  readonly minutes: number | undefined;
  readonly doseMg: number | undefined;
  readonly painBefore: number | undefined;
  readonly painAfter: number | undefined;
  readonly events: readonly AdverseEvent[];
  readonly addenda: number;
  readonly signedBy: string | undefined;
}

/** The records of a patient that sessions are put together from. */
export interface SessionRecords {
  readonly sessions: readonly Session[];
  readonly doses: readonly SessionDose[];
  readonly events: readonly AdverseEvent[];
  readonly notes: readonly SessionNote[];
  readonly scores: readonly Score[];
  /** A fulfilled one says that the patient has left. */
  readonly appointments?: readonly Pick<Appointment, 'id' | 'state'>[];
}

/** A patient's sessions, the latest first; those without a time come last. */
export function patientSessions(
  { sessions, doses, events, notes, scores, appointments = [] }: SessionRecords,
  today: Temporal.PlainDate,
): readonly PatientSession[] {
  const dosesOf = bySession(doses);
  const eventsOf = bySession(events);
  const notesOf = bySession(notes);
  const scoresOf = bySession(scores);
  const left = new Set(appointments.flatMap(({ id, state }) => (state === 'fulfilled' ? [id] : [])));
  return sessions.toSorted(latestFirst).map((session) => {
    const own = notesOf.get(session.id) ?? [];
    const pain = (taken: Taken) => painOf(scoresOf.get(session.id) ?? [], taken);
    return {
      ...session,
      status: statusOf(session, own, { today, left }),
      minutes: minutesOf(session),
      doseMg: dosesOf.get(session.id)?.find(({ doseMg }) => doseMg !== undefined)?.doseMg,
      painBefore: pain('beforeSession'),
      painAfter: pain('afterSession'),
      events: eventsOf.get(session.id) ?? [],
      addenda: own.filter(({ addendum, status }) => addendum && status !== 'mistake').length,
      signedBy: own.find(({ addendum, status }) => !addendum && status === 'signed')?.signedBy,
    };
  });
}

/** Adverse events that belong to none of the sessions. */
export function eventsBeside({ sessions, events }: SessionRecords): readonly AdverseEvent[] {
  const ids = new Set(sessions.map(({ id }) => id));
  return events.filter(({ sessionId }) => sessionId === undefined || !ids.has(sessionId));
}

function bySession<Item extends { readonly sessionId: string | undefined }>(
  items: readonly Item[],
): ReadonlyMap<string | undefined, readonly Item[]> {
  return Map.groupBy(items, ({ sessionId }) => sessionId);
}

/**
 * The note decides what is signed; without one the outcome does, which is written at signing. An open session of today
 * runs until its end is recorded or its appointment fulfilled, one of an earlier day was forgotten.
 */
function statusOf(
  { state, day, end, outcome, appointmentId = '' }: Session,
  notes: readonly SessionNote[],
  { today, left }: { readonly today: Temporal.PlainDate; readonly left: ReadonlySet<string> },
): SessionStatus {
  if (state === 'voided' || state === 'notHeld') return state;
  const note = notes.filter(({ addendum, status }) => !addendum && status !== 'mistake');
  if (state === 'open') {
    const here = day?.equals(today) === true && end === undefined && !left.has(appointmentId);
    return here ? 'running' : 'unsigned';
  }
  if (state === 'unknown' && note.length === 0) return 'unknown';
  if (note.some(({ status }) => status === 'signed')) return 'signed';
  return note.length === 0 && outcome !== undefined ? 'signed' : 'unsigned';
}

function minutesOf({ start, end }: Session): number | undefined {
  if (start === undefined || end === undefined) return undefined;
  const minutes = Math.round(start.until(end).total('minute'));
  return minutes > 0 ? minutes : undefined;
}

/** The last such pain of the session. */
function painOf(scores: readonly Score[], taken: Taken): number | undefined {
  return scores
    .filter(isValid)
    .filter((score) => score.kind === 'pain' && !score.vital && score.taken === taken)
    .toSorted(compareInTime)
    .at(-1)?.value;
}

function latestFirst(one: Session, other: Session): number {
  return (other.start?.epochMilliseconds ?? 0) - (one.start?.epochMilliseconds ?? 0);
}

/** `0:40`, hours and minutes. */
export function lengthText(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
