import type { ReactNode } from 'react';
import { Link, useParams } from '@tanstack/react-router';
import { currentCourse } from '#src/features/courses/course-detail.ts';
import type { Patient } from '#src/features/patients/patient.ts';
import { seriesStarts } from '#src/features/sessions/series-start.ts';
import { AllScores } from './AllScores.tsx';
import { AllergiesSection } from './AllergiesSection.tsx';
import { AppointmentsSection } from './AppointmentsSection.tsx';
import type { ChartSearch, ChartSectionName } from './chart-search.ts';
import { ConsentsSection } from './ConsentsSection.tsx';
import { DiagnosesSection } from './DiagnosesSection.tsx';
import { DueSection } from './DueSection.tsx';
import { MedicationSection } from './MedicationSection.tsx';
import { NextAppointments } from './NextAppointments.tsx';
import { OrdersSection, PrescriptionsSection } from './OrdersSection.tsx';
import { OtherCourses } from './OtherCourses.tsx';
import { OtherScores } from './OtherScores.tsx';
import type { Paging } from './PagesOf.tsx';
import { PatientDetails } from './PatientDetails.tsx';
import type { RecordParts } from './patient-record-query.ts';
import { ScoresSection } from './ScoresSection.tsx';
import { SessionsSection } from './SessionsSection.tsx';
import styles from './ChartContent.module.css';

interface ChartContentProps {
  readonly search: ChartSearch;
  readonly onSearch: (change: Partial<ChartSearch>) => void;
  /** On paper all sections are shown, and all of each. */
  readonly printing: boolean;
  readonly patient: Patient;
  /** Nothing yet, or it will not come. */
  readonly parts: RecordParts | undefined;
  readonly failed: boolean;
}

const LATEST_SCORES = 11;
const LATEST_SESSIONS = 4;

/** What a chart shows below its banner. */
export function ChartContent({ search, onSearch, printing, patient, parts, failed }: ChartContentProps) {
  const courses = parts?.courses.items ?? [];
  const shown = currentCourse(courses) ?? courses[0];
  const others = courses.filter((course) => course !== shown);
  const view = { parts, failed };
  const paging: Paging = { page: search.page, onPage: (page) => onSearch({ page }) };
  const filter = {
    kind: search.score,
    onKind: (score: ChartSearch['score']) => onSearch({ score, page: undefined }),
  };
  const appointments = {
    part: parts?.appointments,
    failed,
    courses,
    sessions: parts?.sessions,
  };
  const starts = parts && startsOf(parts);
  const scores = { part: parts?.scores, failed, starts };
  const otherCourses = others.length > 0 && <OtherCourses courses={others} />;
  switch (printing ? 'all' : search.section) {
    case 'overview':
      return (
        <div className={styles.overview}>
          <div className={styles.column}>
            <ScoresSection
              {...scores}
              limit={LATEST_SCORES}
              all={<AllLink section="scores">all scores</AllLink>}
            />
            <SessionsSection
              {...view}
              limit={LATEST_SESSIONS}
              all={<AllLink section="sessions">all {parts?.sessions.items.length}</AllLink>}
            />
          </div>
          <div className={styles.column}>
            <OtherScores {...scores} />
            <AllergiesSection part={parts?.allergies} failed={failed} all={false} />
            <DiagnosesSection part={parts?.diagnoses} failed={failed} all={false} />
            <NextAppointments {...appointments} />
            <PatientDetails patient={patient} />
            {otherCourses}
          </div>
        </div>
      );
    case 'sessions':
      return <SessionsSection {...view} paging={paging} />;
    case 'appointments':
      return <AppointmentsSection {...appointments} paging={paging} />;
    case 'due':
      return <DueSection reminders={parts?.reminders} calls={parts?.calls} failed={failed} />;
    case 'scores':
      return <AllScores part={parts?.scores} failed={failed} filter={filter} paging={paging} />;
    case 'orders':
      return <Orders {...view} paging={paging} />;
    case 'all':
      return (
        <>
          <Orders {...view} />
          {otherCourses}
          <ScoresSection {...scores} limit={Infinity} />
          <OtherScores {...scores} />
          <AllScores part={parts?.scores} failed={failed} />
          <SessionsSection {...view} />
          <AppointmentsSection {...appointments} />
          <DueSection reminders={parts?.reminders} calls={parts?.calls} failed={failed} />
          <PatientDetails patient={patient} />
        </>
      );
  }
}

/** Without all courses and the sessions it is not known when a series began: that is not "no series yet". */
function startsOf({ courses, sessions }: RecordParts) {
  const known = courses.answeredAt !== undefined && courses.problems.length === 0 && !courses.more;
  return known && sessions.answeredAt !== undefined ? seriesStarts(courses.items, sessions.items) : undefined;
}

interface OrdersProps extends Pick<ChartContentProps, 'parts' | 'failed'> {
  readonly paging?: Paging;
}

function Orders({ parts, failed, ...pages }: OrdersProps) {
  return (
    <div className={styles.pair}>
      <div className={styles.wide}>
        <OrdersSection part={parts?.orders} failed={failed} />
      </div>
      <div className={styles.wide}>
        <MedicationSection part={parts?.medications} failed={failed} />
      </div>
      <div className={styles.wide}>
        <PrescriptionsSection part={parts?.prescriptions} orders={parts?.orders} failed={failed} {...pages} />
      </div>
      <ConsentsSection part={parts?.consents} failed={failed} />
      <AllergiesSection part={parts?.allergies} failed={failed} all />
      <DiagnosesSection part={parts?.diagnoses} failed={failed} all />
    </div>
  );
}

interface AllLinkProps {
  readonly section: ChartSectionName;
  readonly children: ReactNode;
}

/** To the section that holds all of what the overview shows the latest of. */
function AllLink({ section, children }: AllLinkProps) {
  const { patientId } = useParams({ from: '/patients/$patientId' });
  return (
    <Link to="/patients/$patientId" params={{ patientId }} search={{ section }} className={styles.all}>
      {children}
    </Link>
  );
}
