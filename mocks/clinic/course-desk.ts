import type { ChairCalendar } from './chair-calendar.ts';
import type { ClinicTime } from './clinic-time.ts';
import { chairMinutes, protocol as protocolOf, type Protocol } from './protocols.ts';
import type { Random } from './random.ts';
import { visitIn, type Visit } from './visits.ts';

/** One course of a patient, as days and visits. Days are counted from today. */
export interface CoursePlan {
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
  const visits: Visit[] = [];
  for (let day = latest; visits.length < count;) {
    const slot = calendar.takeUntil(day, chairMinutes(protocol), random);
    const choices = { unsigned: unsigned && visits.length === 0 };
    visits.push(visitIn(slot, 'induction', protocol, random, choices));
    day = slot.day - protocol.spacing.minimumDays;
  }
  return visits.toReversed();
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
