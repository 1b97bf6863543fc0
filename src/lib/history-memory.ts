import { useMatch } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';

/**
 * What belongs to one entry of the browser's history but may not stand in its URL: text that identifies a person, the
 * place in a list. It lives in memory alone, so a reload forgets it, and going back finds it again.
 */
export interface HistoryMemory<T> {
  readonly initial: T;
  readonly entries: Map<number, T>;
}

const memories = new Set<HistoryMemory<unknown>>();
const listeners = new Set<() => void>();
/** Counts how often everything was forgotten: what a page of before still wants to keep comes too late. */
let generation = 0;

/** A memory of one kind; `initial` is what an entry holds until something was put there. */
export function createHistoryMemory<T>(initial: T): HistoryMemory<T> {
  const memory: HistoryMemory<T> = { initial, entries: new Map() };
  memories.add(memory);
  return memory;
}

/** Forgets everything: at sign-out, and when another person signs in. */
export function forgetHistoryMemory(): void {
  generation += 1;
  forgetEntriesFrom(-Infinity);
}

/** Forgets the entries that a new page has replaced: those at its index and after it. */
export function forgetEntriesFrom(index: number): void {
  for (const { entries } of memories) {
    for (const key of entries.keys()) if (key >= index) entries.delete(key);
  }
  changed();
}

/** Keeps a value for an entry from outside of its page: what the page is to begin with. */
export function rememberAt<T>({ entries }: HistoryMemory<T>, index: number, value: T): void {
  entries.set(index, value);
  changed();
}

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the current history entry holds, and how to change it. */
export function useHistoryMemory<T>(memory: HistoryMemory<T>): readonly [T, (value: T) => void] {
  // The match's own index: a list that is about to give way to the next page still finds its memory.
  const index = useMatch({ strict: false, select: (match) => match.context.historyIndex }) ?? 0;
  const value = useSyncExternalStore(subscribe, () => memory.entries.get(index) ?? memory.initial);
  const born = generation;
  const set = (next: T) => {
    if (born !== generation) return;
    memory.entries.set(index, next);
    changed();
  };
  return [value, set];
}
