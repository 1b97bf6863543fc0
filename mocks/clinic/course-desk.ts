import type { ChairCalendar } from './chair-calendar.ts';
import type { ClinicTime } from './clinic-time.ts';
import { chairMinutes, protocol as protocolOf, type Protocol } from './protocols.ts';
import type { Random } from './random.ts';
import { serviceMinutes, visitIn, type Infusion, type Visit } from './visits.ts';

/** One course of a patient, as days and visits. Days are counted from today. */
export interface CoursePlan extends CourseDraft {
  /** 0 is the patient's current or latest course, 1 the one before it. */
  readonly ordinal: number;
  /** How many visits the patient's earlier courses have: the number of this one's first among all, from 0. */
  readonly firstVisit: number;
}

/** A course before it has its place among the patient's others. */
export interface CourseDraft {
  readonly protocol: Protocol | undefined;
  readonly phase: 'consultation' | 'induction' | 'maintenance' | 'ended';
  readonly status: 'active' | 'on-hold' | 'completed' | 'revoked';
  readonly startDay: number;
  readonly endDay: number | undefined;
  /** Days from one maintenance session to the next, as in force; never longer than the protocol's. */
  readonly intervalDays: number;
  /** In time order. */
  readonly visits: readonly Visit[];
}

/** What a planner works with: the day books of the patient's site, and the patient's own chance. */
export interface Desk {
  readonly time: ClinicTime;
  readonly calendar: ChairCalendar;
  readonly random: Random;
  /** What came in between, and what lies further back: beside `random`, so that it moves nothing of the story. */
  readonly past: Random;
}

/** The last `count` sessions of a series, the latest on or before `latest`; `unsigned` leaves that one unsigned. */
export function seriesUntil(
  latest: number,
  count: number,
  protocol: Protocol,
  desk: Desk,
  unsigned = false,
): Visit[] {
  const { calendar, random } = desk;
  const { minimumDays } = protocol.spacing;
  const visits: Visit[] = [];
  for (let day = latest, given = 0; given < count; given++) {
    const slot = calendar.takeUntil(day, chairMinutes(protocol), random);
    visits.push(visitIn(slot, 'induction', protocol, random, { unsigned: unsigned && given === 0 }));
    day = slot.day - minimumDays;
    const lost = lostVisit(day, 'induction', protocol, desk);
    visits.push(...lost);
    // The session came later than planned; those before it keep their distance from the one that was lost.
    day = (lost[0]?.slot.day ?? slot.day) - minimumDays;
  }
  return visits.toReversed();
}

/** Now and then: a visit on or before a day that was missed or called off, so that another was booked instead. */
export function lostVisit(
  day: number,
  service: Infusion,
  protocol: Protocol,
  { calendar, past }: Desk,
): Visit[] {
  const fate = past.weighted([
    [86, undefined],
    [7, 'missed'],
    [7, 'cancelled'],
  ] as const);
  if (fate === undefined) return [];
  const slot = calendar.takeUntil(day, chairMinutes(protocol), past);
  return [visitIn(slot, service, protocol, past, { fate })];
}

/** The course with the consultation that it began with, where a room was free in its first days. */
export function withConsultation<Course extends CourseDraft>(
  course: Course,
  { calendar, past }: Desk,
): Course {
  const { startDay, visits } = course;
  if (course.phase === 'consultation') return course;
  const before = Math.min(0, visits[0]?.slot.day ?? 0);
  for (let day = startDay; day < Math.min(before, startDay + 7); day++) {
    const slot = calendar.take(day, serviceMinutes(undefined), past);
    if (slot !== undefined) {
      return { ...course, visits: [visitIn(slot, 'consultation', undefined, past), ...visits] };
    }
  }
  return course;
}

/** A protocol, as often as the clinic uses it. */
export function pickProtocol(random: Random): Protocol {
  return protocolOf(
    random.weighted([
      [75, 'short-6'],
      [15, 'daily-5'],
      [10, 'crps-10'],
    ] as const),
  );
}
