import { useEffect, useState, useSyncExternalStore } from 'react';
import { useIdentity } from '#src/identity/identity-context.ts';
import { useLateComponent } from './late-component.ts';
import { loadSignInPage } from './LateSignInPage.tsx';
import { loadLockScreen } from './LockCurtain.tsx';

const loadLockWarning = async () => (await import('./LockWarning.tsx')).LockWarning;

/**
 * Fetches what warning, lock and the way out show, before they are needed; without a network they ask again in their
 * time.
 */
export function fetchLockCode(): void {
  for (const load of [loadLockScreen, loadLockWarning, loadSignInPage]) load().catch(() => {});
}

/** How long the warning stays after it is answered: who moves to its button must not press what lies beneath. */
const LINGER_MS = 1_500;

/** The warning before the lock, once it is time for it. */
export function LockNotice() {
  const { inactivity } = useIdentity();
  const locksAt = useSyncExternalStore(inactivity.subscribe, inactivity.locksAt);
  const [shown, setShown] = useState(false);
  if (locksAt !== undefined && !shown) setShown(true);
  useEffect(() => {
    if (locksAt !== undefined) return;
    const timer = setTimeout(() => setShown(false), LINGER_MS);
    return () => clearTimeout(timer);
  }, [locksAt]);
  return shown ? <Warning locksAt={locksAt} /> : null;
}

function Warning({ locksAt }: { readonly locksAt: number | undefined }) {
  const { Part } = useLateComponent(loadLockWarning);
  return Part === undefined ? null : <Part locksAt={locksAt} />;
}
