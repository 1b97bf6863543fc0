import { TriangleAlert } from 'lucide-react';
import type { AllergyDetail } from '#src/features/patients/allergy-detail.ts';
import { allergyState } from '#src/features/patients/allergy.ts';
import { clockHere } from '#src/lib/time.ts';
import { Badge } from '#src/ui/Badge.tsx';
import { isWhole, type RecordParts } from './patient-record-query.ts';
import styles from './PatientBanner.module.css';

interface AllergyFactsProps {
  readonly part: RecordParts['allergies'];
  readonly timeZone: string;
}

/** Whatever is known is shown; where it may not be all, that stands beside it, and "none" is not claimed. */
export function AllergyFacts({ part, timeZone }: AllergyFactsProps) {
  const state = allergyState(part.items);
  const { answeredAt, failure } = part;
  const whole = isWhole(part);
  return (
    <>
      {state.kind === 'known' &&
        state.allergies.toSorted(riskFirst).map(({ name, reaction, highRisk }, index) => (
          <Badge key={index} tone="risk" icon={<TriangleAlert size={12} aria-hidden />}>
            {reaction === undefined ? name : `${name}: ${reaction}`}
            {highRisk && ' (high risk)'}
          </Badge>
        ))}
      {whole && state.kind === 'none' && <span>{state.text}</span>}
      {whole && state.kind === 'notAsked' && <strong>Allergies not asked</strong>}
      {!whole && (
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

function riskFirst(one: AllergyDetail, other: AllergyDetail): number {
  return Number(other.highRisk) - Number(one.highRisk);
}
