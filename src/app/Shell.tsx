import { useEffect } from 'react';
import { Outlet, useRouter } from '@tanstack/react-router';
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
      </main>
    </div>
  );
}
