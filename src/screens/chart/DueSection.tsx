import { useClinic } from '#src/config/clinic.ts';
import { callOutcome, type Call } from '#src/features/reminders/call.ts';
import { reminderStory, type ReminderDetail } from '#src/features/reminders/reminder-detail.ts';
import { daysWaitedOver, REMINDER_WORDS } from '#src/features/reminders/reminder.ts';
import { browserTimeZone, clinicDay, formatDayAndTime, zoneNote } from '#src/lib/time.ts';
import { isWhole, type RecordPart } from './patient-record-query.ts';
import { SectionOfPart } from './SectionOfPart.tsx';
import styles from './section-lines.module.css';

interface DueSectionProps {
  readonly reminders: RecordPart<ReminderDetail> | undefined;
  readonly calls: RecordPart<Call> | undefined;
  readonly failed: boolean;
}

/** What is due, what was, and every attempt to reach the patient, below the reminder that it was made for. */
export function DueSection({ reminders, calls, failed }: DueSectionProps) {
  const { config, now } = useClinic();
  const { timeZone } = config.clinic;
  const today = clinicDay(now(), timeZone);
  const zone = zoneNote(now(), timeZone, browserTimeZone());
  const known = new Set(reminders?.items.map(({ id }) => id));
  const line = (reminder: ReminderDetail) => (
    <ReminderLine
      reminder={reminder}
      today={today}
      calls={calls?.items.filter(({ reminderIds }) => reminderIds.includes(reminder.id)) ?? []}
    />
  );
  return (
    <>
      <SectionOfPart
        title="Due list"
        part={reminders}
        failed={failed}
        shows={(items) => items.filter(({ closed }) => closed === undefined).toReversed()}
        none="Nothing is due."
      >
        {line}
      </SectionOfPart>
      <SectionOfPart
        title="Past reminders"
        part={reminders && { ...reminders, problems: [], failure: undefined }}
        failed={failed}
        shows={(items) => items.filter(({ closed }) => closed !== undefined)}
        none={reminders !== undefined && isWhole(reminders) ? 'None yet.' : 'See above.'}
      >
        {line}
      </SectionOfPart>
      <SectionOfPart
        title={`Other calls${zone}`}
        part={calls}
        failed={failed}
        shows={(items) => items.filter(({ reminderIds }) => !reminderIds.some((id) => known.has(id)))}
        none={calls?.items.length === 0 ? 'Nobody has called yet.' : 'All calls stand below their reminders.'}
      >
        {(call) => <CallLine call={call} today={today} timeZone={timeZone} />}
      </SectionOfPart>
    </>
  );
}

interface ReminderLineProps {
  readonly reminder: ReminderDetail;
  readonly calls: readonly Call[];
  readonly today: Temporal.PlainDate;
}

function ReminderLine({ reminder, calls, today }: ReminderLineProps) {
  const { timeZone } = useClinic().config.clinic;
  const { kind } = reminder;
  const over = reminder.closed === undefined ? daysWaitedOver(reminder, today) : 0;
  return (
    <>
      <span>{kind === undefined ? 'Reminder of an unknown kind' : REMINDER_WORDS[kind]}</span>
      <span className={styles.aside}>
        {reminderStory(reminder, today)}
        {over > 0 && <strong className={styles.late}> {over} d over</strong>}
      </span>
      {calls.length > 0 && (
        <ul className={styles.calls} aria-label="Calls">
          {calls.map((call) => (
            <li key={call.id}>
              <CallLine call={call} today={today} timeZone={timeZone} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface CallLineProps {
  readonly call: Call;
  readonly today: Temporal.PlainDate;
  readonly timeZone: string;
}

function CallLine({ call, today, timeZone }: CallLineProps) {
  const { at, by, channel, notes } = call;
  return (
    <>
      <span>{at === undefined ? 'time not recorded' : formatDayAndTime(at, today, timeZone)}</span>
      <span>{channel ?? 'channel not recorded'}</span>
      <span>{callOutcome(call)}</span>
      <span className={styles.aside}>{by ?? 'caller not recorded'}</span>
      {notes.map((note, index) => (
        <span key={index} className={styles.detail}>
          <bdi>{note}</bdi>
        </span>
      ))}
    </>
  );
}
