import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useClinic, type Clinic } from '#src/config/clinic.ts';
import { currentCourse } from '#src/features/courses/course-detail.ts';
import { toPatient, type Patient } from '#src/features/patients/patient.ts';
import { reasonOf } from '#src/features/patients/list-page.ts';
import { patientRecord } from '#src/features/patients/patient-queries.ts';
import { readingOf } from '#src/features/patients/reading.ts';
import { noteOpened } from '#src/features/patients/recent-patients.ts';
import { explainFailure } from '#src/fhir/explain.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { useSignedIn } from '#src/identity/signed-in.ts';
import { clockHere } from '#src/lib/time.ts';
import { DataAge } from '#src/ui/DataAge.tsx';
import { ErrorState, StaleBar } from '#src/ui/states.tsx';
import { ChartContent } from './ChartContent.tsx';
import { ChartTabs } from './ChartTabs.tsx';
import { CourseBar } from './CourseBar.tsx';
import { PatientBanner } from './PatientBanner.tsx';
import { isComplete, patientRecordParts } from './patient-record-query.ts';
import { OfDeceased } from './use-empty-words.ts';
import { usePrinting } from './use-printing.ts';
import styles from './PatientScreen.module.css';

const WAITING_LINES = 8;

type ReadPatient =
  | { readonly kind: 'patient'; readonly patient: Patient }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The chart of the patient in the address; another patient is another chart, with nothing left of the one before. */
export function PatientScreen() {
  const { patientId } = useParams({ from: '/patients/$patientId' });
  return <Chart key={patientId} patientId={patientId} />;
}

function Chart({ patientId }: { readonly patientId: string }) {
  const search = useSearch({ from: '/patients/$patientId' });
  const navigate = useNavigate({ from: '/patients/$patientId' });
  const clinic = useClinic();
  const { role } = useSignedIn();
  const printing = usePrinting();
  const record = useQuery(patientRecord(clinic, patientId));
  const parts = useQuery(patientRecordParts(clinic, patientId, role));
  const found = record.data !== undefined;
  useEffect(() => {
    if (found) noteOpened(patientId);
  }, [found, patientId]);

  const { timeZone } = clinic.config.clinic;
  const clock = (epochMs: number) => clockHere(Temporal.Instant.fromEpochMilliseconds(epochMs), timeZone);
  const failure = record.isError ? explainFailure(record.error, clock(record.errorUpdatedAt)) : undefined;
  const retry = () => void Promise.all([record.refetch(), parts.refetch()]);

  const updatedAt = Math.min(record.dataUpdatedAt, parts.dataUpdatedAt || Infinity);
  const incomplete = Object.values(parts.data ?? {}).some((part) => !isComplete(part));
  const read = record.data && readPatient(clinic, record.data);
  const courses = parts.data?.courses.items ?? [];
  const failed = parts.isError && parts.data === undefined;
  return (
    <OfDeceased value={read?.kind === 'patient' && read.patient.deceased !== false}>
      {/* One heading through all states: it keeps the focus that opening the page gave it. */}
      <PatientBanner
        patient={read?.kind === 'patient' ? read.patient : undefined}
        title={read === undefined && failure === undefined ? 'Patient' : 'Patient not shown'}
        parts={parts.data}
      />
      {read === undefined && failure === undefined && <ChartOnItsWay />}
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
        <>
          <CourseBar parts={parts.data} course={currentCourse(courses) ?? courses[0]} failed={failed} />
          <div className={styles.sections}>
            <ChartTabs current={search.section} parts={parts.data} />
            <p className={styles.age}>
              {printing ? `As of ${clock(updatedAt)}` : <DataAge at={updatedAt} clock={clock} />}
            </p>
          </div>
          <div className={styles.content}>
            {(failure !== undefined || parts.isError) && (
              <StaleBar
                title={`Not updated since ${clock(updatedAt)}.`}
                action={{ label: 'Retry', onClick: retry }}
              >
                {failure?.detail ?? explainFailure(parts.error, clock(parts.errorUpdatedAt)).detail}
              </StaleBar>
            )}
            {failure === undefined && !parts.isError && incomplete && (
              <StaleBar title="Not everything could be loaded." action={{ label: 'Retry', onClick: retry }}>
                The parts of the chart say what is missing.
              </StaleBar>
            )}
            <ChartContent
              search={search}
              onSearch={(change) =>
                void navigate({
                  to: '.',
                  search: (before) => ({ ...before, ...change }),
                  replace: true,
                  resetScroll: false,
                })
              }
              printing={printing}
              patient={read.patient}
              parts={parts.data}
              failed={failed}
            />
          </div>
        </>
      )}
    </OfDeceased>
  );
}

/** Lines where the chart will stand, and the word for them; both after 300 ms only, since most charts come before. */
function ChartOnItsWay() {
  return (
    <div role="status" className={styles.onItsWay}>
      <p>Loading…</p>
      <div aria-hidden className={styles.lines}>
        {Array.from({ length: WAITING_LINES }, (_, line) => (
          <span key={line} />
        ))}
      </div>
    </div>
  );
}

function readPatient(clinic: Clinic, resource: RawResource): ReadPatient {
  try {
    return { kind: 'patient', patient: toPatient(resource, readingOf(clinic)) };
  } catch (error) {
    return { kind: 'unreadable', reason: reasonOf(error) };
  }
}
