import type { CourseDetail } from '../courses/course-detail.ts';
import type { PatientSession } from './patient-session.ts';

type Numbered = Pick<PatientSession, 'id' | 'start' | 'day' | 'phase' | 'status'>;
type Numbering = Pick<CourseDetail, 'phase' | 'planned' | 'seriesSessions' | 'maintenanceSessions' | 'from'>;

/** Which session of its course one is: the third of the six of a series, the fourth that keeps its relief. */
export interface SessionNumber {
  readonly phase: 'induction' | 'maintenance';
  readonly number: number;
  readonly planned: number | undefined;
}

/**
 * The number of a session in its course. A signed one has the place at which the course lists it; one that runs or is
 * not signed yet is counted on from there if it comes after all that are. Nothing otherwise: a number that the course
 * does not bear out would only look exact.
 */
export function sessionNumber(
  session: Numbered,
  courses: readonly Numbering[],
  sessions: readonly Numbered[],
): SessionNumber | undefined {
  for (const { planned, seriesSessions, maintenanceSessions } of courses) {
    const inSeries = seriesSessions.indexOf(session.id);
    if (inSeries >= 0) return { phase: 'induction', number: inSeries + 1, planned };
    const later = maintenanceSessions.indexOf(session.id);
    if (later >= 0) return { phase: 'maintenance', number: later + 1, planned: undefined };
  }
  const { phase, start, status } = session;
  if (phase !== 'induction' && phase !== 'maintenance') return undefined;
  if (start === undefined || (status !== 'running' && status !== 'unsigned')) return undefined;
  const running = courses.filter((course) => course.phase !== 'ended');
  const [course] = running;
  if (course === undefined || running.length > 1) return undefined;
  if (isBefore(session, course)) return undefined;
  const listed = phase === 'induction' ? course.seriesSessions : course.maintenanceSessions;
  const all = new Set(courses.flatMap((one) => [...one.seriesSessions, ...one.maintenanceSessions]));
  const startOf = new Map(sessions.map((one) => [one.id, one.start]));
  const isLast = listed.every((id) => {
    const other = startOf.get(id);
    return other !== undefined && Temporal.Instant.compare(other, start) < 0;
  });
  if (!isLast) return undefined;
  const open = sessions.filter(
    (one) =>
      one.phase === phase &&
      !all.has(one.id) &&
      !isBefore(one, course) &&
      (one.status === 'running' || one.status === 'unsigned') &&
      one.start !== undefined &&
      Temporal.Instant.compare(one.start, start) < 0,
  );
  return {
    phase,
    number: listed.length + open.length + 1,
    planned: phase === 'induction' ? course.planned : undefined,
  };
}

/** A session of before a course is none of its own, nor one of a day that nobody knows. */
function isBefore({ day }: Numbered, { from }: Numbering): boolean {
  return from !== undefined && (day === undefined || Temporal.PlainDate.compare(day, from) < 0);
}

/** `induction 3 of 6`, `4th maintenance`. */
export function numberText({ phase, number, planned }: SessionNumber): string {
  return phase === 'induction'
    ? `induction ${number} of ${planned ?? 'an unknown number'}`
    : `${number}${suffix(number)} maintenance`;
}

function suffix(number: number): string {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  return teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
}
