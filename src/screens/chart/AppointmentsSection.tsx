import type { ReactNode } from 'react';
import { CalendarCheck, CalendarX, CircleCheck, CircleHelp, CircleX, Droplet, UserCheck } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import type { AppointmentDetail } from '#src/features/appointments/appointment-detail.ts';
import type { AppointmentState } from '#src/features/appointments/appointment.ts';
import type { CourseDetail } from '#src/features/courses/course-detail.ts';
import type { Session } from '#src/features/sessions/session.ts';
import { browserTimeZone, clinicDay, formatDayAndTime, zoneNote } from '#src/lib/time.ts';
import { cancellationText, kindText, STATE_WORDS } from './appointment-words.ts';
import { PagesOf, pagesOf, type Paging } from './PagesOf.tsx';
import { knownItems, type RecordPart } from './patient-record-query.ts';
import { TableSection, type SectionColumn } from './TableSection.tsx';
import styles from './section-lines.module.css';

interface AppointmentsSectionProps {
  readonly part: RecordPart<AppointmentDetail> | undefined;
  readonly failed: boolean;
  readonly courses: readonly CourseDetail[];
  /** Which of them were held, and wait to be signed. */
  readonly sessions: RecordPart<Session> | undefined;
  /** Without it, as on paper, all of them are shown. */
  readonly paging?: Paging;
}

const STATE_ICONS = {
  booked: CalendarCheck,
  arrived: UserCheck,
  inSession: Droplet,
  fulfilled: CircleCheck,
  noShow: CircleX,
  cancelled: CalendarX,
  unknown: CircleHelp,
} as const satisfies Record<AppointmentState, unknown>;

/** All appointments of a patient, the latest first, with what became of them. */
export function AppointmentsSection({ part, failed, courses, sessions, paging }: AppointmentsSectionProps) {
  const { config, now } = useClinic();
  const { timeZone } = config.clinic;
  const today = clinicDay(now(), timeZone);
  const all = part?.items ?? [];
  const held = knownItems(sessions);
  const known = knownItems(part);
  const pages = pagesOf(all, paging);
  const columns: readonly SectionColumn<AppointmentDetail>[] = [
    {
      id: 'time',
      header: 'When',
      cell: ({ start }) => (start === undefined ? 'time unknown' : formatDayAndTime(start, today, timeZone)),
    },
    { id: 'kind', header: 'For', selfEvident: true, cell: (one) => kindText(one, known, courses, held) },
    {
      id: 'state',
      header: 'State',
      selfEvident: true,
      cell: stateCell,
    },
    { id: 'reason', header: 'Cancelled', cell: (one) => cancellationText(one) || null },
    { id: 'chair', header: 'Chair', selfEvident: true, cell: ({ chair }) => chair ?? null },
    { id: 'staff', header: 'With', cell: ({ staff }) => staff.join(', ') || null },
  ];
  return (
    <TableSection
      title={`Appointments${zoneNote(now(), timeZone, browserTimeZone())}`}
      part={part}
      failed={failed}
      columns={columns}
      rows={pages.rows}
      rowKey={({ id }) => id}
      none="No appointment yet."
      below={<PagesOf pages={pages} />}
    />
  );
}

function stateCell({ state }: AppointmentDetail): ReactNode {
  const Icon = STATE_ICONS[state];
  return (
    <span className={styles.state} data-state={state}>
      <Icon size={14} aria-hidden /> {STATE_WORDS[state]}
    </span>
  );
}
