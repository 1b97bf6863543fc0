import { useEffect, useState } from 'react';
import { CircleAlert, Key } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import type { IdentityState } from '#src/identity/identity-state.ts';
import { useIdentity } from '#src/identity/identity-context.ts';
import { clinicDay, formatClock, formatDay, weekday, zoneName } from '#src/lib/time.ts';
import { useNow } from '#src/lib/use-now.ts';
import { Button } from '#src/ui/Button.tsx';
import { Brand } from './Brand.tsx';
import { ChairLines } from './ChairLines.tsx';
import { Reached } from './Reached.tsx';
import styles from './SignInPage.module.css';

interface SignInPageProps {
  readonly state: Extract<IdentityState, { kind: 'signed-out' | 'failed' }>;
}

/** The way in: to the clinic's own sign-in, and back to the page that was asked for. */
export function SignInPage({ state }: SignInPageProps) {
  const { config, now } = useClinic();
  const identity = useIdentity();
  const [leaving, setLeaving] = useState(false);
  const { clinic, identity: signIn } = config;
  useEffect(() => {
    document.title = 'Sign in · Chairside';
  }, []);
  const go = () => {
    setLeaving(true);
    void identity.signIn(window.location.href).finally(() => setLeaving(false));
  };
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <section className={styles.card} aria-labelledby="sign-in">
          <Brand clinicName={clinic.name} />
          <div>
            <h1 id="sign-in">Sign in</h1>
            <p className={styles.text}>
              Your clinic’s own sign-in opens next. Chairside never sees your password.
            </p>
          </div>
          <Message state={state} />
          {state.kind === 'failed' ? (
            <>
              <Button kind="primary" wide onClick={() => void identity.retry()}>
                Try again
              </Button>
              {state.problem.kind === 'roles-unreadable' && (
                <Button wide onClick={() => void identity.signOut()}>
                  Sign out
                </Button>
              )}
            </>
          ) : (
            <Button
              kind="primary"
              wide
              icon={<Key size={16} aria-hidden />}
              onClick={go}
              reasonHidden
              disabledReason={leaving ? 'The sign-in is opening' : undefined}
            >
              Continue to {signIn.name} sign-in
            </Button>
          )}
          <dl className={styles.facts}>
            <div>
              <dt>Clinic system</dt>
              <dd>{new URL(config.fhirBaseUrl).host}</dd>
            </div>
            <Reached />
            <div>
              <dt>Clock</dt>
              <dd>
                <Clock now={now} timeZone={clinic.timeZone} />
              </dd>
            </div>
          </dl>
        </section>
        <p className={styles.note}>
          A record, not a patient monitor. It never recommends a dose.
          <br />
          No account or no role? Ask {signIn.contact}.
          {__STANDALONE__ && (
            <>
              <br />
              This is a made-up clinic: nobody in it is real.
            </>
          )}
        </p>
      </div>
      <ChairLines />
    </main>
  );
}

function Message({ state }: SignInPageProps) {
  const text = textOf(state);
  if (text === undefined) return null;
  return (
    <p className={styles.message} role="alert">
      <CircleAlert size={16} aria-hidden />
      <span>{text}</span>
    </p>
  );
}

function textOf(state: SignInPageProps['state']): string | undefined {
  if (state.kind === 'failed') return state.problem.detail;
  switch (state.reason?.kind) {
    case undefined:
      return undefined;
    case 'refused':
      return `The sign-in was refused: ${state.reason.detail}`;
    case 'locked':
      return 'Chairside was locked here. It opens for whoever signs in with credentials of their own.';
    case 'here-only':
      return 'Signed out here, but not of the clinic’s sign-in. Close the browser on a shared machine.';
  }
}

function Clock({ now, timeZone }: { readonly now: () => Temporal.Instant; readonly timeZone: string }) {
  const at = useNow(now);
  return `${weekday(clinicDay(at, timeZone))} ${formatDay(clinicDay(at, timeZone))}, ${formatClock(at, timeZone)} ${zoneName(at, timeZone)}`;
}
