import { formatPartialDate } from '#src/lib/time.ts';
import type { ConditionDetail } from '#src/features/patients/condition-detail.ts';
import type { RecordPart } from './patient-record-query.ts';
import { SectionOfPart } from './SectionOfPart.tsx';
import styles from './section-lines.module.css';

interface DiagnosesSectionProps {
  readonly part: RecordPart<ConditionDetail> | undefined;
  readonly failed: boolean;
  /** Also those that are over, refuted or a mistake. */
  readonly all: boolean;
}

/** What a patient lives with, and with `all` what was got over. */
export function DiagnosesSection({ part, failed, all }: DiagnosesSectionProps) {
  return (
    <SectionOfPart
      title="Diagnoses"
      part={part}
      failed={failed}
      shows={(items) =>
        items
          .filter(({ current }) => all || current)
          .toSorted((a, b) => Number(b.current) - Number(a.current))
      }
      none={all ? 'No diagnosis recorded.' : 'No active diagnosis recorded.'}
    >
      {({ name, icd, current, status, since, until }) => (
        <>
          <span className={current ? undefined : styles.past}>
            {name} {icd !== undefined && <span className="cs-unit">{icd}</span>}
          </span>
          <span className={styles.aside}>
            {[
              ...(status === undefined ? [] : [status]),
              ...(until === undefined ? [] : [`until ${dateText(until)}`]),
              ...(since === undefined ? [] : [`since ${dateText(since)}`]),
            ].join(', ')}
          </span>
        </>
      )}
    </SectionOfPart>
  );
}

/** Of an instant the day alone. */
function dateText(date: string): string {
  return formatPartialDate(date.slice(0, 10));
}
