import { useEffect, useRef } from 'react';
import { Key } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { useIdentity } from '#src/identity/identity-context.ts';
import type { SignedInPerson } from '#src/identity/person.ts';
import { Button } from '#src/ui/Button.tsx';
import { turn } from './made-up/made-up-clinic.ts';
import { useSignInAgain } from './use-sign-in-again.ts';
import styles from './ExpiredDialog.module.css';

/** The sign-in ran out. The page stays underneath as it is, out of sight, and goes on after signing in again. */
export function ExpiredDialog({ person }: { readonly person: SignedInPerson }) {
  const identity = useIdentity();
  const dialog = useRef<HTMLDialogElement>(null);
  const { again, waiting, problem } = useSignInAgain();
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);
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
      {problem !== undefined && (
        <p role="alert" className={styles.alert}>
          {problem}
        </p>
      )}
      <p role="status">
        {waiting && 'Sign in in the window that opened. If it is closed or out of sight, open it again.'}
      </p>
      <div className={styles.actions}>
        {__STANDALONE__ && <AcceptSignIns />}
        <Button onClick={() => void identity.signOut()}>Sign out</Button>
        <Button kind="primary" autoFocus icon={<Key size={16} aria-hidden />} onClick={again}>
          {waiting ? 'Open the window again' : 'Sign in again'}
        </Button>
      </div>
    </dialog>
  );
}

/** The made-up server may have been told to take no sign-in, and its switches are out of reach now. */
function AcceptSignIns() {
  const { config } = useClinic();
  const accept = async () => {
    await turn(config, 'scenario', 'normal');
    window.location.reload();
  };
  return <Button onClick={() => void accept()}>Let the made-up server take sign-ins</Button>;
}
