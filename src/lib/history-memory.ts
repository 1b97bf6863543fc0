import { useCallback, useSyncExternalStore } from 'react';
import { useMatch } from '@tanstack/react-router';

/**
 * What belongs to one entry of the browser's history but may not stand in its URL: text that identifies a person, the
 * place in a list. It lives in memory alone, so a reload forgets it, and going back finds it again.
 */
const entries = new Map<number, Map<string, unknown>>();
const listeners = new Set<() => void>();
let version = 0;

/** Forgets everything: at sign-out, and when another person signs in. */
export function forgetHistoryMemory(): void {
  entries.clear();
  changed();
}

/** Forgets the entries that a new page has replaced: those at its index and after it. */
export function forgetEntriesFrom(index: number): void {
  for (const key of entries.keys()) if (key >= index) entries.delete(key);
  changed();
}

function changed(): void {
  version += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** State of the current history entry under a name; `initial` until it was set there. */
export function useHistoryMemory<T>(name: string, initial: T): [T, (value: T) => void] {
  const index = useHistoryIndex();
  useSyncExternalStore(subscribe, () => version);
  const stored = entries.get(index)?.get(name);
  const set = useCallback(
    (value: T) => {
      const entry = entries.get(index) ?? new Map<string, unknown>();
      entry.set(name, value);
      entries.set(index, entry);
      changed();
    },
    [index, name],
  );
  return [isOf(stored, initial) ? stored : initial, set];
}

/**
 * The position of the page in the browser's history. It is the match's own, so that a list that is about to give way
 * to the next page still finds its memory.
 */
function useHistoryIndex(): number {
  return useMatch({ strict: false, select: (match) => match.context.historyIndex }) ?? 0;
}

function isOf<T>(value: unknown, _like: T): value is T {
  return value !== undefined;
}
