import { formatPartialDate } from '#src/lib/time.ts';
import type { AllergyDetail } from '#src/features/patients/allergy-detail.ts';
import { allergyState } from '#src/features/patients/allergy.ts';
import type { RecordPart } from './patient-record-query.ts';
import { SectionOfPart } from './SectionOfPart.tsx';
import styles from './section-lines.module.css';

interface AllergiesSectionProps {
  readonly part: RecordPart<AllergyDetail> | undefined;
  readonly failed: boolean;
  /** Also those that are over, refuted or a mistake. */
  readonly all: boolean;
}

const ORDER: Readonly<Record<AllergyDetail['standing'], number>> = { current: 0, past: 1, mistake: 2 };

/** What a patient must not be given, with how it shows itself. */
export function AllergiesSection({ part, failed, all }: AllergiesSectionProps) {
  return (
    <SectionOfPart
      title="Allergies"
      part={part}
      failed={failed}
      shows={(items) =>
        items
          .filter(({ standing }) => all || standing === 'current')
          .toSorted((a, b) => ORDER[a.standing] - ORDER[b.standing])
      }
      none={
        part !== undefined && allergyState(part.items).kind === 'none'
          ? 'No current allergies.'
          : 'Nobody has asked yet.'
      }
    >
      {({ name, standing, reactions, highRisk, status, recorded }) => (
        <>
          <span className={standing === 'current' ? undefined : styles.past}>
            {standing === 'mistake' ? <s>{name}</s> : name}
            {highRisk && standing === 'current' && <strong className={styles.wrong}> high risk</strong>}
          </span>
          <span className={styles.aside}>
            {[...reactions, ...(status === undefined ? [] : [status])].join('; ')}
          </span>
          {all && recorded !== undefined && (
            <span className={styles.detail}>recorded {formatPartialDate(recorded.slice(0, 10))}</span>
          )}
        </>
      )}
    </SectionOfPart>
  );
}
