import type { ReactNode } from 'react';
import { protocolApproval, type Protocol } from '#src/config/protocol-config.ts';
import { useClinic } from '#src/config/clinic.ts';
import type { AppointmentState } from '#src/features/appointments/appointment.ts';
import { PhaseProgress } from '#src/features/courses/PhaseProgress.tsx';
import { followsProtocol } from '#src/features/courses/course.ts';
import { REMINDER_WORDS } from '#src/features/reminders/reminder.ts';
import {
  browserTimeZone,
  clinicDay,
  formatDay,
  formatDayAndTime,
  formatPartialDate,
  parseDay,
  zoneNote,
} from '#src/lib/time.ts';
import { Section } from '#src/ui/Section.tsx';
import type { RecordPart, RecordParts } from './patient-record-query.ts';
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

/** The parts of a patient's record, each with what it could not show. */
export function RecordSections({ parts, failed }: RecordSectionsProps) {
  const clinic = useClinic();
  const { protocols, clinic: place } = clinic.config;
  const today = clinicDay(clinic.now(), place.timeZone);
  return (
    <>
      <Part title="Courses" part={parts?.courses} failed={failed} none="No course yet.">
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
      </Part>
      <Part
        title={`Next appointments${zoneNote(clinic.now(), place.timeZone, browserTimeZone())}`}
        part={parts?.appointments}
        failed={failed}
        none="No appointment ahead."
      >
        {({ start, state }) => (
          <>
            <span>
              {start === undefined ? 'time unknown' : formatDayAndTime(start, today, place.timeZone)}
            </span>
            <span className={styles.aside}>{STATE_WORDS[state]}</span>
          </>
        )}
      </Part>
      <Part title="Due list" part={parts?.reminders} failed={failed} none="Nothing is due.">
        {({ kind, due }) => (
          <>
            <span>{kind === undefined ? 'Reminder of an unknown kind' : REMINDER_WORDS[kind]}</span>
            <span className={styles.aside}>
              {due === undefined ? 'no due date' : `due ${formatDay(due)}`}
            </span>
          </>
        )}
      </Part>
      <Part title="Diagnoses" part={parts?.diagnoses} failed={failed} none="No active diagnosis recorded.">
        {({ name, since: onset }) => (
          <>
            <span>{name}</span>
            <span className={styles.aside}>
              {onset === undefined ? '' : `since ${formatPartialDate(onset.slice(0, 10))}`}
            </span>
          </>
        )}
      </Part>
      <Part title="Allergies" part={parts?.allergies} failed={failed} none="Nobody has asked yet.">
        {({ name, reaction }) => (
          <>
            <span>{name}</span>
            <span className={styles.aside}>{reaction}</span>
          </>
        )}
      </Part>
    </>
  );
}

interface PartProps<Item> {
  readonly title: string;
  readonly part: RecordPart<Item> | undefined;
  readonly failed: boolean;
  readonly none: string;
  readonly children: (item: Item) => ReactNode;
}

function Part<Item>({ title, part, failed, none, children }: PartProps<Item>) {
  return (
    <Section title={title} note={part?.more === true ? `first ${part.items.length}` : undefined}>
      <ul className={styles.list} aria-busy={part === undefined && !failed}>
        {part === undefined && <li className={styles.waiting}>{failed ? 'Not loaded.' : 'Loading…'}</li>}
        {part?.problems.map((problem, index) => (
          <li key={`problem ${index}`} className={styles.problem}>
            {problem}
          </li>
        ))}
        {part?.items.length === 0 && part.problems.length === 0 && <li className={styles.waiting}>{none}</li>}
        {part?.items.map((item, index) => (
          <li key={index}>{children(item)}</li>
        ))}
      </ul>
    </Section>
  );
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
