import { useSyncExternalStore } from 'react';

/** `updated 40 s ago`: how old what is on screen is. `at` and the ticking are milliseconds of the browser's clock. */
export function DataAge({ at }: { readonly at: number }) {
  const tick = useSyncExternalStore(everyTenSeconds, () => Math.floor(Date.now() / 10_000));
  const seconds = Math.max(0, tick * 10 - Math.floor(at / 1000));
  const age =
    seconds < 10 ? 'just now' : seconds < 100 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`;
  return <span>updated {age}</span>;
}

function everyTenSeconds(listener: () => void): () => void {
  const timer = setInterval(listener, 10_000);
  return () => clearInterval(timer);
}
