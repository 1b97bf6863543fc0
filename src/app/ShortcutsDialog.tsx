import { useState } from 'react';
import { Button } from '#src/ui/Button.tsx';
import type { DialogProps } from './dialogs.ts';
import { Keys } from './Keys.tsx';
import { Modal } from './Modal.tsx';
import { SHORTCUTS } from './shortcuts.ts';
import { setSingleKeys, singleKeysOn } from './single-keys.ts';
import styles from './ShortcutsDialog.module.css';

/** Every shortcut, and the switch for those that are one key. */
export function ShortcutsDialog({ onClose }: DialogProps) {
  const [single, setSingle] = useState(singleKeysOn);
  const change = (on: boolean) => {
    setSingleKeys(on);
    setSingle(on);
  };
  return (
    <Modal label="Shortcuts" className={styles.dialog} onClose={onClose}>
      <h2 className={styles.title}>Shortcuts</h2>
      <dl className={styles.list}>
        {SHORTCUTS.map((shortcut) => (
          <div key={shortcut.id} data-off={!shortcut.mod && !single}>
            <dt>{shortcut.does}</dt>
            <dd>
              <Keys shortcut={shortcut} />
              {!shortcut.mod && !single && ' off'}
            </dd>
          </div>
        ))}
      </dl>
      <label className={styles.switch}>
        <input type="checkbox" checked={single} onChange={(event) => change(event.currentTarget.checked)} />
        Keys that are pressed alone work, in this browser
      </label>
      <div className={styles.actions}>
        <Button autoFocus onClick={onClose}>
          Close
        </Button>
      </div>
    </Modal>
  );
}
