import type { Task } from 'fhir/r4';
import type { LocalCode } from '#src/fhir/codes.ts';
import { appointmentId, hasAppointment } from './appointment-records.ts';
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { restOfWeek, nextFourWeeks } from './due-days.ts';
import { recordId, type Person } from './person.ts';
import type { Random } from './random.ts';
import { localConcept, toCourse, toOrganization, toPatient } from './references.ts';
import { sessionId } from './session-records.ts';
import type { EndedStory, MaintenanceStory } from './stories.ts';
import { isSigned, visitStatus, type Visit } from './visits.ts';

/** A reminder before it is a Task. Days are counted from today. */
interface Reminder {
  readonly code: Extract<LocalCode, 'maintenance-infusion' | 'follow-up-call' | 'clinician-review'>;
  readonly state: ReminderState;
  /** When something is to be done next. */
  readonly nextDay: number;
  /** When it is due by the rules. */
  readonly dueDay: number;
  /** Places in the course of the visit that made it and of the one that answers it. */
  readonly madeBy: number;
  readonly answeredBy?: number;
}

type ReminderState = 'due' | 'contacted' | 'snoozed' | 'booked' | 'attended' | Refusal;
type Refusal = { readonly status: 'rejected' | 'cancelled'; readonly because: string };

/** The reminders and follow-up calls of a course, each in exactly one state. */
export function reminderRecords(person: Person, plan: CoursePlan, time: ClinicTime): Task[] {
  const reminders = [...maintenanceReminders(person, plan, time), ...followUpCalls(person, plan, time)];
  return reminders.map((reminder, index) =>
    task(person, reminder, recordId('task', person, index + 1), time),
  );
}

function maintenanceReminders(person: Person, plan: CoursePlan, time: ClinicTime): Reminder[] {
  const { story } = person;
  const signed = indexesOf(plan, (visit) => isSigned(visit, time));
  const last = signed.at(-1);
  if (last === undefined) return [];
  const reminder = { code: 'maintenance-infusion', madeBy: last, ...dueAfter(plan, last) } as const;
  if (story.phase === 'ended') {
    const state = endedState(story);
    return state === undefined ? [] : [{ ...reminder, state }];
  }
  if (story.phase !== 'maintenance') return [];
  const attended = attendedReminders(plan, signed);
  const answer = plan.visits.findIndex(
    (visit, index) => index > last && visit.fate !== 'cancelled' && hasAppointment(visit),
  );
  const open = openReminders(
    story,
    reminder,
    answer === -1 ? undefined : answer,
    plan,
    person.random('reminder'),
    time,
  );
  return [...attended, ...open];
}

/** The reminders that the sessions of the last two weeks answered. */
function attendedReminders(plan: CoursePlan, signed: readonly number[]): Reminder[] {
  return signed.flatMap((index, position): Reminder[] => {
    const visit = plan.visits[index];
    const madeBy = signed[position - 1];
    if (visit?.service !== 'maintenance' || madeBy === undefined || !hasAppointment(visit)) return [];
    const { dueDay } = dueAfter(plan, madeBy);
    const nextDay = visit.slot.day;
    return [{ code: 'maintenance-infusion', state: 'attended', nextDay, dueDay, madeBy, answeredBy: index }];
  });
}

function openReminders(
  story: MaintenanceStory,
  reminder: Omit<Reminder, 'state'>,
  answeredBy: number | undefined,
  plan: CoursePlan,
  random: Random,
  time: ClinicTime,
): Reminder[] {
  const answer = answeredBy === undefined ? undefined : plan.visits[answeredBy];
  if (answer !== undefined && answeredBy !== undefined && visitStatus(answer, time) !== 'noshow') {
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

function endedState({ how }: EndedStory): Refusal | undefined {
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

/** The calls after the end of a series and after each maintenance session of the last four weeks. */
function followUpCalls(person: Person, plan: CoursePlan, time: ClinicTime): Reminder[] {
  const { protocol, phase } = plan;
  if (protocol === undefined || phase === 'ended') return [];
  const open = person.story.phase === 'maintenance' ? person.story.call : undefined;
  const seriesEnd = indexesOf(plan, ({ service }) => service === 'induction')[protocol.sessions - 1];
  return plan.visits.flatMap((visit, index): Reminder[] => {
    const due = visit.service === 'maintenance' || index === seriesEnd;
    if (!due || visit.slot.day < -28 || !isSigned(visit, time)) return [];
    return protocol.followUpCalls.map(({ afterDays }, call): Reminder => {
      const day = visit.slot.day + afterDays;
      const waiting = (call === 0 && open === 'next-day-due') || (call > 0 && open === 'two-weeks-due');
      const state = day > 0 || waiting ? 'due' : 'attended';
      return { code: 'follow-up-call', state, nextDay: day, dueDay: day, madeBy: index };
    });
  });
}

function task(person: Person, reminder: Reminder, id: string, time: ClinicTime): Task {
  const { code, state, answeredBy } = reminder;
  const nextAction = time.midnight(reminder.nextDay);
  return {
    resourceType: 'Task',
    id,
    basedOn: [toCourse(person)],
    ...stateFields(state),
    intent: 'plan',
    code: localConcept(code),
    ...(answeredBy !== undefined && {
      focus: { reference: `Appointment/${appointmentId(person, answeredBy)}` },
    }),
    for: toPatient(person),
    encounter: { reference: `Encounter/${sessionId(person, reminder.madeBy)}` },
    executionPeriod: { start: nextAction, end: nextAction },
    owner: toOrganization(),
    restriction: { period: { end: time.midnight(reminder.dueDay) } },
  };
}

/** The one status, and business status, of each state. */
function stateFields(state: ReminderState): Pick<Task, 'status' | 'businessStatus' | 'statusReason'> {
  switch (state) {
    case 'due':
      return { status: 'requested' };
    case 'contacted':
      return { status: 'received', businessStatus: localConcept('contacted') };
    case 'snoozed':
      return { status: 'on-hold', businessStatus: localConcept('snoozed') };
    case 'booked':
      return { status: 'accepted', businessStatus: localConcept('booked') };
    case 'attended':
      return { status: 'completed' };
    default:
      return { status: state.status, statusReason: { text: state.because } };
  }
}

function dueAfter(plan: CoursePlan, index: number): { readonly nextDay: number; readonly dueDay: number } {
  const day = (plan.visits[index]?.slot.day ?? 0) + plan.intervalDays;
  return { nextDay: day, dueDay: day };
}

function indexesOf(plan: CoursePlan, matches: (visit: Visit) => boolean): number[] {
  return plan.visits.flatMap((visit, index) => (matches(visit) ? [index] : []));
}
