import { useClinic } from '#src/config/clinic.ts';
import { consentStanding, type ConsentDetail } from '#src/features/patients/consent-detail.ts';
import { clinicDay, formatDay } from '#src/lib/time.ts';
import type { RecordPart } from './patient-record-query.ts';
import { SectionOfPart } from './SectionOfPart.tsx';
import styles from './section-lines.module.css';

interface ConsentsSectionProps {
  readonly part: RecordPart<ConsentDetail> | undefined;
  readonly failed: boolean;
}

const TONES = { valid: undefined, ahead: undefined, ending: 'late', over: 'late', refused: 'wrong' } as const;

/** Consents and refusals, what they hold for, and whether they do. */
export function ConsentsSection({ part, failed }: ConsentsSectionProps) {
  const { config, now } = useClinic();
  const today = clinicDay(now(), config.clinic.timeZone);
  return (
    <SectionOfPart
      title="Consent"
      part={part}
      failed={failed}
      shows={(items) => items.toSorted((a, b) => rank(b.until) - rank(a.until))}
      none="No consent recorded."
    >
      {(consent) => {
        const { kind, text } = consentStanding(consent, today);
        const tone = TONES[kind];
        return (
          <>
            <span className={kind === 'over' ? styles.past : undefined}>{consent.about}</span>
            <strong className={`${styles.aside} ${tone === undefined ? '' : styles[tone]}`}>{text}</strong>
            <span className={styles.detail}>
              {periodText(consent)}
              {consent.given !== undefined && `, recorded ${formatDay(consent.given)}`}
              {consent.treatment === undefined && !consent.inactive && ', not about treatment'}
            </span>
          </>
        );
      }}
    </SectionOfPart>
  );
}

function periodText({ from, until }: ConsentDetail): string {
  const start = from === undefined ? 'beginning not recorded' : `from ${formatDay(from)}`;
  return until === undefined ? `${start}, without an end` : `${start} to ${formatDay(until)}`;
}

/** Without an end a consent lasts longest. */
function rank(until: Temporal.PlainDate | undefined): number {
  return until === undefined ? Infinity : until.year * 10_000 + until.month * 100 + until.day;
}
