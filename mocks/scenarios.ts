import type { Scenario } from './faults.ts';

const ALL: Readonly<Record<Scenario, true>> = {
  normal: true,
  slow: true,
  failing: true,
  throttled: true,
  offline: true,
  empty: true,
  'cut-off': true,
  html: true,
  forbidden: true,
  expired: true,
  conflict: true,
};

/** The names of all scenarios, for what comes from outside. */
export const SCENARIOS: readonly string[] = Object.keys(ALL);

export function isScenario(name: unknown): name is Scenario {
  return typeof name === 'string' && Object.hasOwn(ALL, name);
}
