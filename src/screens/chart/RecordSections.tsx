import { protocolApproval, type Protocol } from '#src/config/protocol-config.ts';
import { useClinic } from '#src/config/clinic.ts';
import type { Appointment, AppointmentState } from '#src/features/appointments/appointment.ts';
import { PhaseProgress } from '#src/features/courses/PhaseProgress.tsx';
import { followsProtocol } from '#src/features/courses/course.ts';
import { allergyState } from '#src/features/patients/allergy.ts';
import { REMINDER_WORDS, reminderText } from '#src/features/reminders/reminder.ts';
import {
  browserTimeZone,
  clinicDay,
  formatDay,
  formatDayAndTime,
  formatPartialDate,
  parseDay,
  zoneNote,
} from '#src/lib/time.ts';
import type { RecordParts } from './patient-record-query.ts';
import { SectionOfPart } from './SectionOfPart.tsx';
import styles from './RecordSections.module.css';

interface RecordSectionsProps {
  readonly parts: RecordParts | undefined;
  readonly failed: boolean;
}

const STATE_WORDS: Readonly<Record<AppointmentState, string>> = {
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

/** The parts of a patient's record, each with what it could not show. */
export function RecordSections({ parts, failed }: RecordSectionsProps) {
  const clinic = useClinic();
  const { protocols, clinic: place } = clinic.config;
  const today = clinicDay(clinic.now(), place.timeZone);
  return (
    <>
      <SectionOfPart title="Courses" part={parts?.courses} failed={failed} none="No course yet.">
        {(course) => (
          <>
            <PhaseProgress course={course} extraBooked={false} />
            <span className={styles.aside}>
              <ProtocolName
                protocol={protocols.find(({ id }) => followsProtocol(course, id))}
                today={today}
              />
              {since(course.start, place.timeZone)}
            </span>
          </>
        )}
      </SectionOfPart>
      <SectionOfPart
        title={`Next appointments${zoneNote(clinic.now(), place.timeZone, browserTimeZone())}`}
        part={parts?.appointments}
        failed={failed}
        none="No appointment ahead."
      >
        {(appointment) => (
          <>
            <span>
              {appointment.start === undefined
                ? 'time unknown'
                : formatDayAndTime(appointment.start, today, place.timeZone)}
            </span>
            <span className={styles.aside}>
              {serviceWords(appointment)}, {STATE_WORDS[appointment.state]}
            </span>
          </>
        )}
      </SectionOfPart>
      <SectionOfPart title="Due list" part={parts?.reminders} failed={failed} none="Nothing is due.">
        {(reminder) => (
          <>
            <span>
              {reminder.kind === undefined ? 'Reminder of an unknown kind' : REMINDER_WORDS[reminder.kind]}
            </span>
            <span className={styles.aside}>{reminderText(reminder, today)}</span>
          </>
        )}
      </SectionOfPart>
      <SectionOfPart
        title="Diagnoses"
        part={parts?.diagnoses}
        failed={failed}
        shows={({ current }) => current}
        none="No active diagnosis recorded."
      >
        {({ name, since: onset }) => (
          <>
            <span>{name}</span>
            <span className={styles.aside}>
              {onset === undefined ? '' : `since ${formatPartialDate(onset.slice(0, 10))}`}
            </span>
          </>
        )}
      </SectionOfPart>
      <SectionOfPart
        title="Allergies"
        part={parts?.allergies}
        failed={failed}
        shows={({ standing }) => standing === 'current'}
        none={
          parts !== undefined && allergyState(parts.allergies.items).kind === 'none'
            ? 'No current allergies.'
            : 'Nobody has asked yet.'
        }
      >
        {({ name, reaction }) => (
          <>
            <span>{name}</span>
            <span className={styles.aside}>{reaction}</span>
          </>
        )}
      </SectionOfPart>
    </>
  );
}

function serviceWords({ kind, service }: Appointment): string {
  return kind === 'unknown' ? (service ?? 'kind not recorded') : KIND_WORDS[kind];
}

function ProtocolName({
  protocol,
  today,
}: {
  readonly protocol: Protocol | undefined;
  readonly today: Temporal.PlainDate;
}) {
  if (protocol === undefined) return 'protocol not in the configuration';
  const approval = protocolApproval(protocol, today);
  return (
    <>
      {protocol.name}
      {!approval.approved && (
        <strong className={styles.unapproved} title={approval.sentence}>
          {' '}
          not approved
        </strong>
      )}
    </>
  );
}

function since(start: string | undefined, timeZone: string): string {
  const day = parseDay(start, timeZone);
  return day === undefined ? '' : `, since ${formatDay(day)}`;
}
