import { useEffect } from 'react';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useClinic } from '#src/config/clinic.ts';
import { useSignedIn } from '#src/identity/signed-in.ts';
import { clinicDay, formatClock, formatDay, zoneName } from '#src/lib/time.ts';
import { useNow } from '#src/lib/use-now.ts';
import { ConnectionBar } from './ConnectionBar.tsx';
import { focusAfterNavigation } from './focus.ts';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';

/** Rail and page. */
export function Shell() {
  const router = useRouter();
  useEffect(() => router.subscribe('onRendered', focusAfterNavigation), [router]);
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
      <Rail />
      <main id="content" tabIndex={-1} className={styles.main}>
        <ConnectionBar />
        <Outlet />
        <PrintNote />
      </main>
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
