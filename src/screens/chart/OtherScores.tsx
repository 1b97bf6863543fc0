import { useClinic } from '#src/config/clinic.ts';
import { baselineFrom } from '#src/features/scores/baseline.ts';
import type { ScoreKind } from '#src/features/scores/score-kind.ts';
import { SCORES } from '#src/features/scores/score-kinds.ts';
import type { Score } from '#src/features/scores/score.ts';
import { dateText, numberText } from '#src/features/scores/score-words.ts';
import { ScoreExplanation } from '#src/features/scores/ScoreExplanation.tsx';
import { lastBefore, latestOf } from '#src/features/scores/scores-at.ts';
import { clinicDay } from '#src/lib/time.ts';
import { NoValue } from './NoValue.tsx';
import { OldDate } from './OldDate.tsx';
import type { RecordPart } from './patient-record-query.ts';
import { shortDay } from './short-day.ts';
import { TableSection, type SectionColumn } from './TableSection.tsx';
import styles from './scores.module.css';

interface OtherScoresProps {
  readonly part: RecordPart<Score> | undefined;
  readonly failed: boolean;
  /** When the series of each course began, the latest first; nothing where that is not known. */
  readonly starts: readonly Temporal.Instant[] | undefined;
}

interface OtherScore {
  readonly kind: ScoreKind;
  readonly latest: Score & { readonly value: number };
  readonly baseline: (Score & { readonly value: number }) | undefined;
  /** When it was, where that is too long before the series to go without saying. */
  readonly baselineTaken: string | undefined;
  /** When the latest was. */
  readonly taken: string;
}

const KINDS: readonly ScoreKind[] = ['painDays', 'peg', 'csi', 'phq9', 'gad7'];

const COLUMNS: readonly SectionColumn<OtherScore>[] = [
  {
    id: 'score',
    header: 'Score',
    cell: ({ kind }) => (
      <span className={styles.name}>
        {SCORES[kind].label} <span className="cs-unit">{SCORES[kind].rangeText}</span>
        <ScoreExplanation kind={kind} />
      </span>
    ),
  },
  {
    id: 'latest',
    header: 'Latest',
    align: 'end',
    cell: ({ latest }) => <strong>{numberText(latest.value)}</strong>,
  },
  {
    id: 'baseline',
    header: 'Baseline',
    align: 'end',
    cell: ({ baseline, baselineTaken }) =>
      baseline === undefined ? (
        <NoValue />
      ) : (
        <>
          <span title={`taken ${dateText(baseline)}`}>{numberText(baseline.value)}</span>
          {baselineTaken !== undefined && <OldDate date={baselineTaken} />}
        </>
      ),
  },
  {
    id: 'taken',
    header: 'Taken',
    cell: ({ taken }) => <span className="cs-unit">{taken}</span>,
  },
];

/** What is followed beside the strength of the pain: the latest of each, and how it was before the last series. */
export function OtherScores({ part, failed, starts }: OtherScoresProps) {
  const clinic = useClinic();
  const { timeZone } = clinic.config.clinic;
  const today = clinicDay(clinic.now(), timeZone);
  const [start] = starts ?? [];
  const scores = part?.items ?? [];
  const rows = KINDS.flatMap((kind): OtherScore[] => {
    const latest = latestOf(scores, kind);
    if (latest === undefined) return [];
    const before = start && lastBefore(scores, kind, start, timeZone);
    // One that is the latest still has nothing to be compared with.
    const baseline = before?.id === latest.id ? undefined : before;
    const isOld =
      start !== undefined &&
      baseline?.day !== undefined &&
      Temporal.PlainDate.compare(baseline.day, baselineFrom(start, timeZone)) < 0;
    const baselineTaken = isOld ? dateText(baseline) : undefined;
    const taken = latest.day === undefined ? dateText(latest) : shortDay(latest.day, today);
    return [{ kind, latest, baseline, baselineTaken, taken }];
  });
  return (
    <TableSection
      title="Other scores"
      note={rows.length > 0 && 'lower is better'}
      part={part}
      failed={failed}
      columns={COLUMNS}
      rows={rows}
      rowKey={({ kind }) => kind}
      none="No other score yet."
      narrow="columns"
    />
  );
}
