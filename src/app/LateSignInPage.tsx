import { useState, type ComponentProps } from 'react';
import { Button } from '#src/ui/Button.tsx';
import { useLateComponent } from './late-component.ts';
import type { SignInPage } from './SignInPage.tsx';
import styles from './App.module.css';

/** The code of the sign-in page. Who comes back from signing in does without it. */
export const loadSignInPage = async () => (await import('./SignInPage.tsx')).SignInPage;

/** The sign-in page, as soon as its code is here. */
export function LateSignInPage({ state }: ComponentProps<typeof SignInPage>) {
  const [attempt, setAttempt] = useState(0);
  const { Part, failed } = useLateComponent(loadSignInPage, attempt);
  if (Part !== undefined) return <Part state={state} />;
  if (!failed) return null;
  return (
    <div className={styles.late}>
      <p role="alert">The sign-in page could not be loaded. Check the network, then try again.</p>
      <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>
    </div>
  );
}
