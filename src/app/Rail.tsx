import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { Brand } from './Brand.tsx';
import type { DialogName } from './dialogs.ts';
import { Keys } from './Keys.tsx';
import { MadeUpButton } from './made-up/MadeUpButton.tsx';
import { PAGES } from './pages.ts';
import { PersonPanel } from './PersonPanel.tsx';
import { isMac, SHORTCUTS } from './shortcuts.ts';
import styles from './Rail.module.css';

interface RailProps {
  readonly onOpen: (name: DialogName) => void;
  /** Find may be wanted in a moment. */
  readonly onMayFind: () => void;
}

/** The way around, and who works here. On a phone it stands at the bottom. */
export function Rail({ onOpen, onMayFind }: RailProps) {
  const { config } = useClinic();
  const find = SHORTCUTS.find(({ id }) => id === 'find');
  return (
    <header className={styles.rail}>
      <div className={styles.brand}>
        <Brand clinicName={config.clinic.name} />
      </div>
      <button
        type="button"
        className={styles.find}
        aria-keyshortcuts={isMac(navigator.platform) ? 'Meta+K' : 'Control+K'}
        onPointerEnter={onMayFind}
        onFocus={onMayFind}
        onClick={() => onOpen('find')}
      >
        <Search size={16} aria-hidden />
        <span>Find</span>
        <span className={styles.keys} aria-hidden>
          {find && <Keys shortcut={find} />}
        </span>
      </button>
      <nav className={styles.pages} aria-label="Pages of the clinic">
        {PAGES.map(({ to, word, Icon }) => (
          <Link key={to} to={to} className={styles.page} activeOptions={{ includeSearch: false }}>
            <Icon size={16} aria-hidden />
            <span>{word}</span>
          </Link>
        ))}
      </nav>
      <div className={styles.foot}>
        {__STANDALONE__ && <MadeUpButton onOpen={() => onOpen('madeUp')} />}
        <PersonPanel onShortcuts={() => onOpen('shortcuts')} />
      </div>
    </header>
  );
}
