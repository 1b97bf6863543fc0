import type { Session } from '#src/features/sessions/session.ts';
import { parseDay, parseInstant } from '#src/lib/time.ts';

/** A finished maintenance session of 40 minutes that began at a moment; `over` says what is particular about it. */
export function sessionWith(id: string, date: string, over: Partial<Session> = {}): Session {
  const start = parseInstant(date);
  return {
    id,
    patientId: '7',
    date,
    start,
    end: start?.add({ minutes: 40 }),
    day: parseDay(date, 'America/New_York'),
    phase: 'maintenance',
    protocolId: undefined,
    chair: 'Chair 1',
    nurse: undefined,
    state: 'finished',
    outcome: undefined,
    appointmentId: undefined,
    ...over,
  };
}
