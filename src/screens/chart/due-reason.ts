import type { CourseDetail } from '#src/features/courses/course-detail.ts';
import { reminderStory, type ReminderDetail } from '#src/features/reminders/reminder-detail.ts';
import { formatDay } from '#src/lib/time.ts';

interface Facts {
  readonly reminder: ReminderDetail;
  readonly course: CourseDetail | undefined;
  /** The day of the session after which it became due, where the reminder names one that is known. */
  readonly madeAfter: Temporal.PlainDate | undefined;
  /** The day of the last session of the course. */
  readonly lastSession: Temporal.PlainDate | undefined;
  /** The protocol's interval, where the course does not state it. */
  readonly protocolDays: number | undefined;
  readonly today: Temporal.PlainDate;
}

/** Why a maintenance infusion is due when it is, as far as the records say: one sentence each. */
export function dueReason({
  reminder,
  course,
  madeAfter,
  lastSession,
  protocolDays,
  today,
}: Facts): readonly string[] {
  const { due } = reminder;
  const interval = course?.intervalDays;
  const own = course?.protocolIntervalDays ?? protocolDays;
  const sentences = [`The reminder: ${reminderStory(reminder, today)}.`];
  const base = madeAfter ?? lastSession;
  if (base !== undefined) {
    const isLast = lastSession === undefined ? undefined : base.equals(lastSession);
    sentences.push(
      `${isLast === true ? 'Last session on' : 'Made after the session of'} ${formatDay(base)}.`,
    );
    if (isLast === false && lastSession !== undefined) {
      sentences.push(`The course’s last session was on ${formatDay(lastSession)}.`);
    }
  }
  if (course?.paused === true) sentences.push('The course is paused.');
  if (course?.phase === 'ended') sentences.push('The course has ended.');
  if (interval !== undefined) {
    sentences.push(
      own === undefined || own === interval
        ? `Interval in force: ${interval} days${own === undefined ? '' : ', as in the protocol'}.`
        : `Interval in force: ${interval} days; the protocol’s is ${own} days.`,
    );
  } else if (own !== undefined) {
    sentences.push(`The protocol’s interval is ${own} days; which one is in force is not recorded.`);
  }
  const days = interval ?? own;
  if (due !== undefined && base !== undefined && days !== undefined) {
    const counted = base.add({ days });
    sentences.push(
      counted.equals(due)
        ? `${formatDay(base)} + ${days} days = ${formatDay(due)}.`
        : `${formatDay(base)} + ${days} days is ${formatDay(counted)}; the records do not say why the reminder differs.`,
    );
  }
  return sentences.length > 1 ? sentences : [...sentences, 'The records do not say more.'];
}
