import type { Appointment } from '#src/features/appointments/appointment.ts';
import type { Course } from '#src/features/courses/course.ts';
import { says } from '#src/fhir/datatypes.ts';
import { formatDayAndTime } from '#src/lib/time.ts';
import type { PatientFacts } from './patient-facts.ts';

export const NOT_BOOKED = 'not booked';

/**
 * When a patient comes next for an infusion, clinic time: `Thu 10 Dec 12:30`; where none is booked why not, and beside
 * it the consultation that is: `not booked; consultation Thu 10 Dec 12:30`. `–` where nothing is to be expected.
 */
export function nextSessionText(
  { nextSession, nextConsultation, course }: PatientFacts,
  today: Temporal.PlainDate,
  timeZone: string,
): string {
  const timeOf = ({ start }: Appointment) =>
    start === undefined ? 'time unknown' : formatDayAndTime(start, today, timeZone);
  if (nextSession !== undefined) {
    // What is only taken for an infusion is shown with the name of its service.
    const service = nextSession.kind === 'unknown' ? nextSession.service : undefined;
    return [timeOf(nextSession), service].filter(says).join(', ');
  }
  const consultation = nextConsultation && `consultation ${timeOf(nextConsultation)}`;
  return [course && whyNone(course), consultation].filter(says).join('; ') || '–';
}

function whyNone(course: Course): string | undefined {
  if (course.paused) return 'paused';
  return seriesOpen(course) ? NOT_BOOKED : undefined;
}

/** Sessions of the series are still to come, so that one of them should be booked. */
function seriesOpen({ phase, planned, seriesSessions }: Course): boolean {
  return phase === 'induction' && (planned === undefined || seriesSessions.length < planned);
}

/** A session of the series is booked though all of them were given; one of maintenance is none of them. */
export function extraBooked(course: Course, facts: PatientFacts | undefined): boolean {
  return (
    course.phase === 'induction' &&
    course.planned !== undefined &&
    course.seriesSessions.length >= course.planned &&
    facts?.nextSession !== undefined &&
    facts.nextSession.kind !== 'maintenance'
  );
}
