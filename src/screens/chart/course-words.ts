import type { Protocol } from '#src/config/protocol-config.ts';
import { followsProtocol } from '#src/features/courses/course.ts';
import type { CourseDetail } from '#src/features/courses/course-detail.ts';
import { outcomeOf, type InductionOutcome } from '#src/features/courses/induction-outcome.ts';
import type { Session } from '#src/features/sessions/session.ts';
import { formatDay } from '#src/lib/time.ts';

/** The protocol of a course, if the configuration has it. */
export function protocolOf(course: CourseDetail, protocols: readonly Protocol[]): Protocol | undefined {
  return protocols.find(({ id }) => followsProtocol(course, id));
}

/** From when until when a course ran. */
export function courseDays({ from, until }: CourseDetail): string {
  if (from !== undefined && until !== undefined) return daysText(from, until);
  return from === undefined ? '' : `since ${formatDay(from)}`;
}

/** How a course ended, or that it rests, and why, as far as the record says. */
export function endingText({ phase, paused, ending, until, reason }: CourseDetail): string {
  const said = paused
    ? 'Paused'
    : phase !== 'ended'
      ? undefined
      : ending === undefined
        ? 'Ended'
        : ending === 'completed'
          ? 'Completed'
          : 'Stopped';
  if (said === undefined) return '';
  return `${said}${until === undefined ? '' : ` ${formatDay(until)}`}${reason === undefined ? '' : `: ${reason}`}`;
}

/** When each phase of a course was, as far as its sessions tell. */
export interface CourseDates {
  readonly series: { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate } | undefined;
  readonly lastSession: Temporal.PlainDate | undefined;
  /** Since when it is in its phase. */
  readonly phaseSince: Temporal.PlainDate | undefined;
}

/** The days of a course by its signed sessions; what is not among the sessions that were read stays unknown. */
export function courseDates(course: CourseDetail, sessions: readonly Session[]): CourseDates {
  const days = new Map(sessions.map(({ id, day }) => [id, day]));
  const dayOf = (id: string | undefined) => (id === undefined ? undefined : days.get(id));
  const { seriesSessions, maintenanceSessions, phase, planned, from } = course;
  const first = dayOf(seriesSessions[0]);
  const last = dayOf(seriesSessions.at(-1));
  const wholeSeries = planned !== undefined && seriesSessions.length >= planned;
  return {
    series: first && last && { first, last },
    lastSession: dayOf(maintenanceSessions.at(-1) ?? seriesSessions.at(-1)),
    phaseSince:
      phase === 'maintenance'
        ? wholeSeries
          ? last
          : undefined
        : phase === 'induction'
          ? first
          : phase === 'consultation'
            ? from
            : undefined,
  };
}

/** What stands below the series in the course bar: its days, and whether it helped. */
export function seriesText(
  course: CourseDetail,
  dates: CourseDates,
  outcomes: readonly InductionOutcome[],
  courses: readonly CourseDetail[],
): string {
  const responded = outcomeOf(course, outcomes, courses)?.responded;
  return [
    dates.series && daysText(dates.series.first, dates.series.last),
    responded === undefined ? undefined : responded ? 'responded' : 'did not respond',
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** What stands below maintenance: the interval in force beside the protocol's. */
export function intervalText(
  { intervalDays, protocolIntervalDays }: CourseDetail,
  protocol: Protocol | undefined,
): string {
  const own = protocolIntervalDays ?? protocol?.maintenanceIntervalDays;
  return [
    intervalDays === undefined ? undefined : `interval ${intervalDays} d`,
    own === undefined ? undefined : `protocol ${own} d`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** `4–16 Mar 2026`, as short as it can be. */
export function daysText(first: Temporal.PlainDate, last: Temporal.PlainDate): string {
  if (first.equals(last)) return formatDay(first);
  if (first.year !== last.year) return `${formatDay(first)} – ${formatDay(last)}`;
  if (first.month !== last.month) return `${formatDay(first).replace(/ \d+$/, '')} – ${formatDay(last)}`;
  return `${first.day}–${formatDay(last)}`;
}
