import styles from './scores.module.css';

/** Of when a figure is that is older than its row: below it, since on one line the two read as one. */
export function OldDate({ date }: { readonly date: string }) {
  return (
    <span className={styles.old}>
      <span className="cs-visually-hidden"> of </span>
      {date}
    </span>
  );
}
