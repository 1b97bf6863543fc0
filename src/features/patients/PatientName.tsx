import type { PatientNameParts } from './patient.ts';
import styles from './PatientName.module.css';

/** SURNAME in capitals and strong, given name regular; each in its own direction of writing, the surname never cut. */
export function PatientName({ name: { surname, given } }: { readonly name: PatientNameParts }) {
  if (surname === '' && given === '') return <span className={styles.missing}>Name missing</span>;
  return (
    <span className={styles.name}>
      {surname !== '' && <bdi className={styles.surname}>{surname}</bdi>} {given !== '' && <bdi>{given}</bdi>}
    </span>
  );
}
