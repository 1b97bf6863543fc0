/** How long nobody has used the application in this browser, and what follows: a rule without a clock of its own. */

/** In milliseconds since 1970, by the clock of the machine. */
export interface Presence {
  /** When somebody used it last. */
  readonly usedAt: number;
  /** When that was looked at last. */
  readonly seenAt: number;
}

export interface InactivityLimits {
  readonly lockAfterMs: number;
  /** How long before the lock the warning begins. */
  readonly warningMs: number;
}

/** Somebody uses it now. */
export function usedAt(now: number): Presence {
  return { usedAt: now, seenAt: now };
}

/**
 * What is known at `now`, where another tab was used last at `elsewhere`. A clock that was set back takes the last use
 * along, so that nobody gains time by it; one that was set forward is a machine that slept.
 */
export function lookedAt(presence: Presence, now: number, elsewhere = -Infinity): Presence {
  const own = presence.usedAt - Math.max(0, presence.seenAt - now);
  return { usedAt: elsewhere > now ? own : Math.max(own, elsewhere), seenAt: now };
}

/** When the lock falls unless somebody uses it before. */
export function locksAt(presence: Presence, { lockAfterMs }: InactivityLimits): number {
  return presence.usedAt + lockAfterMs;
}

/** `over`: nobody may see it any more, whoever comes now. */
export function stageOf(presence: Presence, limits: InactivityLimits): 'in-use' | 'warned' | 'over' {
  const left = locksAt(presence, limits) - presence.seenAt;
  if (left <= 0) return 'over';
  return left <= limits.warningMs ? 'warned' : 'in-use';
}
