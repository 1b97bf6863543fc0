import { useSyncExternalStore } from 'react';
import { Clock } from 'lucide-react';
import styles from './DataAge.module.css';

interface DataAgeProps {
  /** When what is on screen was read, in milliseconds of the browser's clock. */
  readonly at: number;
  /** Puts `at` as a time of day. With it, data that should be newer says since when it is not. */
  readonly clock?: (at: number) => string;
}

/** Twice what a page that is in sight waits for news, and some more for the answer. */
const LATE_MS = 150_000;

/**
 * `updated 12 s ago`: how old what is on screen is; amber where it is too old, or the browser is offline. It changes
 * every second and is no live region: who wants to know reads it.
 */
export function DataAge({ at, clock }: DataAgeProps) {
  const text = useSyncExternalStore(everySecond, () => ageText(Date.now() - at, clock !== undefined));
  if (text !== LATE) return <span>updated {text}</span>;
  return (
    <span className={styles.late}>
      <Clock size={12} aria-hidden /> Not updated since {clock?.(at)}
    </span>
  );
}

const LATE = 'late';

/** What is shown, so that a second that changes nothing of it renders nothing. */
function ageText(ageMs: number, mayBeLate: boolean): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  if (mayBeLate && (ageMs > LATE_MS || !navigator.onLine)) return LATE;
  if (seconds < 10) return 'just now';
  return seconds < 100 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`;
}

function everySecond(listener: () => void): () => void {
  const timer = setInterval(listener, 1_000);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
