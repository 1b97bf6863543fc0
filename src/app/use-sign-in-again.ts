import { useRef, useState } from 'react';
import { useIdentity } from '#src/identity/identity-context.ts';
import type { SignInAgainResult } from '#src/identity/identity-state.ts';

const PROBLEMS: Readonly<Partial<Record<SignInAgainResult, string>>> = {
  blocked: 'The browser blocked the sign-in window. Allow pop-ups for this page, then try again.',
  refused: 'The sign-in was refused.',
  unavailable: 'The sign-in service does not answer. Try again in a moment.',
  'not-asked': 'The sign-in service asked for no credentials, so this stays locked. Sign out to begin anew.',
};

/** Signing in again through a window of its own, while the page stays. */
export function useSignInAgain() {
  const identity = useIdentity();
  const [result, setResult] = useState<SignInAgainResult>();
  const [waiting, setWaiting] = useState(false);
  const attempts = useRef(0);
  // Nobody can tell whether the window was closed, so another one may be had at any time; it ends the one before.
  const again = async () => {
    const attempt = ++attempts.current;
    setWaiting(true);
    setResult(undefined);
    const ended = await identity.signInAgain();
    if (attempt !== attempts.current) return;
    setResult(ended);
    setWaiting(false);
  };
  return {
    /** To be called in the turn of a click, or the browser opens no window. */
    again: () => void again(),
    /** Whether a window is open. */
    waiting,
    /** What went wrong, and what to do. */
    problem: result === undefined ? undefined : PROBLEMS[result],
  };
}
