import { useEffect, useRef, useState } from 'react';
import { Key } from 'lucide-react';
import type { SignInAgainResult } from '#src/identity/identity-state.ts';
import { useIdentity } from '#src/identity/identity-context.ts';
import type { SignedInPerson } from '#src/identity/person.ts';
import { Button } from '#src/ui/Button.tsx';
import styles from './ExpiredDialog.module.css';

const MESSAGES: Readonly<Partial<Record<SignInAgainResult, string>>> = {
  blocked: 'The browser blocked the sign-in window. Allow pop-ups for this page, then try again.',
  abandoned: 'The sign-in window was closed before the sign-in was done.',
  refused: 'The sign-in was refused.',
  unavailable: 'The sign-in service does not answer. Try again in a moment.',
};

/** The sign-in ran out. The page stays underneath as it is, out of sight, and goes on after signing in again. */
export function ExpiredDialog({ person }: { readonly person: SignedInPerson }) {
  const identity = useIdentity();
  const dialog = useRef<HTMLDialogElement>(null);
  const [result, setResult] = useState<SignInAgainResult>();
  const [waiting, setWaiting] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const again = () => {
    setWaiting(true);
    void identity
      .signInAgain()
      .then(setResult)
      .finally(() => setWaiting(false));
  };
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="expired"
      onCancel={(event) => event.preventDefault()}
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
      <div className={styles.actions}>
        <Button onClick={() => void identity.signOut()}>Sign out</Button>
        <Button
          kind="primary"
          icon={<Key size={16} aria-hidden />}
          onClick={again}
          reasonHidden
          disabledReason={waiting ? 'The sign-in window is open' : undefined}
        >
          Sign in again
        </Button>
      </div>
    </dialog>
  );
}
