import type { ChairCalendar } from './chair-calendar.ts';
import type { ClinicTime } from './clinic-time.ts';
import { pickProtocol, seriesUntil, type CoursePlan, type Desk } from './course-desk.ts';
import { inductionPlan } from './induction-plan.ts';
import { maintenancePlan, maintenanceUntil } from './maintenance-plan.ts';
import type { Person } from './person.ts';
import { chairMinutes } from './protocols.ts';
import type { ConsultationStory, EndedStory } from './stories.ts';
import { serviceMinutes, visitIn } from './visits.ts';

/** The course of a person's story, its visits taken from the calendar; nothing for somebody without a course. */
export function coursePlan(
  { story, random }: Person,
  time: ClinicTime,
  calendar: ChairCalendar,
): CoursePlan | undefined {
  const desk: Desk = { time, calendar, random: random('course') };
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

function consultationPlan({ visit }: ConsultationStory, { time, calendar, random }: Desk): CoursePlan {
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

function endedPlan({ how }: EndedStory, desk: Desk): CoursePlan {
  const { calendar, random } = desk;
  const protocol = pickProtocol(random);
  const stopped = how === 'stopped';
  const lastDay = -random.whole(40, 200);
  const visits = stopped
    ? seriesUntil(lastDay, random.whole(1, protocol.sessions - 1), protocol, desk)
    : maintenanceUntil(
        calendar.takeUntil(lastDay, chairMinutes(protocol), random),
        random.whole(0, 3),
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
