import { Link, useCanGoBack, useRouter, useRouterState } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useClinic } from '#src/config/clinic.ts';
import { currentCourse } from '#src/features/courses/course-detail.ts';
import type { Patient } from '#src/features/patients/patient.ts';
import { PatientName } from '#src/features/patients/PatientName.tsx';
import { ageOn, clinicDay, formatDay, formatPartialDate, parseDay } from '#src/lib/time.ts';
import { Button } from '#src/ui/Button.tsx';
import { PageHeader } from '#src/ui/PageHeader.tsx';
import { BannerFacts } from './BannerFacts.tsx';
import type { RecordParts } from './patient-record-query.ts';
import styles from './PatientBanner.module.css';

interface PatientBannerProps {
  /** Nobody yet, or nobody who can be shown: the title stands alone. */
  readonly patient: Patient | undefined;
  readonly title: string;
  /** Not here yet, or failed: the banner then says nothing about allergies, rather than "none". */
  readonly parts: RecordParts | undefined;
}

/** Who this is, so that no patient is taken for another. */
export function PatientBanner({ patient, title, parts }: PatientBannerProps) {
  const clinic = useClinic();
  const today = clinicDay(clinic.now(), clinic.config.clinic.timeZone);
  const course = patient && parts && currentCourse(parts.courses.items);
  return (
    <div className={styles.banner} data-phase={course?.phase}>
      <div className={styles.who}>
        <PageHeader title={patient ? <PatientName name={patient.name} /> : title} pageTitle="Patient">
          {patient && <Identity patient={patient} today={today} />}
          <Back />
        </PageHeader>
      </div>
      {patient && (
        <div role="group" aria-label="To know first" className={styles.facts} data-line="second">
          {parts !== undefined && (
            <BannerFacts parts={parts} deceased={patient.deceased !== false} today={today} />
          )}
        </div>
      )}
    </div>
  );
}

interface IdentityProps {
  readonly patient: Patient;
  readonly today: Temporal.PlainDate;
}

function Identity({ patient, today }: IdentityProps) {
  const { timeZone } = useClinic().config.clinic;
  return (
    <p className={styles.facts}>
      {patient.name.preferred !== undefined && (
        <span>
          called <bdi>{patient.name.preferred}</bdi>
        </span>
      )}
      <BirthDate patient={patient} today={today} />
      <span>{patient.sex ?? 'sex not recorded'}</span>
      <span>{patient.mrn === undefined ? 'no MRN' : `MRN ${patient.mrn}`}</span>
      {patient.deceased !== false && (
        <strong className={styles.deceased}>deceased{deathDay(patient.deceased.on, timeZone)}</strong>
      )}
      {!patient.active && <strong className={styles.inactive}>record inactive</strong>}
    </p>
  );
}

/** Back to where the record was opened, past its own sections; without such a place, to all patients. */
function Back() {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const index = useRouterState({ select: ({ location }) => location.state.__TSR_index });
  const [openedAt] = useState(index);
  const steps = Math.min(openedAt, index) - index - 1;
  return (
    <span className={styles.back}>
      {canGoBack && index + steps >= 0 ? (
        <Button
          kind="quiet"
          icon={<ArrowLeft size={16} aria-hidden />}
          onClick={() => router.history.go(steps)}
        >
          Back
        </Button>
      ) : (
        <Link to="/patients">All patients</Link>
      )}
    </span>
  );
}

function BirthDate({ patient, today }: IdentityProps) {
  if (patient.birthDate === undefined) return <strong className={styles.missing}>birth date missing</strong>;
  const age = patient.deceased === false ? ageOn(patient.birthDate, today) : undefined;
  return (
    <span>
      {formatPartialDate(patient.birthDate)}
      {age !== undefined && <span className="cs-unit"> {age} y</span>}
    </span>
  );
}

function deathDay(on: string | undefined, timeZone: string): string {
  const day = parseDay(on, timeZone);
  return day === undefined ? '' : ` ${formatDay(day)}`;
}
