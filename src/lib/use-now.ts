import { useSyncExternalStore } from 'react';

const STEP_MS = 30_000;

/** The clock's time, renewed every half minute: for what is late by minutes. */
export function useNow(now: () => Temporal.Instant): Temporal.Instant {
  const rounded = useSyncExternalStore(
    subscribe,
    () => Math.floor(now().epochMilliseconds / STEP_MS) * STEP_MS,
  );
  return Temporal.Instant.fromEpochMilliseconds(rounded);
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, STEP_MS);
  return () => clearInterval(timer);
}
