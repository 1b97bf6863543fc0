import { useEffect } from 'react';
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useClinic } from '#src/config/clinic.ts';
import { useSignedIn } from '#src/identity/signed-in.ts';
import { clinicDay, formatClock, formatDay, zoneName } from '#src/lib/time.ts';
import { useNow } from '#src/lib/use-now.ts';
import { ConnectionBar } from './ConnectionBar.tsx';
import { useDialogs } from './dialogs.ts';
import { focusAfterNavigation } from './focus.ts';
import { Rail } from './Rail.tsx';
import type { ShortcutId } from './shortcuts.ts';
import { useShortcuts } from './use-shortcuts.ts';
import styles from './Shell.module.css';

/** Rail and page, and what can be opened over any page. */
export function Shell() {
  const router = useRouter();
  const navigate = useNavigate();
  const dialogs = useDialogs();
  const { close } = dialogs;
  useEffect(() => router.subscribe('onRendered', focusAfterNavigation), [router]);
  // Going back leaves what stands over the page, too: it must not be about a page that has gone.
  useEffect(
    () =>
      router.history.subscribe(({ action: { type } }) => {
        if (type !== 'PUSH' && type !== 'REPLACE') close();
      }),
    [router, close],
  );
  const run = (id: ShortcutId) => {
    switch (id) {
      case 'find':
        return dialogs.shown?.name === 'find' ? dialogs.close() : dialogs.open('find');
      case 'help':
        return dialogs.open('shortcuts');
      case 'searchList':
        return document.querySelector<HTMLElement>('#content input[type="search"]')?.focus();
      default:
        return void navigate({ to: id });
    }
  };
  useShortcuts({ run, onMod: dialogs.prepare });
  const { shown } = dialogs;
  return (
    <div className={styles.shell}>
      <a
        href="#content"
        className={styles.skip}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        Skip to content
      </a>
      <Rail onOpen={dialogs.open} onMayFind={dialogs.prepare} />
      <main id="content" tabIndex={-1} className={styles.main}>
        <ConnectionBar />
        {dialogs.failed && (
          <p role="alert" className={styles.failed}>
            This part of Chairside could not be loaded. Check the network, then try again.
          </p>
        )}
        <Outlet />
        <PrintNote />
      </main>
      {shown !== undefined && <shown.Dialog key={shown.name} onClose={dialogs.close} onOpen={dialogs.open} />}
    </div>
  );
}

/** On paper, at the foot of every page: who printed it, and when. */
function PrintNote() {
  const { config, now } = useClinic();
  const { name } = useSignedIn();
  const at = useNow(now);
  const { timeZone } = config.clinic;
  return (
    <p className={styles.printed} aria-hidden>
      {config.clinic.name} · printed {formatDay(clinicDay(at, timeZone))} {formatClock(at, timeZone)}{' '}
      {zoneName(at, timeZone)}, {name}
    </p>
  );
}
