import type { Slot } from './chair-calendar.ts';
import { lostVisit, pickProtocol, seriesUntil, type CourseDraft, type Desk } from './course-desk.ts';
import { nextActionDays, type Days } from './due-days.ts';
import { chairMinutes, protocol as protocolOf, type Protocol } from './protocols.ts';
import type { Random } from './random.ts';
import type { MaintenanceStory } from './stories.ts';
import { visitIn, type Visit, type VisitChoices } from './visits.ts';

/** How many sessions more than drawn those have who have been coming for long; the records begin two years ago. */
const LONGER = [
  [20, 0],
  [15, 2],
  [30, 4],
  [35, 6],
] as const;
const FIRST_MAINTENANCE_DAY = -680;

/** Only stories that say so have a session in the last two weeks, since its calls would fill the due list. */
const FOLLOW_UP_DAYS = 14;

/** A course in maintenance, laid so that its next infusion becomes due when the story says. */
export function maintenancePlan(story: MaintenanceStory, desk: Desk): CourseDraft {
  const { time, random, past } = desk;
  // Who is expected today comes for a short infusion, so that the day holds everybody.
  const expectedToday = story.bucket === 'booked-today' || story.lost === 'cancelled-today';
  const protocol = expectedToday ? protocolOf('short-6') : pickProtocol(random);
  const count = random.chance(0.12) ? 0 : random.whole(1, 6);
  const observed = count >= 3 && random.chance(0.5);
  const days = nextActionDays(story, time);
  const wish = observed
    ? random.whole(Math.max(protocol.minimumIntervalDays, 60), 80)
    : protocol.maintenanceIntervalDays;
  const { slot: last, intervalDays } = lastSlot(days, wish, protocol, desk);
  const longer = { more: past.weighted(LONGER), earliest: FIRST_MAINTENANCE_DAY };
  const behind = maintenanceUntil(last, count, intervalDays, protocol, desk, longer);
  const ahead = nextVisits(story, last.day + intervalDays, protocol, desk);
  return {
    protocol,
    phase: 'maintenance',
    status: story.bucket === 'paused' ? 'on-hold' : 'active',
    startDay: (behind[0]?.slot.day ?? 0) - random.whole(7, 30),
    endDay: undefined,
    intervalDays,
    visits: [...behind, ...ahead],
  };
}

/**
 * The last session, such that it plus the interval falls on one of the wished due days. Where those days lie badly
 * (a weekend, a full day), the interval in force is a few days shorter than wished.
 */
function lastSlot(
  days: Days,
  wish: number,
  protocol: Protocol,
  desk: Desk,
): { slot: Slot; intervalDays: number } {
  const { calendar, random } = desk;
  const minutes = chairMinutes(protocol);
  if (days.of === 'session') {
    return {
      slot: calendar.takeUntil(random.whole(days.from, days.to), minutes, random),
      intervalDays: wish,
    };
  }
  const width = days.to - days.from + 1;
  const first = random.whole(0, width - 1);
  for (let shorter = 0; shorter < 7; shorter++) {
    for (let step = 0; step < width; step++) {
      const due = days.from + ((first + step) % width);
      const intervalDays = wish - shorter;
      const day = due - intervalDays;
      const slot = day < -FOLLOW_UP_DAYS ? calendar.take(day, minutes, random) : undefined;
      if (slot !== undefined) return { slot, intervalDays };
    }
  }
  return { slot: calendar.takeUntil(days.from - wish, minutes, random), intervalDays: wish };
}

/**
 * A series and `count` maintenance sessions after it, the last in `last`; up to `more` beyond those, none of them before
 * the day `earliest`. Without any, `last` ends the series.
 */
export function maintenanceUntil(
  last: Slot,
  count: number,
  interval: number,
  protocol: Protocol,
  desk: Desk,
  { more, earliest }: { readonly more: number; readonly earliest: number } = { more: 0, earliest: 0 },
): Visit[] {
  const { calendar, random, past } = desk;
  if (count === 0) {
    const before = seriesUntil(
      last.day - protocol.spacing.minimumDays,
      protocol.sessions - 1,
      protocol,
      desk,
    );
    return [...before, visitIn(last, 'induction', protocol, random)];
  }
  const minutes = chairMinutes(protocol);
  const gap = (chance: Random) => Math.max(protocol.minimumIntervalDays, interval + chance.whole(-3, 14));
  const maintenance = [visitIn(last, 'maintenance', protocol, random), ...lostBefore(last, protocol, desk)];
  let day = last.day;
  const add = (chance: Random) => {
    const slot = calendar.takeUntil(day - gap(chance), minutes, chance);
    maintenance.push(visitIn(slot, 'maintenance', protocol, chance), ...lostBefore(slot, protocol, desk));
    day = slot.day;
  };
  for (let given = 1; given < count; given++) add(random);
  for (let given = 0; given < more; given++) if (day > earliest + interval + 14) add(past);
  return [...seriesUntil(day - gap(random), protocol.sessions, protocol, desk), ...maintenance.toReversed()];
}

/** Now and then an appointment shortly before a session, that came to nothing. */
function lostBefore({ day }: Slot, protocol: Protocol, desk: Desk): Visit[] {
  return lostVisit(day - desk.past.whole(3, 10), 'maintenance', protocol, desk);
}

/** What was booked after the last session; where it lies in the past, nothing came of it. */
function nextVisits(story: MaintenanceStory, due: number, protocol: Protocol, desk: Desk): Visit[] {
  const { time, calendar, random } = desk;
  const minutes = chairMinutes(protocol);
  const today = time.openFrom(0);
  const visit = (slot: Slot, choices: VisitChoices = {}) => [
    visitIn(slot, 'maintenance', protocol, random, choices),
  ];
  switch (story.lost) {
    case 'missed':
      return visit(calendar.takeUntil(-2, minutes, random), { fate: 'missed' });
    case 'cancelled':
      return visit(calendar.takeUntil(-2, minutes, random), { fate: 'cancelled' });
    case 'missed-today':
      return visit(
        calendar.take(today, minutes, random, 'first') ?? calendar.takeFrom(today, minutes, random),
        { fate: 'missed' },
      );
    case 'cancelled-today':
      return visit(calendar.takeFrom(today, minutes, random), { fate: 'cancelled' });
    case undefined:
      break;
  }
  if (story.bucket === 'booked-today') {
    return visit(calendar.takeFrom(today, minutes, random), { unsigned: random.chance(0.3) });
  }
  if (story.bucket === 'booked' || story.bucket === 'booked-later') {
    const day = Math.max(1, due + random.whole(-3, 6));
    const early = calendar.kind === 'busy' ? calendar.take(today, minutes, random) : undefined;
    return visit(early ?? calendar.takeFrom(day, minutes, random));
  }
  return [];
}
