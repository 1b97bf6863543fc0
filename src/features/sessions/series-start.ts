import type { CourseDetail } from '../courses/course-detail.ts';
import type { Session } from './session.ts';

type Begun = Pick<CourseDetail, 'from' | 'seriesSessions' | 'maintenanceSessions'>;
type Held = Pick<Session, 'id' | 'start' | 'day' | 'state' | 'phase'>;

/**
 * When the series of each course began, the latest first: at its first induction session that was held, whether it is
 * signed and counts or not, since what was felt after it is no baseline. Before a course of whose sessions one is not
 * at hand nothing is said: its scores would be held against the series of an earlier one. Nothing at all where the
 * latest is such a course.
 */
export function seriesStarts(
  courses: readonly Begun[],
  sessions: readonly Held[],
): readonly Temporal.Instant[] | undefined {
  const listed = new Set(courses.flatMap((one) => [...one.seriesSessions, ...one.maintenanceSessions]));
  const unlisted = sessions.filter(
    ({ id, phase, state }) =>
      phase === 'induction' && (state === 'open' || state === 'finished') && !listed.has(id),
  );
  const known: Temporal.Instant[] = [];
  for (const course of courses.toSorted(latestFirst)) {
    const held = [
      ...listedSessions(course, sessions),
      ...unlisted.filter((one) => ownerOf(one, courses) === course),
    ];
    const starts = held.flatMap((session) => session?.start ?? []).toSorted(Temporal.Instant.compare);
    if (starts.length < held.length) return known.length === 0 ? undefined : known;
    if (starts[0] !== undefined) known.push(starts[0]);
  }
  return known.toSorted(Temporal.Instant.compare).toReversed();
}

/** The sessions that a course lists but those that were not held; `undefined` for one that is not at hand. */
function listedSessions({ seriesSessions }: Begun, sessions: readonly Held[]): readonly (Held | undefined)[] {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  return seriesSessions
    .map((id) => byId.get(id))
    .filter((one) => one?.state !== 'voided' && one?.state !== 'notHeld');
}

/** The course that had begun last by the day of a session that none of them lists. */
function ownerOf({ day }: Held, courses: readonly Begun[]): Begun | undefined {
  return courses
    .toSorted(latestFirst)
    .find(
      ({ from }) => day !== undefined && from !== undefined && Temporal.PlainDate.compare(from, day) <= 0,
    );
}

/** One whose beginning is not known may be the latest. */
function latestFirst({ from: one }: Begun, { from: other }: Begun): number {
  if (one === undefined || other === undefined) {
    return Number(one !== undefined) - Number(other !== undefined);
  }
  return Temporal.PlainDate.compare(other, one);
}
