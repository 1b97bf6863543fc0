/** When a request is sent again, and how long to wait before. */
import type { FhirError } from './error.ts';

/** How often a request is sent at most. */
export const MAX_TRIES = 3;

const FIRST_DELAY_MS = 500;

/** A server that wants to be left alone for longer is not waited for: the error tells how long instead. */
const LONGEST_DELAY_MS = 10_000;

const TRANSIENT = new Set([429, 502, 503, 504]);

/** Whether a failure passes by itself, within seconds. */
export function isTransient({ kind, status, retryAfterMs = 0 }: FhirError): boolean {
  return (kind === 'unreachable' || TRANSIENT.has(status ?? 0)) && retryAfterMs <= LONGEST_DELAY_MS;
}

/**
 * Milliseconds to wait before a request is sent again: what the server asked for, or 0.5 to 1 times a delay that
 * doubles with every try. `random` in [0, 1) keeps clients that failed together from coming back together.
 */
export function retryDelay(tries: number, retryAfterMs: number | undefined, random: number): number {
  if (retryAfterMs !== undefined) return retryAfterMs + (random * FIRST_DELAY_MS) / 2;
  return FIRST_DELAY_MS * 2 ** (tries - 1) * (0.5 + random / 2);
}

/** `Retry-After`, in seconds or as a date, in milliseconds from `now`; undefined where it is absent or neither. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

/** Waits, or rejects with the signal's reason as soon as it is aborted. */
export function waitFor(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
