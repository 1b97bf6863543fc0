import { formatDay, formatPartialDate } from '#src/lib/time.ts';
import { PhaseProgress } from '#src/features/courses/PhaseProgress.tsx';
import { progressText } from '#src/features/courses/course.ts';
import { displayName } from '#src/features/patients/patient.ts';
import { daysOver, REMINDER_WORDS } from '#src/features/reminders/reminder.ts';
import type { Column } from '#src/ui/DataTable.tsx';
import { muted, NOT_LOADED, record, type RecordRow, recordText, textColumn } from './column-cells.tsx';
import { AlertBadges } from './AlertBadges.tsx';
import { alertsOf } from './patient-alerts.ts';
import { extraBooked, nextSessionText, NOT_BOOKED } from './next-session.ts';
import { PatientLink } from './PatientLink.tsx';
import { isUnknown, type FactKind, type FactsOfPage, type PatientFacts } from './patient-facts.ts';
import type { PatientsRow } from './patients-query.ts';
import type { PatientsViewName } from './patients-search.ts';
import styles from './patient-columns.module.css';

export interface ColumnContext {
  readonly facts: FactsOfPage | undefined;
  /** The facts were asked for and did not come at all. */
  readonly factsFailed: boolean;
  readonly now: Temporal.Instant;
  readonly today: Temporal.PlainDate;
  readonly timeZone: string;
  /** What the heads of times say where the browser's zone is another: `, EST`. */
  readonly zoneNote: string;
}

const ON_ITS_WAY = '…';

/** The columns of a view, in order. What a cell shows and what its file says come from the same place. */
export function patientColumns(
  view: PatientsViewName,
  context: ColumnContext,
): readonly Column<PatientsRow>[] {
  const all = columns(context);
  return VIEW_COLUMNS[view].map((id) => all[id]);
}

type ColumnId =
  | 'name'
  | 'born'
  | 'mrn'
  | 'phone'
  | 'progress'
  | 'last'
  | 'next'
  | 'alerts'
  | 'diagnosis'
  | 'reminder'
  | 'due';

const VIEW_COLUMNS: Readonly<Record<PatientsViewName, readonly ColumnId[]>> = {
  all: ['name', 'born', 'mrn', 'phone', 'progress', 'next', 'alerts'],
  recent: ['name', 'born', 'mrn', 'phone', 'progress', 'next', 'alerts'],
  induction: ['name', 'born', 'mrn', 'progress', 'last', 'next', 'alerts'],
  maintenance: ['name', 'born', 'mrn', 'progress', 'last', 'next', 'alerts'],
  due: ['name', 'born', 'mrn', 'phone', 'reminder', 'due', 'next', 'alerts'],
  diagnosis: ['name', 'born', 'mrn', 'diagnosis', 'progress', 'next', 'alerts'],
};

function columns(context: ColumnContext): Readonly<Record<ColumnId, Column<PatientsRow>>> {
  const { facts, today, timeZone } = context;
  const of = (row: RecordRow): PatientFacts | undefined => facts?.byPatient.get(row.patient.id);

  /** A fact as text; `–` for none, "not loaded" where the server did not say, `…` while it is on its way. */
  const fact = (kind: FactKind, row: RecordRow, read: (known: PatientFacts) => string): string => {
    if (context.factsFailed || (facts && isUnknown(facts, kind))) return NOT_LOADED;
    const known = of(row);
    return known === undefined ? ON_ITS_WAY : read(known);
  };

  return {
    name: {
      id: 'name',
      header: 'Patient',
      cell: (row) => <PatientLink row={row} />,
      text: (row) =>
        row.kind === 'record' ? displayName(row.patient.name) : `Unreadable: ${row.key}, ${row.reason}`,
    },
    born: textColumn('born', 'Born', 'end', ({ patient }) =>
      patient.birthDate === undefined ? '–' : formatPartialDate(patient.birthDate),
    ),
    mrn: textColumn('mrn', 'MRN', 'end', ({ patient }) => patient.mrn ?? '–'),
    phone: textColumn('phone', 'Phone', 'start', ({ patient }) => patient.phones[0]?.value ?? '–'),
    progress: {
      id: 'progress',
      header: 'Phase and progress',
      selfEvident: true,
      cell: record((row) => {
        const course = row.item.course ?? of(row)?.course;
        return course === undefined ? (
          muted(fact('courses', row, () => 'no running course'))
        ) : (
          <PhaseProgress course={course} extraBooked={extraBooked(course, of(row))} />
        );
      }),
      text: recordText((row) => {
        const course = row.item.course ?? of(row)?.course;
        if (course === undefined) return fact('courses', row, () => 'no running course');
        return [
          progressText(course),
          ...(course.paused ? ['paused'] : []),
          ...(extraBooked(course, of(row)) ? ['extra booked'] : []),
        ].join(', ');
      }),
    },
    last: textColumn('last', 'Last session', 'end', (row) =>
      fact('last sessions', row, ({ lastSession }) =>
        lastSession === undefined ? '–' : formatDay(lastSession),
      ),
    ),
    next: {
      id: 'next',
      header: `Next session${context.zoneNote}`,
      cell: record((row) => {
        const text = nextText(row);
        return text.startsWith(NOT_BOOKED) ? (
          <strong className={styles.late}>{text}</strong>
        ) : (
          muted(text, !text.startsWith('consultation'))
        );
      }),
      text: recordText((row) => nextText(row)),
    },
    alerts: {
      id: 'alerts',
      header: 'Alerts',
      selfEvident: true,
      cell: record((row) =>
        facts === undefined && !context.factsFailed ? (
          muted(ON_ITS_WAY)
        ) : (
          <AlertBadges alerts={alertsOf(row, context.factsFailed ? 'failed' : facts, context.now)} />
        ),
      ),
      text: recordText((row) =>
        alertsOf(row, context.factsFailed ? 'failed' : facts, context.now)
          .map(({ text }) => text)
          .join('; '),
      ),
    },
    diagnosis: textColumn('diagnosis', 'Diagnosis', 'start', ({ item }) => item.condition?.name ?? '–', {
      wraps: true,
    }),
    reminder: textColumn('reminder', 'Reminder', 'start', ({ item }) =>
      item.reminder?.kind === undefined ? '–' : REMINDER_WORDS[item.reminder.kind],
    ),
    due: {
      id: 'due',
      header: 'Due',
      align: 'end',
      cell: record(({ item }) => {
        const over = item.reminder && daysOver(item.reminder, today);
        return (
          <>
            {item.reminder?.due === undefined ? '–' : formatDay(item.reminder.due)}{' '}
            {over !== undefined && (
              <span className={over > 0 ? styles.late : styles.muted}>{overText(over)}</span>
            )}
          </>
        );
      }),
      text: recordText(({ item }) => {
        const over = item.reminder && daysOver(item.reminder, today);
        const day = item.reminder?.due === undefined ? '–' : formatDay(item.reminder.due);
        return over === undefined ? day : `${day}, ${overText(over)}`;
      }),
    },
  };

  function nextText(row: RecordRow): string {
    return fact('appointments', row, (known) => nextSessionText(known, today, timeZone));
  }
}

function overText(days: number): string {
  return days === 0 ? 'today' : `${days} d over`;
}
