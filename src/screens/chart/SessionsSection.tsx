import type { ReactNode } from 'react';
import { useClinic } from '#src/config/clinic.ts';
import type { Appointment } from '#src/features/appointments/appointment.ts';
import type { CourseDetail } from '#src/features/courses/course-detail.ts';
import type { Score } from '#src/features/scores/score.ts';
import { eventText, type AdverseEvent } from '#src/features/sessions/adverse-event.ts';
import {
  eventsBeside,
  patientSessions,
  type PatientSession,
  type SessionRecords,
} from '#src/features/sessions/patient-session.ts';
import { sessionNumber } from '#src/features/sessions/session-number.ts';
import type { Session } from '#src/features/sessions/session.ts';
import type { SessionDose } from '#src/features/sessions/session-dose.ts';
import type { SessionNote } from '#src/features/sessions/session-note.ts';
import { clinicDay, formatDay } from '#src/lib/time.ts';
import { hasAllPain } from './loaded-pain.ts';
import type { RecordPart } from './patient-record-query.ts';
import { PagesOf, pagesOf, type Paging } from './PagesOf.tsx';
import { lacksPain, SESSION_COLUMNS, type SessionRow } from './session-columns.tsx';
import { TableSection } from './TableSection.tsx';
import styles from './scores.module.css';

/** The parts of a record that sessions are put together from. */
export interface SessionParts {
  readonly courses: RecordPart<CourseDetail>;
  readonly sessions: RecordPart<Session>;
  readonly doses: RecordPart<SessionDose>;
  readonly events: RecordPart<AdverseEvent>;
  readonly notes: RecordPart<SessionNote>;
  readonly scores: RecordPart<Score>;
  /** A fulfilled one says that the patient has left. */
  readonly appointments: RecordPart<Appointment>;
}

interface SessionsSectionProps {
  readonly parts: SessionParts | undefined;
  readonly failed: boolean;
  /** The latest so many; all of them without it. */
  readonly limit?: number;
  /** Leads to all of them. */
  readonly all?: ReactNode;
  /** Without it, as on paper, all of them are shown. */
  readonly paging?: Paging;
}

/** The infusions of a patient, the latest first: what was given, and how it was borne. */
export function SessionsSection({ parts, failed, limit = Infinity, all, paging }: SessionsSectionProps) {
  const clinic = useClinic();
  const records = recordsOf(parts);
  const sessions = patientSessions(records, clinicDay(clinic.now(), clinic.config.clinic.timeZone));
  const pages = pagesOf(sessions.slice(0, limit), paging);
  const courses = parts?.courses.items ?? [];
  const rows = pages.rows.map((session): SessionRow => ({
    session,
    number: sessionNumber(session, courses, sessions),
    painLoaded: parts === undefined || hasAllPain(parts.scores, session),
  }));
  const beside = eventsBeside(records);
  return (
    <TableSection
      title="Sessions"
      note={rows.length < sessions.length ? all : undefined}
      part={parts?.sessions}
      beside={parts && [parts.doses, parts.events, parts.notes, ...scoresOf(parts, sessions)]}
      failed={failed}
      columns={SESSION_COLUMNS}
      rows={rows}
      rowKey={({ session }) => session.id}
      struck={({ session }) => session.status === 'voided'}
      none="No session yet."
      below={
        <>
          {beside.length > 0 && limit === Infinity && (
            <p className={styles.below}>Events outside of these sessions: {beside.map(onDay).join('; ')}</p>
          )}
          <RowsNote rows={rows} />
          <PagesOf pages={pages} />
        </>
      }
    />
  );
}

/** What the figures of the rows mean, where somebody could take them for something else. */
function RowsNote({ rows }: { readonly rows: readonly SessionRow[] }) {
  const words = [
    ...(rows.some(({ session }) => session.minutes !== undefined)
      ? ['Visit: from the start of the session to discharge, more than the infusion.']
      : []),
    ...(rows.some(lacksPain) ? ['Pain –: not recorded, or not loaded, since not all scores are here.'] : []),
  ];
  return words.length > 0 && <p className={styles.below}>{words.join(' ')}</p>;
}

function recordsOf(parts: SessionParts | undefined): SessionRecords {
  return {
    sessions: parts?.sessions.items ?? [],
    doses: parts?.doses.items ?? [],
    events: parts?.events.items ?? [],
    notes: parts?.notes.items ?? [],
    scores: parts?.scores.items ?? [],
    appointments: parts?.appointments.items ?? [],
  };
}

/** Scores that could not be read stand under Scores; here they are missing only where there are sessions. */
function scoresOf({ scores }: SessionParts, sessions: readonly PatientSession[]) {
  return scores.failure === undefined || sessions.length === 0 ? [] : [{ ...scores, problems: [] }];
}

function onDay(event: AdverseEvent): string {
  return event.day === undefined ? eventText(event) : `${eventText(event)}, ${formatDay(event.day)}`;
}
