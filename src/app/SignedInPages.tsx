import { useEffect, useRef } from 'react';
import { RouterProvider } from '@tanstack/react-router';
import type { IdentityState } from '#src/identity/identity-state.ts';
import { ExpiredDialog } from './ExpiredDialog.tsx';
import { LockCurtain } from './LockCurtain.tsx';
import { fetchLockCode, LockNotice } from './LockNotice.tsx';
import type { AppRouter } from './router.ts';
import { useOutOfSight } from './use-out-of-sight.ts';
import styles from './SignedInPages.module.css';

interface SignedInPagesProps {
  readonly router: AppRouter;
  readonly state: Extract<IdentityState, { kind: 'signed-in' | 'expired' | 'locked' }>;
}

/** Moves through the history that no page asked for. */
const BY_BROWSER: ReadonlySet<string> = new Set(['BACK', 'FORWARD', 'GO']);

/** After the first list, which does without: a lock must fall without a network, too. */
const FETCH_LOCK_MS = 5_000;

/**
 * The pages of the clinic. When the sign-in has run out, or the screen is locked, they stay as they are, but nobody
 * sees or reaches them; after signing in again everything is where it was.
 */
export function SignedInPages({ router, state }: SignedInPagesProps) {
  const pages = useRef<HTMLDivElement>(null);
  const hidden = state.kind !== 'signed-in';
  useOutOfSight(pages, hidden);
  useEffect(() => {
    // Whoever passes by must not take away by Back what is kept out of sight.
    return hidden
      ? router.history.block({ blockerFn: ({ action }) => BY_BROWSER.has(action), enableBeforeUnload: false })
      : undefined;
  }, [router, hidden]);
  useEffect(() => {
    const timer = setTimeout(fetchLockCode, FETCH_LOCK_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <div ref={pages} className={styles.pages}>
        <RouterProvider router={router} />
      </div>
      {state.kind === 'expired' && <ExpiredDialog person={state.person} />}
      {state.kind === 'locked' ? <LockCurtain state={state} /> : <LockNotice />}
    </>
  );
}
