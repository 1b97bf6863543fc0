import type { AppointmentDetail } from '#src/features/appointments/appointment-detail.ts';
import type { Appointment, AppointmentState } from '#src/features/appointments/appointment.ts';
import type { Course } from '#src/features/courses/course.ts';
import { placeInSeries } from '#src/features/sessions/series-place.ts';
import type { Session } from '#src/features/sessions/session.ts';

/** How a state is called on screen. */
export const STATE_WORDS: Readonly<Record<AppointmentState, string>> = {
  booked: 'Booked',
  arrived: 'Arrived',
  inSession: 'In session',
  fulfilled: 'Done',
  noShow: 'No-show',
  cancelled: 'Cancelled',
  unknown: 'State unknown',
};

const KIND_WORDS = {
  consultation: 'Consultation',
  induction: 'Induction infusion',
  maintenance: 'Maintenance infusion',
} as const;

/** What a patient comes for: `Induction infusion 3 of 6`, the number where it is known. */
export function kindText(
  appointment: AppointmentDetail,
  /** Nothing where they are not all there: another one may come before it. */
  all: readonly AppointmentDetail[] | undefined,
  courses: readonly Course[],
  sessions: readonly Session[] | undefined,
): string {
  const { kind, service, courseId } = appointment;
  if (kind === 'unknown') return service ?? 'kind not recorded';
  const course = courses.find(({ id }) => id === courseId);
  const place = all && placeInSeries(appointment, all, course, sessions);
  return place === undefined
    ? KIND_WORDS[kind]
    : `${KIND_WORDS[kind]} ${place} of ${course?.planned ?? 'an unknown number'}`;
}

const CANCELLED_BY = { patient: 'by the patient', clinic: 'by the clinic', medical: 'for a medical reason' };

/** Who called an appointment off, and why, as far as the record says. */
export function cancellationText({ state, cancelledBy, reason }: AppointmentDetail): string {
  if (state !== 'cancelled' && state !== 'noShow') return '';
  return [cancelledBy && CANCELLED_BY[cancelledBy], reason].filter((part) => part !== undefined).join(': ');
}

/** Pending ones from a day on, the next first. */
export function appointmentsFrom<One extends Appointment>(
  appointments: readonly One[],
  instant: Temporal.Instant,
  isWanted: (appointment: One) => boolean,
): readonly One[] {
  return appointments
    .filter(
      (one) =>
        isWanted(one) &&
        (one.start === undefined || one.start.epochMilliseconds >= instant.epochMilliseconds),
    )
    .toSorted((a, b) => (a.start?.epochMilliseconds ?? 0) - (b.start?.epochMilliseconds ?? 0));
}
