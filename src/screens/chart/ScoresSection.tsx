import type { ReactNode } from 'react';
import { useClinic } from '#src/config/clinic.ts';
import { baselineBefore, baselineFrom } from '#src/features/scores/baseline.ts';
import { countedPain, type CountedPain } from '#src/features/scores/counted-pain.ts';
import { relief, reliefPercent } from '#src/features/scores/relief.ts';
import type { Score } from '#src/features/scores/score.ts';
import { numberText } from '#src/features/scores/score-words.ts';
import { opioidDoseOn } from '#src/features/scores/scores-at.ts';
import { clinicDay, formatDay } from '#src/lib/time.ts';
import { reachesBackTo } from './loaded-pain.ts';
import type { RecordPart } from './patient-record-query.ts';
import { scoreColumns, type ScoreRow } from './score-columns.tsx';
import { earlierSeries, measureOf, type Series } from './score-series.ts';
import { shortDay } from './short-day.ts';
import { TableSection } from './TableSection.tsx';
import { useEmptyWords } from './use-empty-words.ts';
import styles from './scores.module.css';

interface ScoresSectionProps {
  readonly part: RecordPart<Score> | undefined;
  readonly failed: boolean;
  /** When the series of each course began, the latest first; nothing where that is not known. */
  readonly starts: readonly Temporal.Instant[] | undefined;
  /** The latest so many. */
  readonly limit: number;
  /** Leads to all of them. */
  readonly all?: ReactNode;
}

/** The pain scores that count, the latest first, with the relief they mean and the opioid dose of that day. */
export function ScoresSection({ part, failed, starts, limit, all }: ScoresSectionProps) {
  const { config } = useClinic();
  const { timeZone } = config.clinic;
  const scores = part?.items ?? [];
  const pains = countedPain(scores);
  const series = (starts ?? []).map((start): Series => {
    const loaded = part !== undefined && reachesBackTo(part, baselineFrom(start, timeZone));
    return { start, loaded, baseline: loaded ? baselineBefore(pains, start, timeZone) : undefined };
  });
  const rows = pains
    .toReversed()
    .slice(0, limit)
    .map((pain): ScoreRow => {
      const measure = measureOf(pain, series, timeZone);
      const against = measure?.kind === 'series' ? measure.series.baseline : undefined;
      const fraction = relief(against?.value, pain.value);
      return {
        pain,
        isBaseline: measure?.kind === 'baseline',
        percent: fraction === undefined ? undefined : reliefPercent(fraction, config.responseThreshold),
        opioidDose: opioidDoseOn(scores, pain.day),
      };
    });
  const years = new Set(rows.map(({ pain }) => pain.day.year));
  const [year] = years.size === 1 ? years : [];
  const others = scores.filter(({ kind }) => kind === 'pain').length;
  return (
    <TableSection
      title="Scores"
      note={
        <>
          {rows.length < pains.length && `${rows.length} of ${pains.length} `}
          {all}
        </>
      }
      part={part}
      failed={failed}
      columns={scoreColumns(year)}
      rows={rows}
      rowKey={({ pain }) => pain.score.id}
      none={
        others === 0
          ? 'No pain score yet.'
          : 'No pain score was taken before a session or at follow-up: others do not count.'
      }
      narrow="columns"
      below={
        <BaselineNote
          series={starts && series}
          unread={part !== undefined && part.problems.length > 0}
          shown={rows.map(({ pain }) => pain)}
        />
      }
    />
  );
}

interface BaselineNoteProps {
  /** The latest first; nothing where they are not known. */
  readonly series: readonly Series[] | undefined;
  /** Some scores could not be read, and may be of those days. */
  readonly unread: boolean;
  readonly shown: readonly CountedPain[];
}

function BaselineNote({ series, unread, shown }: BaselineNoteProps) {
  const { config, now } = useClinic();
  const { timeZone } = config.clinic;
  const emptyWords = useEmptyWords();
  if (shown.length === 0) return null;
  const today = clinicDay(now(), timeZone);
  return (
    <div className={styles.below}>
      <p>{emptyWords(baselineWords(series, unread, timeZone))}</p>
      {earlierSeries(shown, series ?? [], timeZone).map(({ before, start, baseline }) => (
        <p key={start.epochMilliseconds}>
          Rows before {shortDay(before, today)}: baseline{' '}
          {baseline === undefined ? 'unknown' : numberText(baseline.value)}, series of{' '}
          {formatDay(clinicDay(start, timeZone))}
        </p>
      ))}
    </div>
  );
}

function baselineWords(series: readonly Series[] | undefined, unread: boolean, timeZone: string): string {
  if (series === undefined) {
    return 'Baseline unknown: it needs the courses and their sessions, which are not all shown here';
  }
  const [latest] = series;
  if (latest === undefined) return 'Baseline unknown: no series yet';
  const { start, loaded, baseline } = latest;
  const days = `in the 28 days before the series of ${formatDay(clinicDay(start, timeZone))}`;
  if (!loaded) return `Baseline unknown: not all scores ${days} were loaded`;
  if (baseline === undefined) {
    return `Baseline unknown: no score that counts${unread ? ' and could be read' : ''} ${days}`;
  }
  const { value, scores } = baseline;
  const count = scores === 1 ? '1 score' : `${scores} scores`;
  return `Baseline ${numberText(value)}, median of ${count} ${days}${unread ? ', of those that could be read' : ''}`;
}
