import { useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Info, LogOut, RotateCcw, UserRound, Users } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { useIdentity } from '#src/identity/identity-context.ts';
import { useSignedIn } from '#src/identity/signed-in.ts';
import { Button } from '#src/ui/Button.tsx';
import { PopoverButton } from '#src/ui/PopoverButton.tsx';
import { Brand } from './Brand.tsx';
import styles from './Rail.module.css';

const PAGES = [{ to: '/patients', word: 'Patients', Icon: Users }] as const;

const THEMES = [
  { value: 'auto', word: 'As the system' },
  { value: 'light', word: 'Light' },
  { value: 'dark', word: 'Dark' },
] as const;

/** The way around, and who works here. On a phone it stands at the bottom. */
export function Rail() {
  const { config } = useClinic();
  return (
    <header className={styles.rail}>
      <div className={styles.brand}>
        <Brand clinicName={config.clinic.name} />
      </div>
      <nav className={styles.pages} aria-label="Pages of the clinic">
        {PAGES.map(({ to, word, Icon }) => (
          <Link key={to} to={to} className={styles.page} activeOptions={{ includeSearch: false }}>
            <Icon size={16} aria-hidden />
            <span>{word}</span>
          </Link>
        ))}
      </nav>
      <div className={styles.foot}>
        {__STANDALONE__ && (
          <p className={styles.madeUp}>
            <Info size={14} aria-hidden /> Made-up clinic
          </p>
        )}
        <Person />
      </div>
    </header>
  );
}

function Person() {
  const identity = useIdentity();
  const person = useSignedIn();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <PopoverButton
      side="above"
      panelLabel="You and this screen"
      className={styles.person}
      label={
        <>
          <UserRound size={16} aria-hidden className={styles.personIcon} />
          <span>
            <strong>{person.name}</strong>
            <span className={styles.role}>{person.role ?? 'no role'}</span>
          </span>
        </>
      }
    >
      {() => (
        <div className={styles.panel}>
          <fieldset className={styles.themes}>
            <legend>Theme</legend>
            {THEMES.map(({ value, word }) => (
              <label key={value}>
                <input
                  type="radio"
                  name="theme"
                  checked={colorScheme === value}
                  onChange={() => setColorScheme(value)}
                />
                {word}
              </label>
            ))}
          </fieldset>
          {__STANDALONE__ && <ResetClinic />}
          <Button icon={<LogOut size={16} aria-hidden />} onClick={() => void identity.signOut()}>
            Sign out
          </Button>
        </div>
      )}
    </PopoverButton>
  );
}

/** Lays the made-up clinic anew, as it was this morning. */
function ResetClinic() {
  const { config } = useClinic();
  const reset = async () => {
    await fetch(new URL('../../mock/reset', `${config.fhirBaseUrl}/`), { method: 'POST' });
    window.location.reload();
  };
  return (
    <Button icon={<RotateCcw size={16} aria-hidden />} onClick={() => void reset()}>
      Reset the made-up clinic
    </Button>
  );
}
