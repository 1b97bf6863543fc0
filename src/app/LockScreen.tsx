import { useEffect, useRef } from 'react';
import { Key, Lock } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { useIdentity } from '#src/identity/identity-context.ts';
import type { LockedState } from '#src/identity/identity-state.ts';
import { clinicDay, formatClock, formatDayAndTime, zoneName } from '#src/lib/time.ts';
import { useNow } from '#src/lib/use-now.ts';
import { Button } from '#src/ui/Button.tsx';
import { useSignInAgain } from './use-sign-in-again.ts';
import styles from './LockScreen.module.css';

/** What stands before a locked clinic: the time, whose work lies behind it, and the two ways in. */
export function LockScreen({ state }: { readonly state: LockedState }) {
  const { config } = useClinic();
  const identity = useIdentity();
  const card = useRef<HTMLElement>(null);
  const { again, waiting, problem } = useSignInAgain();
  const { name, role = '' } = state.person;
  useEffect(() => card.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);
  return (
    <div className={styles.screen}>
      <ClinicTime />
      <section ref={card} className={styles.card} aria-labelledby="locked">
        <div className={styles.head}>
          <span className={styles.mark}>
            <Lock size={16} aria-hidden />
          </span>
          <div>
            <h1 id="locked">Locked</h1>
            <p className={styles.small}>
              <Since state={state} />
            </p>
          </div>
        </div>
        <div>
          <strong>{name}</strong>
          <p className={styles.small}>
            {role.charAt(0).toUpperCase() + role.slice(1)}, {config.clinic.name}
          </p>
        </div>
        {problem !== undefined && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        <div className={styles.ways}>
          <Button kind="primary" wide autoFocus icon={<Key size={16} aria-hidden />} onClick={again}>
            {waiting ? 'Open the window again' : `Unlock as ${name}`}
          </Button>
          <Button wide onClick={again}>
            Sign in as somebody else
          </Button>
          {problem !== undefined && (
            <Button kind="quiet" wide onClick={() => void identity.signOut()}>
              Sign out
            </Button>
          )}
        </div>
        <p role="status" className={styles.waiting}>
          {waiting && 'Sign in in the window that opened. If it is closed or out of sight, open it again.'}
        </p>
        <p className={styles.note}>
          Somebody else sees none of this work. It stays here until {name} returns; once somebody else has
          signed in, what was not saved is gone.
        </p>
      </section>
    </div>
  );
}

/** The clock of the clinic, large enough for whoever passes by. */
function ClinicTime() {
  const { config, now } = useClinic();
  const at = useNow(now);
  const { timeZone } = config.clinic;
  const day = clinicDay(at, timeZone).toLocaleString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return (
    <p className={styles.time}>
      <span className={styles.clock}>{formatClock(at, timeZone)}</span>
      <span>
        {day.replace(',', '')}, {zoneName(at, timeZone)}
      </span>
    </p>
  );
}

function Since({ state: { since, reason } }: { readonly state: LockedState }) {
  const { config, now } = useClinic();
  const { inactivityMinutes: minutes } = config;
  const { timeZone } = config.clinic;
  const at = Temporal.Instant.fromEpochMilliseconds(since);
  const today = clinicDay(now(), timeZone);
  const when = clinicDay(at, timeZone).equals(today)
    ? formatClock(at, timeZone)
    : formatDayAndTime(at, today, timeZone);
  if (reason === 'asked') return `since ${when}, locked by you`;
  return `since ${when}, after ${minutes === 1 ? 'a minute' : `${minutes} minutes`} without use`;
}
