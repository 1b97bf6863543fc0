import { useSyncExternalStore } from 'react';

export type Connection = 'connected' | 'offline' | 'unreachable';

let reachable = true;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

function current(): Connection {
  if (!navigator.onLine) return 'offline';
  return reachable ? 'connected' : 'unreachable';
}

/** What the last requests said of the way to the clinic's server. */
export const connection = {
  setReachable(value: boolean): void {
    if (value === reachable) return;
    reachable = value;
    for (const listener of listeners) listener();
  },
};

/** Whether the device is online and the clinic's server answers. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, current);
}
