import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import type { Person } from './person.ts';
import { FIRST_REMINDED_DAY, type Reminder } from './reminder.ts';
import { isSigned } from './visits.ts';

/** Before this day of the past a call is given up for good, now and then. */
const GIVEN_UP_BEFORE = -21;
const SHARE_GIVEN_UP = 0.06;
/** Calls of today are made before ten. */
const TODAYS_CALLS = [8 * 60 + 10, 9 * 60 + 50] as const;

/** The calls after the end of a series and after each maintenance session: made, given up or still to be made. */
export function followUpCalls(person: Person, plan: CoursePlan, time: ClinicTime): Reminder[] {
  const { protocol, visits } = plan;
  if (protocol === undefined) return [];
  const signed = visits.flatMap((visit, index) => (isSigned(visit, time) ? [index] : []));
  const seriesEnd = signed.filter((index) => visits[index]?.service === 'induction')[protocol.sessions - 1];
  const last = signed.at(-1);
  const open = person.story.phase === 'maintenance' && plan.ordinal === 0 ? person.story.call : undefined;
  return signed.flatMap((index): Reminder[] => {
    const visit = visits[index];
    if (visit === undefined || visit.slot.day < FIRST_REMINDED_DAY) return [];
    if (visit.service !== 'maintenance' && index !== seriesEnd) return [];
    return protocol.followUpCalls.flatMap(({ afterDays }, call): Reminder[] => {
      const dueDay = visit.slot.day + afterDays;
      // Nobody is called any more about a course that is over.
      if (plan.endDay !== undefined && dueDay > plan.endDay) return [];
      const reminder = { plan, code: 'follow-up-call', nextDay: dueDay, dueDay, madeBy: index } as const;
      const waits =
        index === last && ((call === 0 && open === 'next-day-due') || (call > 0 && open === 'two-weeks-due'));
      const doneDay = time.openFrom(dueDay);
      if (waits || doneDay > 0 || (doneDay === 0 && time.nowMinute < todaysCallMinute(person))) {
        return [{ ...reminder, state: 'due' }];
      }
      const givenUp =
        dueDay < GIVEN_UP_BEFORE &&
        person.random(`given-up/${plan.firstVisit + index}/${call}`).chance(SHARE_GIVEN_UP);
      return givenUp
        ? [{ ...reminder, state: { status: 'cancelled', because: 'Not reached' }, nextDay: doneDay }]
        : [{ ...reminder, state: 'attended', nextDay: doneDay }];
    });
  });
}

/** When a patient's call of today was made. */
export function todaysCallMinute(person: Person): number {
  return person.random('call-of-today').whole(...TODAYS_CALLS);
}
