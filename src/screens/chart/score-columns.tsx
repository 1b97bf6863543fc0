import type { CountedPain } from '#src/features/scores/counted-pain.ts';
import type { Score } from '#src/features/scores/score.ts';
import { numberText, TAKEN_WORDS, valueText } from '#src/features/scores/score-words.ts';
import { formatDay } from '#src/lib/time.ts';
import { NoValue } from './NoValue.tsx';
import { OldDate } from './OldDate.tsx';
import { shortDay } from './short-day.ts';
import type { SectionColumn } from './TableSection.tsx';

export interface ScoreRow {
  readonly pain: CountedPain;
  /** It belongs to the baseline of a series, and so has no relief. */
  readonly isBaseline: boolean;
  readonly percent: string | undefined;
  readonly opioidDose: Score | undefined;
}

/** The columns of the pain scores; rows of one year name it once, in the head. */
export function scoreColumns(year: number | undefined): readonly SectionColumn<ScoreRow>[] {
  return [
    {
      id: 'date',
      header: year === undefined ? 'Date' : String(year),
      cell: ({ pain: { day } }) =>
        year === undefined ? formatDay(day) : formatDay(day).replace(/ \d+$/, ''),
    },
    { id: 'taken', header: 'Taken', cell: ({ pain }) => TAKEN_WORDS[pain.taken] },
    { id: 'nrs', header: 'NRS', align: 'end', cell: ({ pain }) => <strong>{numberText(pain.value)}</strong> },
    { id: 'relief', header: 'Relief', align: 'end', cell: Relief },
    { id: 'mme', header: 'MME', align: 'end', cell: OpioidDose },
  ];
}

function Relief({ isBaseline, percent }: ScoreRow) {
  if (isBaseline) return <span className="cs-unit">baseline</span>;
  if (percent === undefined) return <NoValue />;
  const isWorse = percent.startsWith('−');
  return (
    <span title={isWorse ? 'worse than the baseline' : undefined}>
      {percent} <span className="cs-unit">%</span>
      {isWorse && <span className="cs-visually-hidden"> worse</span>}
    </span>
  );
}

/** An opioid dose is carried on for so long; of an older one the date stands with it. */
const DOSE_DAYS = 28;

function OpioidDose({ opioidDose, pain }: ScoreRow) {
  if (opioidDose === undefined) return <NoValue />;
  const { day } = opioidDose;
  const isOld = day !== undefined && Temporal.PlainDate.compare(day.add({ days: DOSE_DAYS }), pain.day) < 0;
  return (
    <>
      {valueText(opioidDose)}
      {isOld && <OldDate date={shortDay(day, pain.day)} />}
    </>
  );
}
