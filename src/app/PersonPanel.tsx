import { useMantineColorScheme } from '@mantine/core';
import { Lock, LogOut, UserRound } from 'lucide-react';
import { useIdentity } from '#src/identity/identity-context.ts';
import { useSignedIn } from '#src/identity/signed-in.ts';
import { Button } from '#src/ui/Button.tsx';
import { PopoverButton } from '#src/ui/PopoverButton.tsx';
import { THEMES } from './themes.ts';
import styles from './PersonPanel.module.css';

/** Who works here: a panel with what is that person's, and the lock beside it. */
export function PersonPanel({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const identity = useIdentity();
  const person = useSignedIn();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={styles.who}>
      <PopoverButton
        side="above"
        panelLabel="You and this screen"
        className={styles.person}
        label={
          <>
            <UserRound size={16} aria-hidden className={styles.icon} />
            <span className={styles.text}>
              <strong>{person.name}</strong>
              <span className={styles.role}>{person.role ?? 'no role'}</span>
            </span>
          </>
        }
      >
        {(close) => (
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
            <Button
              onClick={() => {
                // The focus is with the person's button first, where it comes back to afterwards.
                close();
                onShortcuts();
              }}
            >
              Shortcuts
            </Button>
            <Button icon={<LogOut size={16} aria-hidden />} onClick={() => void identity.signOut()}>
              Sign out
            </Button>
          </div>
        )}
      </PopoverButton>
      <button type="button" className={styles.lock} onClick={() => identity.lock()}>
        <Lock size={14} aria-hidden />
        <span>Lock</span>
      </button>
    </div>
  );
}
