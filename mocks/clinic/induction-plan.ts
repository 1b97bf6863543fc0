import type { ClinicTime } from './clinic-time.ts';
import { seriesUntil, type CourseDraft, type Desk } from './course-desk.ts';
import { chairMinutes, protocol as protocolOf, type Protocol } from './protocols.ts';
import type { Random } from './random.ts';
import type { InductionStory } from './stories.ts';
import { visitIn, type Visit } from './visits.ts';

/** A course in its series: the sessions that were given, and those that are booked. */
export function inductionPlan(
  { protocol: id, pace, next, unsigned }: InductionStory,
  desk: Desk,
): CourseDraft {
  const { time, calendar, random } = desk;
  const protocol = protocolOf(id);
  const { sessions } = protocol;
  const signed = signedSessions(pace, sessions - (unsigned === true ? 1 : 0), random);
  const nextDay = next === undefined ? undefined : openDaysAhead(time, next);
  const latest = lastSessionDay(pace, nextDay, protocol, random);
  const given = signed + (unsigned === true ? 1 : 0);
  const behind = seriesUntil(latest, given, protocol, desk, unsigned);
  const missing = pace === 'extra-booked' ? 1 : Math.max(0, sessions - given);
  const ahead: Visit[] = [];
  const firstDay = pace === 'extra-booked' ? time.openFrom(0) : nextDay;
  for (let day = firstDay; day !== undefined && ahead.length < missing;) {
    const slot = calendar.takeFrom(day, chairMinutes(protocol), random);
    ahead.push(visitIn(slot, 'induction', protocol, random));
    day = slot.day + protocol.spacing.minimumDays;
  }
  const visits = [...behind, ...ahead];
  return {
    protocol,
    phase: 'induction',
    status: pace === 'paused' ? 'on-hold' : 'active',
    startDay: Math.min(0, visits[0]?.slot.day ?? 0) - random.whole(7, 30),
    endDay: undefined,
    intervalDays: protocol.maintenanceIntervalDays,
    visits,
  };
}

function signedSessions(pace: InductionStory['pace'], sessions: number, random: Random): number {
  switch (pace) {
    case 'starting':
      return 0;
    case 'series-done':
    case 'extra-booked':
      return sessions;
    case 'extra-done':
      return sessions + 1;
    default:
      return random.whole(1, sessions - 1);
  }
}

/** The latest day on which the last session that was given may lie; always before today. */
function lastSessionDay(
  pace: InductionStory['pace'],
  nextDay: number | undefined,
  { spacing }: Protocol,
  random: Random,
): number {
  if (nextDay !== undefined) return Math.min(-1, nextDay - spacing.minimumDays);
  if (pace === 'extra-booked') return -2;
  return pace === 'paused' || pace === 'not-booked' ? -random.whole(9, 24) : -random.whole(1, 5);
}

function openDaysAhead(time: ClinicTime, count: number): number {
  let day = time.openFrom(0);
  for (let passed = 0; passed < count; passed++) day = time.openFrom(day + 1);
  return day;
}
