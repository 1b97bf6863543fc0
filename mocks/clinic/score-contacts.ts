import { callsFor } from './calls.ts';
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { followUpCalls } from './follow-up-calls.ts';
import type { Person } from './person.ts';
import { FIRST_REMINDED_DAY, type Reminder } from './reminder.ts';
import { hasPassed, isOnPaper, type SessionFacts } from './session-facts.ts';

/** An occasion between sessions at which somebody asks for scores; each lies in the past. */
export interface Contact {
  readonly kind: 'consultation' | 'call' | 'next-day';
  readonly day: number;
  readonly minute: number;
}

const ABOUT_A_MONTH = 33;
/** How long the clinic goes on asking after a course has ended. */
const DAYS_AFTER_COURSE = 45;
/** A made-up patient who died did so in the last month. */
const LAST_DAY_OF_THE_DECEASED = -31;

/** When a patient was asked between sessions: at each course's consultation, before its series, and after it. */
export function scoreContacts(
  person: Person,
  courses: readonly CoursePlan[],
  sessions: readonly SessionFacts[],
  time: ClinicTime,
): Contact[] {
  const random = person.random('contacts');
  // Most patients answer nearly always, some hardly ever.
  const answers = random.weighted([
    [55, 0.93],
    [32, 0.72],
    [13, 0.25],
  ]);
  const contacts = courses.flatMap((plan, index) => {
    const next = courses[index + 1];
    const latest = Math.min(-1, next === undefined ? -1 : next.startDay - 1, lastDay(person, plan));
    const own = sessions.filter((session) => session.plan === plan && !session.voided);
    return [...contactsBefore(person, plan, time), ...contactsAfter(person, own, latest, answers, time)];
  });
  const seen = new Set<number>();
  return contacts
    .toSorted((a, b) => a.day - b.day)
    .filter(({ day }) => !seen.has(day) && seen.add(day) !== undefined);
}

function contactsBefore(person: Person, plan: CoursePlan, time: ClinicTime): Contact[] {
  const random = person.random(`contacts-before/${plan.ordinal}`);
  const kept = plan.visits.find(
    ({ service, fate, slot, leaves }) =>
      service === 'consultation' && fate === 'kept' && hasPassed(time, slot.day, leaves),
  );
  const first = plan.visits.find(({ service }) => service !== 'consultation');
  const contacts: Contact[] = [];
  if (kept !== undefined) {
    contacts.push({ kind: 'consultation', day: kept.slot.day, minute: kept.begins + 15 });
  } else if (first !== undefined && random.chance(0.9)) {
    const day = time.openFrom(plan.startDay + random.whole(0, 3));
    const minute = random.whole(8 * 60 + 10, 16 * 60);
    if (day < Math.min(0, first.slot.day)) contacts.push({ kind: 'consultation', day, minute });
  }
  if (first !== undefined && random.chance(0.45)) {
    const day = time.openUntil(first.slot.day - random.whole(2, 6));
    if (day > plan.startDay && day < 0) {
      contacts.push({ kind: 'call', day, minute: random.whole(9 * 60, 16 * 60) });
    }
  }
  return contacts;
}

/** After a series, and after each maintenance session: the protocol's calls, then about every month. */
function contactsAfter(
  person: Person,
  sessions: readonly SessionFacts[],
  latest: number,
  answers: number,
  time: ClinicTime,
): Contact[] {
  const plan = sessions[0]?.plan;
  const reminders = plan === undefined ? [] : followUpCalls(person, plan, time);
  return sessions.flatMap((session, index) => {
    const next = sessions[index + 1];
    const inSeries = session.visit.service === 'induction' && next?.visit.service === 'induction';
    if (inSeries || !seriesIsOver(sessions, session)) return [];
    const calls = protocolCalls(person, session, reminders, answers, time);
    const random = session.random('contacts-after');
    const end = Math.min(latest, (next?.visit.slot.day ?? Infinity) - 3);
    const months: Contact[] = [];
    const lastCall = Math.max(0, ...session.protocol.followUpCalls.map(({ afterDays }) => afterDays));
    for (let wish = session.visit.slot.day + lastCall; ;) {
      wish += monthOf(wish) + random.whole(-4, 6);
      const day = time.openFrom(wish);
      const minute = random.whole(9 * 60, 16 * 60 + 30);
      if (day > end) return [...calls, ...months];
      if (random.chance(answers)) months.push({ kind: 'call', day, minute });
    }
  });
}

/** The protocol's calls after a session: as the call log has them, or of a time before it as they may have been. */
function protocolCalls(
  person: Person,
  { plan, visit, protocol, random }: SessionFacts,
  reminders: readonly Reminder[],
  answers: number,
  time: ClinicTime,
): Contact[] {
  const place = plan.visits.indexOf(visit);
  const own = random('protocol-calls');
  return protocol.followUpCalls.flatMap(({ afterDays }): Contact[] => {
    const dueDay = visit.slot.day + afterDays;
    const kind = afterDays === 1 ? 'next-day' : 'call';
    const minute = own.whole(9 * 60, 16 * 60 + 30);
    // Who is reached mostly says how the pain is.
    const tells = own.chance((1 + answers) / 2);
    if (!tells) return [];
    if (visit.slot.day < FIRST_REMINDED_DAY) return [{ kind, day: time.openFrom(dueDay), minute }];
    const made = reminders.find(
      (one) => one.madeBy === place && one.dueDay === dueDay && one.state === 'attended',
    );
    const call = made && callsFor(person, made, time).at(-1);
    return call?.reached === true && hasPassed(time, call.day, call.minute)
      ? [{ kind, day: call.day, minute: call.minute }]
      : [];
  });
}

function monthOf(day: number): number {
  return isOnPaper(day) ? 2 * ABOUT_A_MONTH : ABOUT_A_MONTH;
}

/** A series is called after when it was given in full, or when nothing more of it will come. */
function seriesIsOver(sessions: readonly SessionFacts[], { plan, protocol, visit }: SessionFacts): boolean {
  const given = sessions.filter((session) => session.visit.service === 'induction').length;
  return visit.service === 'maintenance' || given >= protocol.sessions || plan.phase === 'ended';
}

function lastDay({ story }: Person, { endDay }: CoursePlan): number {
  if (endDay === undefined) return -1;
  const asked = story.phase === 'ended' && story.how !== 'completed' ? endDay : endDay + DAYS_AFTER_COURSE;
  return story.phase === 'ended' && story.how === 'deceased'
    ? Math.min(asked, LAST_DAY_OF_THE_DECEASED)
    : asked;
}
