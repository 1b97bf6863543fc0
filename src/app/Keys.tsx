import { isMac, keyNames, type Shortcut } from './shortcuts.ts';
import styles from './Keys.module.css';

/** The keys of a shortcut as they stand on this machine’s keyboard. */
export function Keys({ shortcut }: { readonly shortcut: Shortcut }) {
  return (
    <span className={styles.keys}>
      {keyNames(shortcut, isMac(navigator.platform)).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
