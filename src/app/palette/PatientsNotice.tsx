import { CircleAlert } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import type { PatientSearch } from '#src/features/patients/patient-search.ts';
import { explainFailure } from '#src/fhir/explain.ts';
import { clockHere, formatPartialDate } from '#src/lib/time.ts';
import { Button } from '#src/ui/Button.tsx';
import { useConnection } from '../connection.ts';
import type { usePatientsFound } from './find-patients.ts';
import styles from './Palette.module.css';

interface PatientsNoticeProps {
  readonly typed: string;
  readonly found: ReturnType<typeof usePatientsFound>;
}

/** How the search for patients stands: on its way, how many, nobody, or failed. */
export function PatientsNotice({ typed, found }: PatientsNoticeProps) {
  const { failure, busy, kind, patients, total, unreadable, understood, retry } = found;
  if (failure !== undefined) return <Failure failure={failure} onRetry={retry} />;
  const answered = kind === 'search' && !busy;
  const nobody = answered && patients.length === 0 && unreadable === 0;
  return (
    <div role="status" className={styles.notice}>
      {kind === 'search' && busy && 'Searching patients…'}
      {answered && patients.length > 0 && (
        <span className={patients.length === total ? 'cs-visually-hidden' : undefined}>
          {countText(patients.length, total)}
        </span>
      )}
      {nobody && (
        <>
          <strong>No patient answers “{typed.trim().slice(0, 60)}”.</strong> {triedText(understood)}
        </>
      )}
      {answered && unreadable > 0 && (
        <> {unreadable === 1 ? '1 record' : `${unreadable} records`} cannot be read: the list says why.</>
      )}
    </div>
  );
}

function Failure({
  failure: { error, at },
  onRetry,
}: {
  readonly failure: NonNullable<PatientsNoticeProps['found']['failure']>;
  readonly onRetry: () => void;
}) {
  const { timeZone } = useClinic().config.clinic;
  const offline = useConnection() === 'offline';
  const { detail, retry } = explainFailure(
    error,
    clockHere(Temporal.Instant.fromEpochMilliseconds(at), timeZone),
  );
  return (
    <div role="alert" className={styles.failure}>
      <CircleAlert size={16} aria-hidden />
      <span>
        <strong>
          {offline ? 'Offline: patients cannot be looked for.' : 'Patients could not be looked for.'}
        </strong>{' '}
        {detail} Pages and actions work.
      </span>
      {retry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

function countText(shown: number, total: number | undefined): string {
  if (total === undefined) return `${shown} patients or more answer.`;
  if (shown === total) return `${total} ${total === 1 ? 'patient answers' : 'patients answer'}.`;
  return `${total} patients answer, the first ${shown} by surname are here.`;
}

/** What was looked for, so that nobody takes a search by number for one by name. */
function triedText(search: PatientSearch): string {
  switch (search.kind) {
    case 'nothing':
      return '';
    case 'name':
      return 'Looked for: names with words that begin so. Accents and hyphens may count: try the birth date.';
    case 'birthDate':
      return `Looked for: birth date ${formatPartialDate(search.date)}.`;
    case 'number':
      return 'Looked for: an MRN and a phone number, both whole.';
    case 'numberOrBirthDate':
      return `Looked for: the whole MRN, and the birth year ${search.date}.`;
    case 'numberOrName':
      return 'Looked for: the whole MRN, and names with words that begin so.';
  }
}
