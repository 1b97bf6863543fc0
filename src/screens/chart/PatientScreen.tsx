import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useClinic, type Clinic } from '#src/config/clinic.ts';
import { toPatient, type Patient } from '#src/features/patients/patient.ts';
import { reasonOf } from '#src/features/patients/list-page.ts';
import { patientRecord } from '#src/features/patients/patient-queries.ts';
import { readingOf } from '#src/features/patients/reading.ts';
import { noteOpened } from '#src/features/patients/recent-patients.ts';
import { explainFailure } from '#src/fhir/explain.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { clockHere } from '#src/lib/time.ts';
import { ErrorState, StaleBar } from '#src/ui/states.tsx';
import { PatientBanner } from './PatientBanner.tsx';
import { PatientDetails } from './PatientDetails.tsx';
import { isComplete, patientRecordParts } from './patient-record-query.ts';
import { RecordSections } from './RecordSections.tsx';
import styles from './PatientScreen.module.css';

type ReadPatient =
  | { readonly kind: 'patient'; readonly patient: Patient }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The record of one patient, to read. */
export function PatientScreen() {
  const { patientId } = useParams({ from: '/patients/$patientId' });
  const clinic = useClinic();
  const record = useQuery(patientRecord(clinic, patientId));
  const parts = useQuery(patientRecordParts(clinic, patientId));
  const found = record.data !== undefined;
  useEffect(() => {
    if (found) noteOpened(patientId);
  }, [found, patientId]);

  const { timeZone } = clinic.config.clinic;
  const clock = (epochMs: number) => clockHere(Temporal.Instant.fromEpochMilliseconds(epochMs), timeZone);
  const failure = record.isError ? explainFailure(record.error, clock(record.errorUpdatedAt)) : undefined;
  const retry = () => void Promise.all([record.refetch(), parts.refetch()]);

  const incomplete = Object.values(parts.data ?? {}).some((part) => !isComplete(part));
  const read = record.data && readPatient(clinic, record.data);
  return (
    <>
      {/* One heading through all states: it keeps the focus that opening the page gave it. */}
      <PatientBanner
        patient={read?.kind === 'patient' ? read.patient : undefined}
        title={read === undefined && failure === undefined ? 'Patient' : 'Patient not shown'}
        parts={parts.data}
      />
      {read === undefined && failure !== undefined && (
        <ErrorState
          title="The record could not be read."
          action={failure.retry ? { label: 'Try again', onClick: retry } : undefined}
        >
          {failure.detail}
        </ErrorState>
      )}
      {read?.kind === 'unreadable' && (
        <ErrorState title={`Patient/${patientId} cannot be read.`}>
          {read.reason}. Whoever manages the clinic system can correct the record.
        </ErrorState>
      )}
      {read?.kind === 'patient' && (
        <div className={styles.content}>
          {(failure !== undefined || parts.isError) && (
            <StaleBar
              title={`Not updated since ${clock(Math.min(record.dataUpdatedAt, parts.dataUpdatedAt || record.dataUpdatedAt))}.`}
              action={{ label: 'Retry', onClick: retry }}
            >
              {failure?.detail ?? explainFailure(parts.error, clock(parts.errorUpdatedAt)).detail}
            </StaleBar>
          )}
          {failure === undefined && !parts.isError && incomplete && (
            <StaleBar title="Not everything could be loaded." action={{ label: 'Retry', onClick: retry }}>
              The parts below say what is missing.
            </StaleBar>
          )}
          <div className={styles.sections}>
            <RecordSections parts={parts.data} failed={parts.isError && parts.data === undefined} />
            <PatientDetails patient={read.patient} />
          </div>
        </div>
      )}
    </>
  );
}

function readPatient(clinic: Clinic, resource: RawResource): ReadPatient {
  try {
    return { kind: 'patient', patient: toPatient(resource, readingOf(clinic)) };
  } catch (error) {
    return { kind: 'unreadable', reason: reasonOf(error) };
  }
}
