import { isPending, type AppointmentDetail } from '../appointments/appointment-detail.ts';
import type { Appointment } from '../appointments/appointment.ts';
import type { Course } from '../courses/course.ts';
import type { Session } from './session.ts';

/**
 * Which infusion of its series a pending appointment is, if all goes as booked: the signed sessions, those before it
 * that were held and wait to be signed, and the pending ones before it. Nothing where that is not known.
 */
export function placeInSeries(
  appointment: AppointmentDetail,
  all: readonly AppointmentDetail[],
  course: Course | undefined,
  /** Nothing where they are not shown or not all there. */
  sessions: readonly Session[] | undefined,
): number | undefined {
  const belongs = ({ kind, courseId, start }: AppointmentDetail) =>
    kind === 'induction' && courseId === course?.id && start !== undefined;
  if (course === undefined || !isPending(appointment) || !belongs(appointment)) return undefined;
  const signed = course.seriesSessions;
  const earlier = all.filter((one) => belongs(one) && startMs(one) < startMs(appointment));
  if (sessions === undefined) {
    // More of them are over than are signed: whether the others were held, only the sessions tell.
    if (earlier.filter(({ state }) => state === 'fulfilled').length > signed.length) return undefined;
    return signed.length + earlier.filter(isPending).length + 1;
  }
  const counted = earlier.filter((one) => {
    const session = sessions.find(
      ({ appointmentId, state }) => appointmentId === one.id && (state === 'open' || state === 'finished'),
    );
    return session === undefined ? isPending(one) : !signed.includes(session.id);
  });
  return signed.length + counted.length + 1;
}

function startMs({ start }: Appointment): number {
  return start?.epochMilliseconds ?? 0;
}
