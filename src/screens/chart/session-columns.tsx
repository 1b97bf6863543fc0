import { eventText } from '#src/features/sessions/adverse-event.ts';
import {
  lengthText,
  type PatientSession,
  type SessionStatus,
} from '#src/features/sessions/patient-session.ts';
import {
  numberText as sessionNumberText,
  type SessionNumber,
} from '#src/features/sessions/session-number.ts';
import { numberText } from '#src/features/scores/score-words.ts';
import { formatDay } from '#src/lib/time.ts';
import { NoValue } from './NoValue.tsx';
import type { SectionColumn } from './TableSection.tsx';
import styles from './session-columns.module.css';

export interface SessionRow {
  readonly session: PatientSession;
  /** Unknown where the course does not bear one out. */
  readonly number: SessionNumber | undefined;
  /** Else a pain that is missing here may be recorded all the same. */
  readonly painLoaded: boolean;
}

const STATUS_WORDS: Readonly<Record<SessionStatus, string>> = {
  running: 'Running',
  unsigned: 'Unsigned',
  signed: 'Signed',
  voided: 'Voided',
  notHeld: 'Not held',
  unknown: 'State unknown',
};

/** What a chart shows of a session. */
export const SESSION_COLUMNS: readonly SectionColumn<SessionRow>[] = [
  {
    id: 'date',
    header: 'Date',
    cell: ({ session: { day } }) => (day === undefined ? 'date unknown' : formatDay(day)),
  },
  {
    id: 'session',
    header: 'Session',
    selfEvident: true,
    cell: ({ session: { phase }, number }) => (
      <span className={styles.phase} data-phase={number?.phase ?? phase}>
        {number === undefined ? (phase ?? 'phase not recorded') : sessionNumberText(number)}
      </span>
    ),
  },
  { id: 'chair', header: 'Chair', selfEvident: true, cell: ({ session: { chair } }) => chair },
  {
    id: 'dose',
    header: 'Dose',
    align: 'end',
    cell: ({ session: { doseMg } }) =>
      doseMg === undefined ? (
        <NoValue />
      ) : (
        <>
          {doseMg.toFixed(1)} <span className="cs-unit">mg</span>
        </>
      ),
  },
  {
    id: 'visit',
    header: 'Visit',
    align: 'end',
    cell: ({ session: { minutes } }) =>
      minutes === undefined ? (
        <NoValue />
      ) : (
        <>
          {lengthText(minutes)} <span className="cs-unit">h</span>
        </>
      ),
  },
  {
    id: 'pain',
    header: 'Pain',
    align: 'end',
    cell: painText,
  },
  {
    id: 'events',
    header: 'Events',
    cell: ({ session: { events, outcome } }) => eventsText(events.map(eventText), outcome),
  },
  {
    id: 'status',
    header: 'Record',
    selfEvident: true,
    neverStruck: true,
    cell: ({ session: { status, addenda, signedBy } }) => (
      <span className={styles.status} data-status={status} title={signedBy && `Signed by ${signedBy}`}>
        {STATUS_WORDS[status]}
        {addenda > 0 && `, ${addenda} ${addenda === 1 ? 'addendum' : 'addenda'}`}
      </span>
    ),
  },
];

/** Whether a session may have a pain that was not loaded. */
export function lacksPain({ session: { painBefore, painAfter }, painLoaded }: SessionRow): boolean {
  return !painLoaded && (painBefore === undefined || painAfter === undefined);
}

function painText({ session: { painBefore: before, painAfter: after }, painLoaded }: SessionRow) {
  if (before === undefined && after === undefined)
    return <NoValue reason={painLoaded ? 'not recorded' : 'not loaded'} />;
  const text = (value: number | undefined) => (value === undefined ? '–' : numberText(value));
  const absent = painLoaded ? 'not recorded' : 'not loaded';
  return (
    <>
      <span aria-hidden>
        {text(before)} → {text(after)}
      </span>
      <span className="cs-visually-hidden">
        {before === undefined ? absent : numberText(before)} before,{' '}
        {after === undefined ? absent : numberText(after)} after
      </span>
    </>
  );
}

/** The events, and where none came along what the outcome says of them. */
function eventsText(events: readonly string[], outcome: PatientSession['outcome']): string {
  const stopped = outcome === 'stopped' ? ['stopped early'] : [];
  const untold = outcome === 'adverseEvent' && events.length === 0 ? ['adverse event'] : [];
  return [...events, ...untold, ...stopped].join('; ');
}
