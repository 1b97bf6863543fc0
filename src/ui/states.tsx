import { useId, type ReactNode } from 'react';
import { CircleAlert, Clock } from 'lucide-react';
import { Button } from './Button.tsx';
import { focusPageTitle } from './PageHeader.tsx';
import styles from './states.module.css';

interface StateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: { readonly label: string; readonly onClick: () => void } | undefined;
}

function StateAction({ label, onClick }: NonNullable<StateProps['action']>) {
  return (
    <Button
      onClick={() => {
        onClick();
        // What it changes takes the button away.
        focusPageTitle();
      }}
    >
      {label}
    </Button>
  );
}

/** A list without rows: why, and what comes next. */
export function EmptyState({ title, children, action }: StateProps) {
  return (
    <div className={styles.state} role="status">
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action && <StateAction {...action} />}
    </div>
  );
}

/** What failed, what is safe, and the one thing to do. */
export function ErrorState({ title, children, action }: StateProps) {
  return (
    <div className={styles.state} role="alert">
      <p className={styles.title} data-wrong="true">
        <CircleAlert size={16} aria-hidden />
        {title}
      </p>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action && <StateAction {...action} />}
    </div>
  );
}

/** What is on screen is older than it should be; it stays, and says so. */
export function StaleBar({ title, children, action }: StateProps) {
  const id = useId();
  return (
    <div className={styles.stale} role="status" aria-labelledby={id}>
      <Clock size={16} aria-hidden />
      <span id={id}>
        <strong>{title}</strong> {children}
      </span>
      {action && (
        <button type="button" className={styles.staleAction} onClick={action.onClick}>
          {action.label}
        </button>
      )}
    </div>
  );
}

/** Rows that are on their way, in the grid in which they will stand; shown after 300 ms only. */
export function RowSkeletons({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  return (
    <>
      {Array.from({ length: rows }, (_, row) => (
        <tr key={row} className={styles.skeletonRow} aria-hidden>
          {Array.from({ length: columns }, (_cell, column) => (
            <td key={column} className={styles.skeletonCell} />
          ))}
        </tr>
      ))}
    </>
  );
}
