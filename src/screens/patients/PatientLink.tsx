import { Link } from '@tanstack/react-router';
import { FileWarning } from 'lucide-react';
import { PatientName } from '#src/features/patients/PatientName.tsx';
import type { PatientsRow } from './patients-query.ts';
import styles from './PatientLink.module.css';

/** The first cell of a row: opens the patient, and the link covers the row. An unreadable record says so instead. */
export function PatientLink({ row }: { readonly row: PatientsRow }) {
  if (row.kind === 'unreadable') {
    return (
      <span className={styles.unreadable}>
        <FileWarning size={16} aria-hidden />
        <span>
          <strong>{row.key} cannot be read:</strong> {row.reason}
        </span>
      </span>
    );
  }
  return (
    <>
      <Link
        to="/patients/$patientId"
        params={{ patientId: row.patient.id }}
        // Going over rows opens nobody's record: not on the server either.
        preload={false}
        className={styles.link}
      >
        <PatientName name={row.patient.name} />
      </Link>
      {row.patient.deceased !== false && <span className={styles.mark}>deceased</span>}
      {!row.patient.active && <span className={styles.mark}>inactive</span>}
    </>
  );
}
