import { useEffect, useLayoutEffect, useRef } from 'react';
import { RouterProvider } from '@tanstack/react-router';
import type { IdentityState } from '#src/identity/identity-state.ts';
import { ExpiredDialog } from './ExpiredDialog.tsx';
import type { AppRouter } from './router.ts';
import styles from './SignedInPages.module.css';

interface SignedInPagesProps {
  readonly router: AppRouter;
  readonly state: Extract<IdentityState, { kind: 'signed-in' | 'expired' }>;
}

/**
 * The pages of the clinic. When the sign-in has run out they stay as they are, but nobody sees or reaches them; after
 * signing in again the focus is where it was.
 */
export function SignedInPages({ router, state: { kind, person } }: SignedInPagesProps) {
  const expired = kind === 'expired';
  const left = useRef<Element>(null);
  // Before the browser paints, since what cannot be seen loses the focus then.
  useLayoutEffect(() => {
    if (expired) left.current = document.activeElement;
  }, [expired]);
  useEffect(() => {
    if (expired || left.current === null) return;
    const target = left.current.isConnected ? left.current : document.getElementById('content');
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    left.current = null;
  }, [expired]);
  return (
    <>
      <div className={styles.pages} inert={expired}>
        <RouterProvider router={router} />
      </div>
      {expired && <ExpiredDialog person={person} />}
    </>
  );
}
