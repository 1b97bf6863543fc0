import type { Course } from '../courses/course.ts';
import type { Session } from './session.ts';

type Listing = Pick<Course, 'seriesSessions' | 'maintenanceSessions'>;

/**
 * A course with the sessions that were held: one that was voided or cancelled counts for nothing, also where the course
 * still lists it. One that is not at hand stays.
 */
export function withHeldSessions<One extends Listing>(
  course: One,
  sessions: readonly Pick<Session, 'id' | 'state'>[],
): One {
  const dropped = new Set(
    sessions.flatMap(({ id, state }) => (state === 'voided' || state === 'notHeld' ? [id] : [])),
  );
  const held = (ids: readonly string[]) => ids.filter((id) => !dropped.has(id));
  return {
    ...course,
    seriesSessions: held(course.seriesSessions),
    maintenanceSessions: held(course.maintenanceSessions),
  };
}
