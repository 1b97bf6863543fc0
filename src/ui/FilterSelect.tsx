import { useId, useRef } from 'react';
import { ChevronDown, X } from 'lucide-react';
import styles from './FilterSelect.module.css';

interface FilterSelectProps {
  /** What is filtered by: `Protocol`. */
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string | undefined;
  /** How "no filter" is called: `any`. */
  readonly anyLabel?: string;
  readonly onChange: (value: string | undefined) => void;
}

/** One filter of a list: says what it is set to, and is taken away by its cross. The browser's own list of choices. */
export function FilterSelect({ label, options, value, anyLabel = 'any', onChange }: FilterSelectProps) {
  const id = useId();
  const select = useRef<HTMLSelectElement>(null);
  const chosen = value;
  // An old link may hold a value that is offered no more: it filters all the same, so it is shown.
  const unknown = value !== undefined && !options.some((option) => option.value === value);
  return (
    <span className={styles.filter} data-set={chosen !== undefined}>
      <label htmlFor={id}>{label}:</label>
      <select
        ref={select}
        id={id}
        className={styles.select}
        value={chosen ?? ''}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : currentTarget.value)
        }
      >
        <option value="">{anyLabel}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
        {unknown && <option value={value}>unknown ({value})</option>}
      </select>
      {chosen === undefined ? (
        <ChevronDown size={14} aria-hidden className={styles.chevron} />
      ) : (
        <button
          type="button"
          className={styles.remove}
          aria-label={`Remove the filter ${label}`}
          onClick={() => {
            onChange(undefined);
            // The cross goes with the filter; the focus stays at what is filtered by.
            select.current?.focus();
          }}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
