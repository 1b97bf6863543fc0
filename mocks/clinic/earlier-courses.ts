import { pickProtocol, seriesUntil, withConsultation, type CourseDraft, type Desk } from './course-desk.ts';
import { maintenanceUntil } from './maintenance-plan.ts';
import { chairMinutes } from './protocols.ts';
import type { Story } from './stories.ts';

/** The clinic's records begin about two years ago. */
const FIRST_DAY = -740;
/** A course takes up to this many days before its first maintenance session. */
const SERIES_DAYS = 60;

/** How many patients of each phase have had a course before. */
const SHARES: Readonly<Record<Exclude<Story['phase'], 'none'>, number>> = {
  consultation: 0.4,
  induction: 0.5,
  maintenance: 0.5,
  ended: 0.5,
};
const SHARE_OF_A_THIRD = 0.15;
/** Days from the end of one course to the start of the next: nobody begins anew before some months have passed. */
const PAUSE_DAYS = [120, 300] as const;

/** The courses that a patient had before the current one, in time order: two at most, each of them over. */
export function earlierCourses(phase: Story['phase'], current: CourseDraft, desk: Desk): CourseDraft[] {
  const { past } = desk;
  if (phase === 'none' || !past.chance(SHARES[phase])) return [];
  const before = endedBefore(current, desk);
  if (before === undefined) return [];
  const first = past.chance(SHARE_OF_A_THIRD) ? endedBefore(before, desk) : undefined;
  return first === undefined ? [before] : [first, before];
}

/** A course that was over some time before another one began; nothing where the clinic's records do not go that far. */
function endedBefore(next: CourseDraft, desk: Desk): CourseDraft | undefined {
  const { calendar, past } = desk;
  const protocol = pickProtocol(past);
  const endDay = next.startDay - past.whole(...PAUSE_DAYS);
  const lastDay = endDay - past.whole(5, 30);
  const room = lastDay - SERIES_DAYS - FIRST_DAY;
  if (room < 0) return undefined;
  const how = past.weighted([
    [50, 'completed'],
    [25, 'no-response'],
    [25, 'stopped'],
  ] as const);
  const fits = Math.floor(room / (protocol.maintenanceIntervalDays + 14));
  // Its records are its own chance too: none of the current story is drawn for it.
  const own: Desk = { ...desk, random: past };
  const visits =
    how === 'completed'
      ? maintenanceUntil(
          calendar.takeUntil(lastDay, chairMinutes(protocol), past),
          Math.min(fits, past.whole(0, 4)),
          protocol.maintenanceIntervalDays,
          protocol,
          own,
        )
      : seriesUntil(
          lastDay,
          how === 'stopped' ? past.whole(1, protocol.sessions - 1) : protocol.sessions,
          protocol,
          own,
        );
  return withConsultation(
    {
      protocol,
      phase: 'ended',
      status: how === 'completed' ? 'completed' : 'revoked',
      startDay: (visits[0]?.slot.day ?? lastDay) - past.whole(7, 30),
      endDay,
      intervalDays: protocol.maintenanceIntervalDays,
      visits,
    },
    desk,
  );
}
