import { useSyncExternalStore } from 'react';

const MOST = 50;

let opened: readonly string[] = [];
const listeners = new Set<() => void>();

/** Notes that a patient's record was opened. Ids alone, in memory alone: a reload or a sign-out forgets them. */
export function noteOpened(patientId: string): void {
  if (opened[0] === patientId) return;
  opened = [patientId, ...opened.filter((id) => id !== patientId)].slice(0, MOST);
  for (const listener of listeners) listener();
}

/** Forgets who was opened: at sign-out, and when another person signs in. */
export function forgetOpened(): void {
  opened = [];
  for (const listener of listeners) listener();
}

/** Patients whose record was opened, the last one first. */
export function useRecentPatients(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => opened,
  );
}
