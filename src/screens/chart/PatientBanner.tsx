import { Link, useCanGoBack, useRouter } from '@tanstack/react-router';
import { ArrowLeft, TriangleAlert } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { PhaseProgress } from '#src/features/courses/PhaseProgress.tsx';
import { allergyState } from '#src/features/patients/allergy.ts';
import type { Patient } from '#src/features/patients/patient.ts';
import { PatientName } from '#src/features/patients/PatientName.tsx';
import { daysWaitedOver, reminderText, type Reminder } from '#src/features/reminders/reminder.ts';
import { ageOn, clinicDay, clockHere, formatDay, formatPartialDate, parseDay } from '#src/lib/time.ts';
import { Badge } from '#src/ui/Badge.tsx';
import { Button } from '#src/ui/Button.tsx';
import { PageHeader } from '#src/ui/PageHeader.tsx';
import { isComplete, type RecordParts } from './patient-record-query.ts';
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
  const course = patient && parts?.courses.items.find(({ phase }) => phase !== 'ended');
  return (
    <div className={styles.banner} data-phase={course?.phase}>
      <PageHeader
        title={patient ? <PatientName name={patient.name} /> : title}
        pageTitle="Patient"
        actions={<Back />}
      >
        {patient && <Facts patient={patient} parts={parts} />}
      </PageHeader>
    </div>
  );
}

function Facts({ patient, parts }: { readonly patient: Patient; readonly parts: RecordParts | undefined }) {
  const clinic = useClinic();
  const { timeZone } = clinic.config.clinic;
  const today = clinicDay(clinic.now(), timeZone);
  const course = parts?.courses.items.find(({ phase }) => phase !== 'ended');
  const maintenance = parts?.reminders.items.find(({ kind }) => kind === 'maintenance');
  return (
    <>
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
        {!patient.active && <strong>record inactive</strong>}
      </p>
      <p className={styles.facts}>
        {parts !== undefined && <AllergyFacts part={parts.allergies} timeZone={timeZone} />}
        {course !== undefined && <PhaseProgress course={course} extraBooked={false} />}
        {maintenance !== undefined && <Due reminder={maintenance} today={today} />}
      </p>
    </>
  );
}

function Due({ reminder, today }: { readonly reminder: Reminder; readonly today: Temporal.PlainDate }) {
  const over = daysWaitedOver(reminder, today);
  return (
    <span>
      Maintenance {reminderText(reminder, today)}
      {over > 0 && <strong className={styles.missing}> {over} d over</strong>}
    </span>
  );
}

/** Back to where the record was opened, as it was left; without such a place, to all patients. */
function Back() {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  if (!canGoBack) return <Link to="/patients">All patients</Link>;
  return (
    <Button kind="quiet" icon={<ArrowLeft size={16} aria-hidden />} onClick={() => router.history.back()}>
      Back
    </Button>
  );
}

function BirthDate({ patient, today }: { readonly patient: Patient; readonly today: Temporal.PlainDate }) {
  if (patient.birthDate === undefined) return <strong className={styles.missing}>birth date missing</strong>;
  const age = patient.deceased === false ? ageOn(patient.birthDate, today) : undefined;
  return (
    <span>
      {formatPartialDate(patient.birthDate)}
      {age !== undefined && <span className="cs-unit"> {age} y</span>}
    </span>
  );
}

interface AllergyFactsProps {
  readonly part: RecordParts['allergies'];
  readonly timeZone: string;
}

/** Whatever is known is shown; where it may not be all, that stands beside it, and "none" is not claimed. */
function AllergyFacts({ part, timeZone }: AllergyFactsProps) {
  const state = allergyState(part.items);
  const { answeredAt, failure } = part;
  return (
    <>
      {state.kind === 'known' &&
        state.allergies.map(({ name, reaction }, index) => (
          <Badge key={index} tone="risk" icon={<TriangleAlert size={12} aria-hidden />}>
            {reaction === undefined ? name : `${name}: ${reaction}`}
          </Badge>
        ))}
      {isComplete(part) && state.kind === 'none' && <span>{state.text}</span>}
      {isComplete(part) && state.kind === 'notAsked' && <strong>Allergies not asked</strong>}
      {!isComplete(part) && (
        <strong className={styles.missing}>
          {failure === undefined
            ? 'Allergies not fully read'
            : answeredAt === undefined
              ? 'Allergies not loaded'
              : `Allergies as of ${clockHere(answeredAt, timeZone)}`}
        </strong>
      )}
    </>
  );
}

function deathDay(on: string | undefined, timeZone: string): string {
  const day = parseDay(on, timeZone);
  return day === undefined ? '' : ` ${formatDay(day)}`;
}
