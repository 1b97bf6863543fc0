import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { Plus } from 'lucide-react';
import { Button } from '#src/ui/Button.tsx';
import { PopoverButton } from '#src/ui/PopoverButton.tsx';
import styles from './SaveView.module.css';

interface SaveViewProps {
  readonly onSave: (name: string) => void;
  readonly taken: readonly string[];
}

/** Keeps the filters and order on screen under a name. */
export function SaveView({ onSave, taken }: SaveViewProps) {
  const [name, setName] = useState('');
  const trimmed = name.trim();
  return (
    <PopoverButton
      panelLabel="Save this view"
      className={styles.open}
      label={
        <>
          <Plus size={14} aria-hidden /> Save view
        </>
      }
    >
      {(close) => (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (trimmed === '') return;
            onSave(trimmed);
            setName('');
            close();
          }}
        >
          <TextInput
            label="Name of the view"
            value={name}
            maxLength={40}
            autoComplete="off"
            data-autofocus
            description={
              taken.includes(trimmed)
                ? 'Replaces your view of this name.'
                : 'Kept on this device: filters and order, nothing typed. Name no patient.'
            }
            inputWrapperOrder={['label', 'input', 'description']}
            classNames={{ description: styles.note ?? '' }}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            type="submit"
            kind="primary"
            reasonHidden
            disabledReason={trimmed === '' ? 'A name is missing' : undefined}
          >
            Save
          </Button>
        </form>
      )}
    </PopoverButton>
  );
}
