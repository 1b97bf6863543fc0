/** What the address of the page asks of the made-up clinic: `?scenario=` and `?clock=`. */
import type { Scenario } from './faults.ts';
import { clinicInstant, type DayKind, isDayKind } from './laying.ts';
import { isScenario } from './scenarios.ts';

export interface Wishes {
  readonly scenario?: Scenario;
  readonly day?: DayKind;
  readonly clock?: Temporal.Instant;
  /** What could not be understood, as a sentence. */
  readonly notice?: string;
}

/** Reads the wishes in the query of an address. A scenario may be a kind of day too. */
export function wishesIn(query: string, timeZone: string): Wishes {
  const asked = new URLSearchParams(query);
  const [scenario, clock] = [asked.get('scenario'), asked.get('clock')];
  const at = clock === null ? undefined : clinicInstant(clock, timeZone);
  const unknown = [
    ...(scenario === null || isScenario(scenario) || isDayKind(scenario)
      ? []
      : [`There is no scenario “${scenario}”.`]),
    ...(clock === null || at !== undefined
      ? []
      : [`“${clock}” is no time for the clock: write it as 2026-11-23T10:42.`]),
  ];
  return {
    ...(isScenario(scenario) && { scenario }),
    ...(isDayKind(scenario) && { day: scenario }),
    ...(at !== undefined && { clock: at }),
    ...(unknown.length > 0 && { notice: unknown.join(' ') }),
  };
}
