import type { ReactNode } from 'react';
import { protocolApproval } from '#src/config/protocol-config.ts';
import { useClinic } from '#src/config/clinic.ts';
import type { CourseDetail } from '#src/features/courses/course-detail.ts';
import { clinicDay, formatDay } from '#src/lib/time.ts';
import { courseDates, endingText, intervalText, protocolOf, seriesText } from './course-words.ts';
import { isWhole, type RecordParts } from './patient-record-query.ts';
import { PartNotices } from './PartNotices.tsx';
import { useEmptyWords } from './use-empty-words.ts';
import styles from './CourseBar.module.css';

interface CourseBarProps {
  /** Nothing yet, or it will not come. */
  readonly parts: RecordParts | undefined;
  readonly course: CourseDetail | undefined;
  readonly failed: boolean;
}

/** The course under way, or the last one: what for, its phases, and how far it is. */
export function CourseBar({ parts, course, failed }: CourseBarProps) {
  const emptyWords = useEmptyWords();
  return (
    <section className={styles.bar} aria-label="Course">
      {parts === undefined && <p className={styles.waiting}>{failed ? 'Course not loaded.' : 'Loading…'}</p>}
      {parts !== undefined && course === undefined && isWhole(parts.courses) && (
        <p className={styles.waiting}>{emptyWords('No course yet.')}</p>
      )}
      {parts !== undefined && course !== undefined && <Course parts={parts} course={course} />}
      {parts !== undefined && !isWhole(parts.courses) && (
        <div className={styles.notices}>
          <PartNotices part={parts.courses} />
        </div>
      )}
    </section>
  );
}

function Course({ parts, course }: { readonly parts: RecordParts; readonly course: CourseDetail }) {
  const { protocols } = useClinic().config;
  const emptyWords = useEmptyWords();
  const dates = courseDates(course, parts.sessions.items);
  const protocol = protocolOf(course, protocols);
  const diagnosis = parts.diagnoses.items.find(({ id }) => id === course.conditionId);
  const recorded = course.conditionId !== undefined && !isWhole(parts.diagnoses);
  const { phase, planned, seriesSessions, maintenanceSessions } = course;
  const done = seriesSessions.length;
  const count = maintenanceSessions.length;
  const ending = endingText(course);
  return (
    <>
      <div className={styles.what}>
        <p>
          {diagnosis?.name ?? (recorded ? 'Diagnosis not loaded' : 'Diagnosis not recorded')}{' '}
          {diagnosis?.icd !== undefined && <span className="cs-unit">{diagnosis.icd}</span>}
        </p>
        <p className={styles.detail}>
          <ProtocolName course={course} />
        </p>
      </div>
      <ol className={styles.phases}>
        <Phase name="consultation" title="Consultation" current={phase === 'consultation'}>
          {course.from !== undefined && formatDay(course.from)}
        </Phase>
        <Phase
          name="induction"
          title="Induction"
          current={phase === 'induction'}
          squares={{ done, planned: Math.max(planned ?? 0, done) }}
          progress={`${done} of ${planned ?? 'an unknown number'}`}
        >
          {seriesText(course, dates, parts.outcomes.items, parts.courses.items)}
        </Phase>
        <Phase
          name="maintenance"
          title="Maintenance"
          current={phase === 'maintenance'}
          squares={{ done: count, planned: count }}
          progress={
            count > 0
              ? `${count} ${count === 1 ? 'session' : 'sessions'}`
              : phase === 'maintenance'
                ? emptyWords('none yet')
                : ''
          }
        >
          {intervalText(course, protocol)}
        </Phase>
      </ol>
      {ending !== '' && (
        <p className={styles.ending} data-paused={course.paused}>
          {ending}
        </p>
      )}
      {phase === undefined && <p className={styles.ending}>phase not recorded</p>}
    </>
  );
}

interface PhaseProps {
  readonly name: 'consultation' | 'induction' | 'maintenance';
  readonly title: string;
  readonly current: boolean;
  readonly squares?: { readonly done: number; readonly planned: number };
  readonly progress?: string;
  readonly children: ReactNode;
}

/** More squares than this would say less than the words beside them. */
const MOST_SQUARES = 12;

function Phase({ name, title, current, squares, progress, children }: PhaseProps) {
  const drawn = squares !== undefined && squares.planned <= MOST_SQUARES ? squares : { done: 0, planned: 0 };
  return (
    <li className={styles.phase} data-phase={name} aria-current={current ? 'step' : undefined}>
      <p className={styles.title}>
        <span className={styles.name}>{title}</span>
        {drawn.planned > 0 && (
          <span className={styles.squares} aria-hidden>
            {Array.from({ length: drawn.planned }, (_, square) => (
              <span key={square} data-done={square < drawn.done} />
            ))}
          </span>
        )}
        <span>{progress}</span>
      </p>
      <p className={styles.detail}>{children}</p>
    </li>
  );
}

function ProtocolName({ course }: { readonly course: CourseDetail }) {
  const { config, now } = useClinic();
  const protocol = protocolOf(course, config.protocols);
  if (protocol === undefined) return 'protocol not in the configuration';
  const { approved, sentence } = protocolApproval(protocol, clinicDay(now(), config.clinic.timeZone));
  return (
    <>
      {protocol.name}
      {!approved && (
        <strong className={styles.unapproved} title={sentence}>
          {' '}
          not approved
        </strong>
      )}
    </>
  );
}
