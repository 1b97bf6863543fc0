import { useEffect, useRef, useState } from 'react';
import type { LockedState } from '#src/identity/identity-state.ts';
import { Button } from '#src/ui/Button.tsx';
import { useLateComponent } from './late-component.ts';
import styles from './LockCurtain.module.css';

export const loadLockScreen = async () => (await import('./LockScreen.tsx')).LockScreen;

/** Stands above everything, also above dialogs of the page, which stay open underneath and out of sight. */
export function LockCurtain({ state }: { readonly state: LockedState }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [attempt, setAttempt] = useState(0);
  const { Part, failed } = useLateComponent(loadLockScreen, attempt);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={styles.curtain}
      aria-labelledby="locked"
      // Escape twice would close it, whatever its first cancel was answered with.
      closedby="none"
      onCancel={(event) => event.preventDefault()}
      // Where the browser does not know `closedby`.
      onClose={() => dialog.current?.showModal()}
    >
      {Part === undefined ? (
        <div className={styles.late}>
          <h1 id="locked">Locked</h1>
          {failed && (
            <>
              <p role="alert">What opens the lock could not be loaded. Check the network, then try again.</p>
              <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>
            </>
          )}
        </div>
      ) : (
        <Part state={state} />
      )}
    </dialog>
  );
}
