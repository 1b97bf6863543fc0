import type { ChairCalendar } from './chair-calendar.ts';
import type { ClinicTime } from './clinic-time.ts';
import {
  pickProtocol,
  seriesUntil,
  withConsultation,
  type CourseDraft,
  type CoursePlan,
  type Desk,
} from './course-desk.ts';
import { earlierCourses } from './earlier-courses.ts';
import { inductionPlan } from './induction-plan.ts';
import { maintenancePlan, maintenanceUntil } from './maintenance-plan.ts';
import type { Person } from './person.ts';
import { chairMinutes } from './protocols.ts';
import type { ConsultationStory, EndedStory, Story } from './stories.ts';
import { runningLate, serviceMinutes, visitIn, type Visit } from './visits.ts';

/** The courses of a person in time order, the current one last; none for somebody who never had one. */
export function coursePlans(person: Person, time: ClinicTime, calendar: ChairCalendar): CoursePlan[] {
  const { story, random } = person;
  const desk: Desk = { time, calendar, random: random('course'), past: random('past') };
  const current = currentCourse(story, desk);
  if (current === undefined) return [];
  const courses = [
    ...earlierCourses(story.phase, current, desk),
    withDelays(withVoidedSession(withConsultation(current, desk), desk), person, time),
  ];
  let firstVisit = 0;
  return courses.map((course, index) => {
    const plan = { ...course, ordinal: courses.length - 1 - index, firstVisit };
    firstVisit += course.visits.length;
    return plan;
  });
}

function currentCourse(story: Story, desk: Desk): CourseDraft | undefined {
  switch (story.phase) {
    case 'none':
      return undefined;
    case 'consultation':
      return consultationPlan(story, desk);
    case 'induction':
      return inductionPlan(story, desk);
    case 'maintenance':
      return maintenancePlan(story, desk);
    case 'ended':
      return endedPlan(story, desk);
  }
}

const SHARE_RUNNING_LATE = 0.15;

/** On the day that is looked at rain holds some patients up. */
function withDelays(course: CourseDraft, { random }: Person, time: ClinicTime): CourseDraft {
  if (!random('rain').chance(SHARE_RUNNING_LATE)) return course;
  const today = time.openFrom(0);
  const late = ({ slot, service }: Visit) => slot.day === today && service !== 'consultation';
  return { ...course, visits: course.visits.map((visit) => (late(visit) ? runningLate(visit) : visit)) };
}

const SHARE_WITH_VOIDED_SESSION = 0.03;

/** For a few patients in maintenance, a session that was somebody else's: on a day on which they were not here. */
function withVoidedSession(course: CourseDraft, { calendar, past }: Desk): CourseDraft {
  const { protocol, phase, visits } = course;
  if (protocol === undefined || phase !== 'maintenance' || !past.chance(SHARE_WITH_VOIDED_SESSION)) {
    return course;
  }
  const seriesEnd = visits.findLast(({ service }) => service === 'induction')?.slot.day ?? 0;
  const day = -past.whole(2, 60);
  if (day <= seriesEnd || visits.some(({ slot }) => slot.day === day)) return course;
  const slot = calendar.take(day, chairMinutes(protocol), past);
  if (slot === undefined) return course;
  const voided = visitIn(slot, 'maintenance', protocol, past, { voided: true });
  return { ...course, visits: [...visits, voided].toSorted((a, b) => a.slot.day - b.slot.day) };
}

function consultationPlan({ visit }: ConsultationStory, { time, calendar, random }: Desk): CourseDraft {
  const minutes = serviceMinutes(undefined);
  const slot = () => {
    if (visit === 'today') return calendar.takeFrom(time.openFrom(0), minutes, random);
    if (visit === 'ahead') return calendar.takeFrom(random.whole(1, 20), minutes, random);
    return calendar.takeUntil(-random.whole(1, 10), minutes, random);
  };
  const visits = visit === 'not-booked' ? [] : [visitIn(slot(), 'consultation', undefined, random)];
  return {
    protocol: random.chance(0.6) ? pickProtocol(random) : undefined,
    phase: 'consultation',
    status: 'active',
    startDay: -random.whole(12, 40),
    endDay: undefined,
    intervalDays: 0,
    visits,
  };
}

function endedPlan({ how }: EndedStory, desk: Desk): CourseDraft {
  const { calendar, random } = desk;
  const protocol = pickProtocol(random);
  const stopped = how === 'stopped';
  const lastDay = -random.whole(40, 200);
  const visits = stopped
    ? seriesUntil(lastDay, random.whole(1, protocol.sessions - 1), protocol, desk)
    : maintenanceUntil(
        calendar.takeUntil(lastDay, chairMinutes(protocol), random),
        random.whole(1, 5),
        protocol.maintenanceIntervalDays,
        protocol,
        desk,
      );
  return {
    protocol,
    phase: 'ended',
    status: how === 'completed' || how === 'inactive' ? 'completed' : 'revoked',
    startDay: (visits[0]?.slot.day ?? lastDay) - random.whole(7, 30),
    endDay: lastDay + random.whole(5, 30),
    intervalDays: protocol.maintenanceIntervalDays,
    visits,
  };
}
