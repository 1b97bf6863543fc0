import type { ReactNode } from 'react';
import { useClinic } from '#src/config/clinic.ts';
import { baselineBefore, type Baseline } from '#src/features/scores/baseline.ts';
import { countedPain, type CountedPain } from '#src/features/scores/counted-pain.ts';
import { relief, reliefPercent } from '#src/features/scores/relief.ts';
import type { Score } from '#src/features/scores/score.ts';
import { numberText, TAKEN_WORDS, valueText } from '#src/features/scores/score-words.ts';
import { opioidDoseOn } from '#src/features/scores/scores-at.ts';
import { formatDay } from '#src/lib/time.ts';
import type { RecordPart } from './patient-record-query.ts';
import { TableSection, type SectionColumn } from './TableSection.tsx';
import styles from './scores.module.css';

interface ScoresSectionProps {
  readonly part: RecordPart<Score> | undefined;
  readonly failed: boolean;
  /** When the series of each course began, the latest first; nothing where sessions are not shown or not loaded. */
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
  const series = (starts ?? []).map((start) => ({ start, baseline: baselineBefore(pains, start, timeZone) }));
  const rows = pains
    .toReversed()
    .slice(0, limit)
    .map((pain): ScoreRow => {
      const fraction = relief(baselineFor(pain, series, timeZone)?.value, pain.value);
      return {
        pain,
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
      columns={columnsOf(year)}
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
          baseline={series[0]?.baseline}
          started={starts && starts.length > 0}
          shown={rows.length > 0}
        />
      }
    />
  );
}

interface ScoreRow {
  readonly pain: CountedPain;
  readonly percent: string | undefined;
  readonly opioidDose: Score | undefined;
}

/** Rows of one year name it once, in the head. */
function columnsOf(year: number | undefined): readonly SectionColumn<ScoreRow>[] {
  return [
    {
      id: 'date',
      header: year === undefined ? 'Date' : String(year),
      cell: ({ pain: { day } }) =>
        year === undefined ? formatDay(day) : formatDay(day).replace(/ \d+$/, ''),
    },
    { id: 'taken', header: 'Taken', cell: ({ pain }) => TAKEN_WORDS[pain.taken] },
    { id: 'nrs', header: 'NRS', align: 'end', cell: ({ pain }) => <strong>{numberText(pain.value)}</strong> },
    {
      id: 'relief',
      header: 'Relief',
      align: 'end',
      cell: ({ percent }) =>
        percent !== undefined && (
          <>
            {percent} <span className="cs-unit">%</span>
          </>
        ),
    },
    { id: 'mme', header: 'MME', align: 'end', cell: ({ opioidDose }) => opioidDose && valueText(opioidDose) },
  ];
}

interface Series {
  readonly start: Temporal.Instant;
  readonly baseline: Baseline | undefined;
}

/** The baseline of the series that had begun when a score was taken; none for one that belongs to a baseline itself. */
function baselineFor(
  { at, day }: CountedPain,
  series: readonly Series[],
  timeZone: string,
): Baseline | undefined {
  return series.find(({ start }) =>
    at === undefined
      ? Temporal.PlainDate.compare(start.toZonedDateTimeISO(timeZone).toPlainDate(), day) < 0
      : Temporal.Instant.compare(start, at) < 0,
  )?.baseline;
}

interface BaselineNoteProps {
  readonly baseline: Baseline | undefined;
  /** Nothing where it is not known. */
  readonly started: boolean | undefined;
  readonly shown: boolean;
}

function BaselineNote({ baseline, started, shown }: BaselineNoteProps) {
  if (!shown) return null;
  const words =
    baseline !== undefined
      ? `Baseline ${numberText(baseline.value)}, median of ${baseline.scores === 1 ? '1 score' : `${baseline.scores} scores`} in the 28 days before the series`
      : started === undefined
        ? 'Baseline unknown: it needs the sessions, which are not shown here'
        : started
          ? 'Baseline unknown: no score that counts in the 28 days before the series'
          : 'Baseline unknown: no series yet';
  return <p className={styles.below}>{words}</p>;
}
