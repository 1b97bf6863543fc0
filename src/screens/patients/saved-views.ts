import * as z from 'zod/mini';
import { useSyncExternalStore } from 'react';
import { patientsSearch, type PatientsSearch } from './patients-search.ts';

/** A view of the list under a name of one's own. It holds filters alone: nothing that tells who a patient is. */
export interface SavedView {
  readonly name: string;
  readonly search: PatientsSearch;
}

const savedView = z.object({ name: z.string(), search: patientsSearch });

const listeners = new Set<() => void>();
const none: readonly SavedView[] = [];
let cache: { readonly text: string; readonly views: readonly SavedView[] } = { text: '', views: none };

/** The person's saved views on this device, and how to change them. */
export function useSavedViews(subject: string) {
  const key = `chairside.patients.views.${subject}`;
  const views = useSyncExternalStore(subscribe, () => read(key));
  return {
    views,
    save: (view: SavedView) => write(key, [...views.filter(({ name }) => name !== view.name), view]),
    remove: (name: string) =>
      write(
        key,
        views.filter((view) => view.name !== name),
      ),
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function read(key: string): readonly SavedView[] {
  const text = localStorage.getItem(key) ?? '';
  if (text === cache.text) return cache.views;
  cache = { text, views: parseSavedViews(text) };
  return cache.views;
}

/** The views in what this device keeps; those that cannot be read are left out, the others stand. */
export function parseSavedViews(text: string): readonly SavedView[] {
  const kept = text === '' ? [] : parseJson(text);
  return Array.isArray(kept)
    ? kept.flatMap((view: unknown) => z.safeParse(savedView, view).data ?? [])
    : none;
}

function write(key: string, views: readonly SavedView[]): void {
  localStorage.setItem(key, JSON.stringify(views));
  for (const listener of listeners) listener();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
