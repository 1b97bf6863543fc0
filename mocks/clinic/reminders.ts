import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { nextFourWeeks, restOfWeek } from './due-days.ts';
import { followUpCalls } from './follow-up-calls.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import { FIRST_REMINDED_DAY, type Reminder, type ReminderState } from './reminder.ts';
import type { EndedStory, MaintenanceStory } from './stories.ts';
import { isSigned, visitStatus } from './visits.ts';

/** The reminders and follow-up calls of all courses of a patient, each in exactly one state. */
export function remindersOf(person: Person, courses: readonly CoursePlan[], time: ClinicTime): Reminder[] {
  return courses.flatMap((plan) => [
    ...maintenanceReminders(person, plan, time),
    ...followUpCalls(person, plan, time),
  ]);
}

function maintenanceReminders(person: Person, plan: CoursePlan, time: ClinicTime): Reminder[] {
  const { story } = person;
  const signed = plan.visits.flatMap((visit, index) => (isSigned(visit, time) ? [index] : []));
  const last = signed.at(-1);
  if (last === undefined) return [];
  const attended = attendedReminders(plan, signed);
  if (plan.ordinal > 0) return attended;
  const reminder = { plan, code: 'maintenance-infusion', madeBy: last, ...dueAfter(plan, last) } as const;
  if (story.phase === 'ended') {
    const state = endedState(story);
    return state === undefined ? attended : [...attended, { ...reminder, state }];
  }
  if (story.phase !== 'maintenance') return attended;
  return [...attended, ...openReminders(story, reminder, person.random('reminder'), time)];
}

/** The reminders that the sessions of the last year answered. */
function attendedReminders(plan: CoursePlan, signed: readonly number[]): Reminder[] {
  return signed.flatMap((index, position): Reminder[] => {
    const visit = plan.visits[index];
    const madeBy = signed[position - 1];
    if (visit?.service !== 'maintenance' || madeBy === undefined) return [];
    if (visit.slot.day < FIRST_REMINDED_DAY) return [];
    const { dueDay } = dueAfter(plan, madeBy);
    const answer = { nextDay: visit.slot.day, dueDay, madeBy, answeredBy: index };
    return [{ plan, code: 'maintenance-infusion', state: 'attended', ...answer }];
  });
}

function openReminders(
  story: MaintenanceStory,
  reminder: Omit<Reminder, 'state'>,
  random: Random,
  time: ClinicTime,
): Reminder[] {
  const { visits } = reminder.plan;
  const answeredBy = visits.findIndex(
    ({ fate, voided }, index) => index > reminder.madeBy && fate !== 'cancelled' && voided !== true,
  );
  const answer = visits[answeredBy];
  if (answer !== undefined && visitStatus(answer, time) !== 'noshow') {
    return [{ ...reminder, state: 'booked', nextDay: answer.slot.day, answeredBy }];
  }
  // A missed appointment reopens its reminder.
  if (answer?.slot.day === 0) return [{ ...reminder, state: 'due', nextDay: 0 }];
  const week = restOfWeek(time);
  switch (story.bucket) {
    case 'forgotten':
    case 'paused':
      return [];
    case 'withdrawn':
      return [{ ...reminder, state: { status: 'cancelled', because: 'Asked not to be contacted' } }];
    case 'snoozed':
      return [{ ...reminder, state: 'snoozed', nextDay: random.whole(2, 35) }];
    case 'review':
      return [
        { ...reminder, state: 'due' },
        { ...reminder, code: 'clinician-review', state: 'due', nextDay: -random.whole(0, 6), dueDay: 0 },
      ];
    default:
      break;
  }
  if (story.woken === true) return [{ ...reminder, state: 'snoozed', nextDay: -random.whole(0, 2) }];
  if (story.called !== true) return [{ ...reminder, state: 'due' }];
  const four = nextFourWeeks(time);
  const nextDay =
    story.bucket === 'due'
      ? -random.whole(0, 2)
      : story.bucket === 'this-week'
        ? random.whole(week.from, week.to)
        : random.whole(four.from, four.to);
  return [{ ...reminder, state: 'contacted', nextDay }];
}

function endedState({ how }: EndedStory): Exclude<ReminderState, string> | undefined {
  switch (how) {
    case 'declined':
      return { status: 'rejected', because: 'Does not want further infusions' };
    case 'deceased':
      return { status: 'cancelled', because: 'Deceased' };
    case 'stopped':
      return { status: 'cancelled', because: 'Course ended' };
    case 'completed':
    case 'inactive':
      return undefined;
  }
}

function dueAfter(plan: CoursePlan, index: number): { readonly nextDay: number; readonly dueDay: number } {
  const day = (plan.visits[index]?.slot.day ?? 0) + plan.intervalDays;
  return { nextDay: day, dueDay: day };
}
