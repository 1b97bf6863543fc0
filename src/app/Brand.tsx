import styles from './Brand.module.css';

/** The mark, and whose clinic this is. */
export function Brand({ clinicName }: { readonly clinicName: string | undefined }) {
  return (
    <div className={styles.brand}>
      <svg viewBox="0 0 20 20" className={styles.mark} aria-hidden>
        <rect width="20" height="20" rx="4" />
        <path d="M6 4v12M6 11.5h7.5V16M6 8.5h7.5" />
      </svg>
      <span>
        <strong className={styles.name}>Chairside</strong>
        {clinicName !== undefined && <span className={styles.clinic}>{clinicName}</span>}
      </span>
    </div>
  );
}
