import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { Clock } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { useIdentity } from '#src/identity/identity-context.ts';
import { Button } from '#src/ui/Button.tsx';
import styles from './LockWarning.module.css';

const LOOK_MS = 250;

/**
 * Says that the screen locks soon, on top of everything and without taking the focus from what is being typed. It is
 * read aloud once; the seconds are only seen. `locksAt`: undefined once somebody goes on.
 */
export function LockWarning({ locksAt }: { readonly locksAt: number | undefined }) {
  const { config } = useClinic();
  const identity = useIdentity();
  const panel = useRef<HTMLDivElement>(null);
  // Beside a modal dialog nothing can be reached, so it stands inside.
  const [host] = useState(() => [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body);
  useLayoutEffect(() => panel.current?.showPopover(), []);
  return createPortal(
    <div
      ref={panel}
      popover="manual"
      role="alertdialog"
      aria-label="Chairside locks soon"
      aria-describedby="locks-soon"
      className={styles.warning}
    >
      <p className={styles.left} aria-hidden>
        <Clock size={16} />
        {locksAt === undefined ? 'You stay signed in' : <Countdown until={locksAt} />}
      </p>
      <p className="cs-visually-hidden" role="alert">
        Chairside locks in {config.inactivityWarningSeconds} seconds. Press any key to stay signed in.
      </p>
      <p id="locks-soon" className={styles.why}>
        Nobody has used Chairside for a while. Any key or touch goes on; what you typed is kept behind the
        lock.
      </p>
      <Button onClick={() => identity.inactivity.stay()}>Stay signed in</Button>
    </div>,
    host,
  );
}

function Countdown({ until }: { readonly until: number }) {
  const { now } = useClinic();
  const left = useSyncExternalStore(eachMoment, () =>
    Math.max(0, Math.ceil((until - now().epochMilliseconds) / 1_000)),
  );
  return `Locks in ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

function eachMoment(listener: () => void): () => void {
  const timer = setInterval(listener, LOOK_MS);
  return () => clearInterval(timer);
}
