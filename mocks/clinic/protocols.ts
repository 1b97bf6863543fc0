import config from '../config.json' with { type: 'json' };

/** What the made-up clinic follows of a configured protocol. */
export type Protocol = Pick<
  (typeof config.protocols)[number],
  | 'id'
  | 'name'
  | 'sessions'
  | 'spacing'
  | 'maintenanceIntervalDays'
  | 'minimumIntervalDays'
  | 'infusionMinutes'
  | 'recoveryMinutes'
  | 'turnoverMinutes'
  | 'followUpCalls'
>;

export type ProtocolId = 'short-6' | 'daily-5' | 'crps-10';

/** A protocol of `mocks/config.json`. Throws where the configuration does not have it. */
export function protocol(id: ProtocolId): Protocol {
  const found = config.protocols.find((one) => one.id === id);
  if (found === undefined) throw new Error(`mocks/config.json has no protocol ${id}`);
  return found;
}

/** How long a session holds a chair: infusion, recovery and turnover. */
export function chairMinutes({ infusionMinutes, recoveryMinutes, turnoverMinutes }: Protocol): number {
  return infusionMinutes + recoveryMinutes + turnoverMinutes;
}
