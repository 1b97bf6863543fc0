import type { Course } from '../courses/course.ts';
import type { Session } from './session.ts';

/**
 * When the series of each course began, the latest first: at its first induction session that was not voided. A course
 * of whose sessions one is not at hand is left out, since that may be the first.
 */
export function seriesStarts(
  courses: readonly Pick<Course, 'seriesSessions'>[],
  sessions: readonly Pick<Session, 'id' | 'start' | 'state'>[],
): readonly Temporal.Instant[] {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  return courses
    .flatMap(({ seriesSessions }) => {
      const held = seriesSessions.map((id) => byId.get(id)).filter((one) => one?.state !== 'voided');
      const starts = held.map((session) => session?.start);
      const known = starts.filter((start) => start !== undefined).toSorted(Temporal.Instant.compare);
      return known[0] === undefined || known.length < starts.length ? [] : [known[0]];
    })
    .toSorted(Temporal.Instant.compare)
    .toReversed();
}
