import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Search } from 'lucide-react';
import type { DialogProps } from '../dialogs.ts';
import { Modal } from '../Modal.tsx';
import { asksForPatients, usePatientsFound } from './find-patients.ts';
import { PatientsNotice } from './PatientsNotice.tsx';
import { useActions, useAllResults, usePages, usePatientItems, type PaletteItem } from './palette-items.tsx';
import styles from './Palette.module.css';

/** Finds a patient, a page or an action by a few letters; the keyboard alone will do. */
export function Palette({ onClose, onOpen }: DialogProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string>();
  const found = usePatientsFound(typed);
  const patients = usePatientItems(found.patients);
  const allResults = useAllResults(typed, found.total);
  const someFound = found.kind === 'search' && patients.length + found.unreadable > 0;
  const groups = [
    {
      word: found.kind === 'recent' ? 'Opened last' : 'Patients',
      items: someFound ? [...patients, allResults] : patients,
    },
    { word: 'Pages', items: usePages(typed) },
    { word: 'Actions', items: useActions(typed, onOpen) },
  ].filter(({ items }) => items.length > 0);
  const items = groups.flatMap((group) => group.items);
  // Enter must not take something else than the patient who is still being looked for.
  const first = found.busy && patients.length === 0 ? undefined : items[0];
  const active = items.find(({ key }) => key === chosen) ?? first;
  const optionId = (item: PaletteItem) => `${id}-${items.indexOf(item)}`;

  const run = (item: PaletteItem) => {
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const target = targetOf(event.key, active === undefined ? -1 : items.indexOf(active), items.length);
    if (target !== undefined) {
      event.preventDefault();
      setChosen(items[target]?.key);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (active !== undefined) run(active);
    }
  };

  return (
    <Modal label="Find" className={styles.palette} onClose={onClose}>
      <div className={styles.field}>
        <Search size={16} aria-hidden className={styles.icon} />
        <input
          data-autofocus
          role="combobox"
          aria-label="Patient, page or action"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active && optionId(active)}
          aria-describedby={`${id}-help`}
          placeholder="Name, birth date, MRN or phone; page or action"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={200}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(undefined);
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" className={styles.close} onClick={onClose}>
          Close
        </button>
      </div>
      <PatientsNotice typed={typed} found={found} />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="What was found"
        aria-busy={found.busy}
        className={styles.list}
      >
        {groups.map(({ word, items: lines }) => (
          <div key={word} role="group" aria-label={word}>
            <div className={styles.word} aria-hidden>
              {word}
            </div>
            {lines.map((item) => (
              <Option
                key={item.key}
                id={optionId(item)}
                item={item}
                active={item === active}
                onPoint={() => setChosen(item.key)}
                onChoose={() => run(item)}
              />
            ))}
          </div>
        ))}
      </div>
      <p id={`${id}-help`} className={styles.help}>
        {asksForPatients(typed) || typed.trim() === '' ? '' : 'Two letters find patients. '}
        <span className={styles.keys}>Arrow keys choose, Enter opens, Escape closes.</span>
      </p>
    </Modal>
  );
}

interface OptionProps {
  readonly id: string;
  readonly item: PaletteItem;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Option({ id, item, active, onPoint, onChoose }: OptionProps) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) line.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keyboard stays in the field
    <div
      ref={line}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={styles.option}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={active ? undefined : onPoint}
      onClick={onChoose}
    >
      {item.content}
    </div>
  );
}

/** Where a key leads among the lines; round and round with the arrows. */
function targetOf(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return from + 1 < count ? from + 1 : 0;
    case 'ArrowUp':
      return from > 0 ? from - 1 : count - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
