import { CircleHelp, FileX, Pencil, PhoneOff, Stethoscope } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { progressText } from '#src/features/courses/course.ts';
import { currentCourse, type CourseDetail } from '#src/features/courses/course-detail.ts';
import type { ReminderDetail } from '#src/features/reminders/reminder-detail.ts';
import { daysWaitedOver, reminderText, type ReminderState } from '#src/features/reminders/reminder.ts';
import { dateText, numberText } from '#src/features/scores/score-words.ts';
import { latestOf } from '#src/features/scores/scores-at.ts';
import { clockHere, formatDay } from '#src/lib/time.ts';
import { Badge } from '#src/ui/Badge.tsx';
import { PopoverButton } from '#src/ui/PopoverButton.tsx';
import { AllergyFacts } from './AllergyFacts.tsx';
import { chartAlerts, type ChartAlert } from './chart-alerts.ts';
import { courseDates, protocolOf } from './course-words.ts';
import { dueReason } from './due-reason.ts';
import { isWhole, type RecordParts } from './patient-record-query.ts';
import { useEmptyWords } from './use-empty-words.ts';
import styles from './PatientBanner.module.css';

interface BannerFactsProps {
  readonly parts: RecordParts;
  readonly deceased: boolean;
  readonly today: Temporal.PlainDate;
}

/** The second line of the banner: what has to be known before the patient is met. */
export function BannerFacts({ parts, deceased, today }: BannerFactsProps) {
  const { config } = useClinic();
  const course = currentCourse(parts.courses.items);
  const since = course && courseDates(course, parts.sessions.items).phaseSince;
  const alerts = chartAlerts(parts, today, { deceased });
  return (
    <>
      <AllergyFacts part={parts.allergies} timeZone={config.clinic.timeZone} />
      <Weight part={parts.scores} timeZone={config.clinic.timeZone} />
      {course !== undefined && (
        <span className={styles.fact}>
          <Phase course={course} since={since} />
        </span>
      )}
      {!deceased && <Due parts={parts} today={today} />}
      {alerts.length > 0 && (
        <span className={styles.alerts}>
          {alerts.map((alert) => (
            <AlertBadge key={alert.text} alert={alert} />
          ))}
        </span>
      )}
    </>
  );
}

interface PhaseProps {
  readonly course: CourseDetail;
  readonly since: Temporal.PlainDate | undefined;
}

/** The phase as a dot and words; how many sessions of maintenance there were stands in the course bar below. */
function Phase({ course, since }: PhaseProps) {
  const { phase, paused } = course;
  const emptyWords = useEmptyWords();
  const words =
    phase === 'maintenance' && since !== undefined ? 'maintenance' : emptyWords(progressText(course));
  return (
    <>
      <span className={styles.phase} data-phase={phase}>
        {words}
      </span>
      {since !== undefined && <span className="cs-unit"> since {formatDay(since)}</span>}
      {paused && <span className={styles.missing}> paused</span>}
    </>
  );
}

const ICONS = {
  consent: FileX,
  unsigned: Pencil,
  contact: PhoneOff,
  review: Stethoscope,
  unknown: CircleHelp,
} as const;

function AlertBadge({ alert: { tone, kind, text } }: { readonly alert: ChartAlert }) {
  const Icon = ICONS[kind];
  return (
    <Badge tone={tone} icon={<Icon size={12} aria-hidden />}>
      {text}
    </Badge>
  );
}

interface WeightProps {
  readonly part: RecordParts['scores'];
  readonly timeZone: string;
}

/**
 * The last weight with its date, since a dose is reckoned by it; that it is old is for the reader to see, that a newer
 * one may not have been read is said.
 */
function Weight({ part, timeZone }: WeightProps) {
  const { answeredAt, failure, problems, withheld } = part;
  const last = latestOf(part.items, 'weight');
  if (last === undefined) {
    if (isWhole(part)) return <span className="cs-unit">no weight recorded</span>;
    return withheld === undefined && <span className={styles.missing}>Weight not loaded</span>;
  }
  return (
    <span className={styles.fact}>
      <span className="cs-unit">Weight </span>
      {numberText(last.value)}
      <span className="cs-unit">
        {' '}
        kg, {last.asRecorded !== undefined && `recorded as ${last.asRecorded}, `}
        {dateText(last)}
      </span>
      {failure !== undefined && answeredAt !== undefined && (
        <span className={styles.missing}> as of {clockHere(answeredAt, timeZone)}</span>
      )}
      {problems.length > 0 && <span className={styles.missing}> not all scores read</span>}
    </span>
  );
}

/** What was done about it, in a word; the whole story is behind the button. */
const STATE_NOTES: Readonly<Record<ReminderState, string>> = {
  due: '',
  called: ', called',
  snoozed: ', snoozed',
  booked: ', booked',
  unknown: ', state not recorded',
};

/** When the next maintenance infusion is due, and why then. */
function Due({ parts, today }: Pick<BannerFactsProps, 'parts' | 'today'>) {
  const { protocols } = useClinic().config;
  const reminder = nextDue(parts.reminders.items);
  if (reminder === undefined) {
    const { withheld } = parts.reminders;
    const silent = isWhole(parts.reminders) || withheld !== undefined;
    return silent ? null : <span className={styles.missing}>Due list not fully read</span>;
  }
  const course = parts.courses.items.find(({ id }) => id === reminder.courseId);
  const over = daysWaitedOver(reminder, today);
  const made = parts.sessions.items.find(({ id }) => id === reminder.sessionId);
  const reason = dueReason({
    reminder,
    course,
    madeAfter: made?.state === 'voided' ? undefined : made?.day,
    lastSession: course && courseDates(course, parts.sessions.items).lastSession,
    protocolDays: course && protocolOf(course, protocols)?.maintenanceIntervalDays,
    today,
  });
  const { due, state } = reminder;
  return (
    <span className={styles.fact}>
      <span className="cs-unit">{due === undefined ? 'Maintenance ' : 'Next due '}</span>
      <span>
        {due === undefined ? reminderText(reminder, today) : formatDay(due)}
        {over > 0 && (
          <>
            , <strong className={styles.missing}>{over} d over</strong>
          </>
        )}
        {due !== undefined && STATE_NOTES[state]}
      </span>{' '}
      <PopoverButton label="why" panelLabel="Why it is due then" className={styles.why}>
        {() => (
          <ul className={styles.reason}>
            {reason.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </PopoverButton>
    </span>
  );
}

/** The open maintenance reminder that is due first. */
function nextDue(reminders: readonly ReminderDetail[]): ReminderDetail | undefined {
  return reminders
    .filter(({ kind, closed }) => kind === 'maintenance' && closed === undefined)
    .toSorted((a, b) => (a.due?.toString() ?? '9').localeCompare(b.due?.toString() ?? '9'))[0];
}
