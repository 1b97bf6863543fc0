import type { CourseDetail } from '#src/features/courses/course-detail.ts';
import { reminderStory, type ReminderDetail } from '#src/features/reminders/reminder-detail.ts';
import { formatDay } from '#src/lib/time.ts';

interface Facts {
  readonly reminder: ReminderDetail;
  readonly course: CourseDetail | undefined;
  /** The day of the session after which it became due, where it is known. */
  readonly lastSession: Temporal.PlainDate | undefined;
  /** The protocol's interval, where the course does not state it. */
  readonly protocolDays: number | undefined;
  readonly today: Temporal.PlainDate;
}

/** Why a maintenance infusion is due when it is, as far as the records say: one sentence each. */
export function dueReason({ reminder, course, lastSession, protocolDays, today }: Facts): readonly string[] {
  const { due } = reminder;
  const interval = course?.intervalDays;
  const own = course?.protocolIntervalDays ?? protocolDays;
  const sentences = [`The reminder: ${reminderStory(reminder, today)}.`];
  if (lastSession !== undefined) sentences.push(`Last session on ${formatDay(lastSession)}.`);
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
  if (due !== undefined && lastSession !== undefined && days !== undefined) {
    const counted = lastSession.add({ days });
    sentences.push(
      counted.equals(due)
        ? `${formatDay(lastSession)} + ${days} days = ${formatDay(due)}.`
        : `Last session + ${days} days is ${formatDay(counted)}; the records do not say why the reminder differs.`,
    );
  }
  return sentences.length > 1 ? sentences : [...sentences, 'The records do not say more.'];
}
