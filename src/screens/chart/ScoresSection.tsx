import type { ReactNode } from 'react';
import { useClinic } from '#src/config/clinic.ts';
import { baselineBefore, baselineFrom, sideOf, type Baseline } from '#src/features/scores/baseline.ts';
import { countedPain, type CountedPain } from '#src/features/scores/counted-pain.ts';
import { relief, reliefPercent } from '#src/features/scores/relief.ts';
import type { Score } from '#src/features/scores/score.ts';
import { numberText, TAKEN_WORDS, valueText } from '#src/features/scores/score-words.ts';
import { opioidDoseOn } from '#src/features/scores/scores-at.ts';
import { clinicDay, formatDay } from '#src/lib/time.ts';
import { reachesBackTo } from './loaded-pain.ts';
import type { RecordPart } from './patient-record-query.ts';
import { TableSection, type SectionColumn } from './TableSection.tsx';
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
          series={starts && series}
          unread={part !== undefined && part.problems.length > 0}
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
    { id: 'mme', header: 'MME', align: 'end', cell: OpioidDose },
  ];
}

/** An opioid dose is carried on for so long; of an older one the date stands beside it. */
const DOSE_DAYS = 28;

function OpioidDose({ opioidDose, pain }: ScoreRow) {
  if (opioidDose === undefined) return null;
  const { day } = opioidDose;
  const isOld = day !== undefined && Temporal.PlainDate.compare(day.add({ days: DOSE_DAYS }), pain.day) < 0;
  return (
    <>
      {valueText(opioidDose)}
      {isOld && <span className="cs-unit"> of {formatDay(day)}</span>}
    </>
  );
}

interface Series {
  readonly start: Temporal.Instant;
  /** All scores before it were fetched. */
  readonly loaded: boolean;
  readonly baseline: Baseline | undefined;
}

/** The baseline of the series that had begun when a score was taken; none for one that belongs to a baseline itself. */
function baselineFor(pain: CountedPain, series: readonly Series[], timeZone: string): Baseline | undefined {
  const begun = series.find(({ start }) => sideOf(pain, start, timeZone) !== 'before');
  return begun && sideOf(pain, begun.start, timeZone) === 'after' ? begun.baseline : undefined;
}

interface BaselineNoteProps {
  /** The latest first; nothing where they are not known. */
  readonly series: readonly Series[] | undefined;
  /** Some scores could not be read, and may be of those days. */
  readonly unread: boolean;
  readonly shown: boolean;
}

function BaselineNote({ series, unread, shown }: BaselineNoteProps) {
  const { timeZone } = useClinic().config.clinic;
  if (!shown) return null;
  return <p className={styles.below}>{baselineWords(series, unread, timeZone)}</p>;
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
