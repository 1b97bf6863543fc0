import type { ClinicTime } from './clinic-time.ts';
import { todaysCallMinute } from './follow-up-calls.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import type { Reminder } from './reminder.ts';

/** One attempt to reach a patient. Days are counted from today, minutes from midnight. */
export interface Call {
  readonly day: number;
  readonly minute: number;
  readonly reached: boolean;
  readonly medium: 'phone' | 'text';
  /** What was said or left: never what the clinic treats, nor with what. */
  readonly said: string;
}

const SAID = {
  contacted: ['Will look at the diary and ring back', 'Asked to be called again'],
  snoozed: ['Away; asked to be called later', 'Wants to wait a little'],
  booked: ['Appointment agreed', 'Appointment agreed, ride home arranged'],
  declined: ['Does not want further appointments'],
  'no-contact': ['Asked not to be contacted'],
  followUp: ['Doing well, answered all questions', 'Answered all questions', 'Answered; no concerns'],
  missed: ['No answer', 'Left a message to call back', 'Number busy'],
} as const;

/** The attempts that led to the state of a reminder, in time order; all of them lie behind the clinic's now. */
export function callsFor(person: Person, reminder: Reminder, time: ClinicTime): Call[] {
  const { code, plan, madeBy, nextDay, dueDay } = reminder;
  const random = person.random(`calls/${code}/${plan.firstVisit + madeBy}/${dueDay}`);
  const outcome = outcomeOf(reminder, random);
  if (outcome === undefined) return [];
  if (code === 'follow-up-call') {
    return outcome === 'missed'
      ? attempts(Math.min(-1, nextDay + 4), random.whole(2, 3), outcome, random, time)
      : followUp(person, nextDay, random);
  }
  const made = plan.visits[madeBy]?.slot.day ?? nextDay;
  const answer = reminder.answeredBy === undefined ? undefined : plan.visits[reminder.answeredBy];
  const latest = answer ? answer.slot.day - random.whole(2, 18) : -random.whole(1, 8);
  const count = random.weighted(ATTEMPTS);
  return attempts(Math.min(-1, latest), count, outcome, random, time).filter(({ day }) => day > made);
}

const ATTEMPTS = [
  [60, 1],
  [28, 2],
  [12, 3],
] as const;

/** What the last attempt came to; nothing where none was made. */
function outcomeOf({ state, code }: Reminder, random: Random): keyof typeof SAID | undefined {
  switch (state) {
    case 'due':
      return undefined;
    case 'contacted':
      return random.chance(0.5) ? 'contacted' : 'missed';
    case 'snoozed':
      return 'snoozed';
    case 'booked':
      return 'booked';
    case 'attended':
      return code === 'follow-up-call' ? 'followUp' : 'booked';
    default:
      break;
  }
  if (state.status === 'rejected') return 'declined';
  if (state.because === 'Asked not to be contacted') return 'no-contact';
  return state.because === 'Not reached' ? 'missed' : undefined;
}

/** A follow-up call, now and then with one before it that nobody answered. */
function followUp(person: Person, day: number, random: Random): Call[] {
  const minute = day === 0 ? todaysCallMinute(person) : random.whole(10 * 60, 16 * 60 + 30);
  const done: Call = { day, minute, reached: true, medium: 'phone', said: random.pick(SAID.followUp) };
  return random.chance(0.15) && day < 0
    ? [{ day, minute: minute - 75, reached: false, medium: 'phone', said: random.pick(SAID.missed) }, done]
    : [done];
}

/** `count` attempts on different days, the last on or before a day; all but it in vain. */
function attempts(
  latest: number,
  count: number,
  outcome: keyof typeof SAID,
  random: Random,
  time: ClinicTime,
): Call[] {
  const calls: Call[] = [];
  for (
    let day = time.openUntil(latest);
    calls.length < count;
    day = time.openUntil(day - random.whole(2, 4))
  ) {
    const words = calls.length === 0 ? outcome : 'missed';
    const text = words === 'missed' && random.chance(0.25);
    calls.push({
      day,
      minute: random.whole(8 * 60 + 30, 16 * 60 + 30),
      reached: words !== 'missed',
      medium: text ? 'text' : 'phone',
      said: text ? 'Sent the text “Please call us”' : random.pick(SAID[words]),
    });
  }
  return calls.toReversed();
}
