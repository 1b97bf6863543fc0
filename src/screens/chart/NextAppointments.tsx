import { useClinic } from '#src/config/clinic.ts';
import { isPending, type AppointmentDetail } from '#src/features/appointments/appointment-detail.ts';
import type { CourseDetail } from '#src/features/courses/course-detail.ts';
import type { Session } from '#src/features/sessions/session.ts';
import { browserTimeZone, clinicDay, formatDayAndTime, zoneNote } from '#src/lib/time.ts';
import { appointmentsFrom, kindText, STATE_WORDS } from './appointment-words.ts';
import { knownItems, type RecordPart } from './patient-record-query.ts';
import { SectionOfPart } from './SectionOfPart.tsx';
import styles from './section-lines.module.css';

interface NextAppointmentsProps {
  readonly part: RecordPart<AppointmentDetail> | undefined;
  readonly failed: boolean;
  readonly courses: readonly CourseDetail[];
  /** Which of them were held, and wait to be signed. */
  readonly sessions: RecordPart<Session> | undefined;
}

/** What is booked from today on, the next first. */
export function NextAppointments({ part, failed, courses, sessions }: NextAppointmentsProps) {
  const { config, now } = useClinic();
  const { timeZone } = config.clinic;
  const today = clinicDay(now(), timeZone);
  return (
    <SectionOfPart
      title={`Next appointments${zoneNote(now(), timeZone, browserTimeZone())}`}
      part={part}
      failed={failed}
      shows={(items) => appointmentsFrom(items, today.toZonedDateTime(timeZone).toInstant(), isPending)}
      none="No appointment ahead."
    >
      {(appointment) => (
        <>
          <span>
            {appointment.start === undefined
              ? 'time unknown'
              : formatDayAndTime(appointment.start, today, timeZone)}
          </span>
          <span className={styles.detail}>
            {kindText(appointment, knownItems(part), courses, knownItems(sessions))},{' '}
            {STATE_WORDS[appointment.state]}
          </span>
        </>
      )}
    </SectionOfPart>
  );
}
