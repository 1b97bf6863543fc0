/** Watches whether somebody uses the application, in this tab or another one of this browser. */
import { type InactivityLimits, locksAt, lookedAt, type Presence, stageOf, usedAt } from './inactivity.ts';

/** When the application was last used in this browser: a time, no name. Gone when somebody signs out. */
const USED = 'chairside.used';
/** How often the other tabs are told, at most. */
const TELL_MS = 1_000;

export interface PersonPresence {
  /** Calls for each key, pointer, wheel or touch of a person. */
  readonly onUse: (listener: () => void) => void;
  /** Calls about once a second, and before anything is shown again after sleep or from the background. */
  readonly onCheck: (listener: () => void) => void;
}

export interface InactivityWatchParts {
  readonly limits: InactivityLimits;
  readonly presence: PersonPresence;
  /** Of all tabs: `localStorage`. Read at once, also by a tab that was frozen and hears of nothing until later. */
  readonly shared: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** `watched`: whether somebody is here to be watched. `over`: nobody was active for too long, since `at`. */
export function createInactivityWatch(
  { limits, presence: source, shared, now }: InactivityWatchParts,
  watched: () => boolean,
  over: (at: number) => void,
) {
  const listeners = new Set<() => void>();
  let presence: Presence = usedAt(now());
  let toldAt = -Infinity;
  let warned: number | undefined;

  function elsewhere(): number | undefined {
    const text = shared.getItem(USED);
    return text === null || !/^\d+$/.test(text) ? undefined : Number(text);
  }

  function warn(next: number | undefined): void {
    if (next === warned) return;
    warned = next;
    for (const listener of listeners) listener();
  }

  /** False where nobody is watched, or has just been found to be away for too long. */
  function check(): boolean {
    if (!watched()) {
      warn(undefined);
      return false;
    }
    presence = lookedAt(presence, now(), elsewhere());
    const stage = stageOf(presence, limits);
    warn(stage === 'warned' ? locksAt(presence, limits) : undefined);
    if (stage === 'over') over(locksAt(presence, limits));
    return stage !== 'over';
  }

  /** Counts from now on. */
  function begin(): void {
    presence = usedAt(now());
    toldAt = presence.usedAt;
    shared.setItem(USED, String(presence.usedAt));
    warn(undefined);
  }

  source.onCheck(check);
  source.onUse(() => {
    // Whoever moves the mouse of a machine that slept for an hour finds it locked.
    if (!check()) return;
    if (warned !== undefined || Math.abs(now() - toldAt) >= TELL_MS) return begin();
    presence = usedAt(now());
  });

  return {
    begin,
    /** The person signed out, so nobody left this browser to itself. */
    end(): void {
      shared.removeItem(USED);
      warn(undefined);
    },
    /** Whether somebody went away for too long without signing out, as the browser remembers it after a reload. */
    wasLeft(): boolean {
      const last = elsewhere();
      // A use far in the future is one of before the clock was set back: nobody knows how long ago.
      return last !== undefined && Math.abs(now() - last) >= limits.lockAfterMs;
    },
    /** When the lock falls, once it is time to warn. */
    warning: () => warned,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
