import { useEffect, useRef, useState } from 'react';
import { Key } from 'lucide-react';
import type { SignInAgainResult } from '#src/identity/identity-state.ts';
import { useIdentity } from '#src/identity/identity-context.ts';
import type { SignedInPerson } from '#src/identity/person.ts';
import { Button } from '#src/ui/Button.tsx';
import styles from './ExpiredDialog.module.css';

const MESSAGES: Readonly<Partial<Record<SignInAgainResult, string>>> = {
  blocked: 'The browser blocked the sign-in window. Allow pop-ups for this page, then try again.',
  refused: 'The sign-in was refused.',
  unavailable: 'The sign-in service does not answer. Try again in a moment.',
};

/** The sign-in ran out. The page stays underneath as it is, out of sight, and goes on after signing in again. */
export function ExpiredDialog({ person }: { readonly person: SignedInPerson }) {
  const identity = useIdentity();
  const dialog = useRef<HTMLDialogElement>(null);
  const [result, setResult] = useState<SignInAgainResult>();
  const [waiting, setWaiting] = useState(false);
  const attempts = useRef(0);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);
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
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="expired"
      // Escape twice would close it, whatever its first cancel was answered with.
      closedby="none"
      onCancel={(event) => event.preventDefault()}
      // Where the browser does not know `closedby`.
      onClose={() => dialog.current?.showModal()}
    >
      <h2 id="expired">Your sign-in has expired</h2>
      <p>
        {person.name}, sign in again to go on where you were. Nothing on this page is lost; it is out of sight
        until then.
      </p>
      {result !== undefined && MESSAGES[result] !== undefined && (
        <p role="alert" className={styles.alert}>
          {MESSAGES[result]}
        </p>
      )}
      <p role="status">
        {waiting && 'Sign in in the window that opened. If it is closed or out of sight, open it again.'}
      </p>
      <div className={styles.actions}>
        <Button onClick={() => void identity.signOut()}>Sign out</Button>
        <Button kind="primary" autoFocus icon={<Key size={16} aria-hidden />} onClick={() => void again()}>
          {waiting ? 'Open the window again' : 'Sign in again'}
        </Button>
      </div>
    </dialog>
  );
}
