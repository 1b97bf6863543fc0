import { SCORE_KINDS, type ScoreKind } from '#src/features/scores/score-kind.ts';
import { cutOffWords, SCORES } from '#src/features/scores/score-kinds.ts';
import { compareInTime, type Score } from '#src/features/scores/score.ts';
import {
  dateText,
  labelWithRange,
  remarkOn,
  takenText,
  valueText,
} from '#src/features/scores/score-words.ts';
import { ScoreExplanation } from '#src/features/scores/ScoreExplanation.tsx';
import { FilterSelect } from '#src/ui/FilterSelect.tsx';
import type { RecordPart } from './patient-record-query.ts';
import { PagesOf, pagesOf, type Paging } from './PagesOf.tsx';
import { TableSection, type SectionColumn } from './TableSection.tsx';
import styles from './scores.module.css';

interface AllScoresProps {
  readonly part: RecordPart<Score> | undefined;
  readonly failed: boolean;
  /** Without it, as on paper, all of them are shown. */
  readonly filter?: {
    readonly kind: ScoreKind | undefined;
    readonly onKind: (kind: ScoreKind | undefined) => void;
  };
  readonly paging?: Paging;
}

const COLUMNS: readonly SectionColumn<Score>[] = [
  { id: 'date', header: 'Date', cell: dateText },
  { id: 'score', header: 'Score', selfEvident: true, cell: ({ kind }) => SCORES[kind].label },
  {
    id: 'value',
    header: 'Value',
    align: 'end',
    cell: (score) => (
      <>
        <strong>{valueText(score)}</strong>{' '}
        <span className="cs-unit">{score.value === undefined ? '' : unitOf(score.kind)}</span>
      </>
    ),
  },
  {
    id: 'means',
    header: 'By the cut-offs',
    cell: ({ kind, value }) => (value === undefined ? null : cutOffWords(kind, value)),
  },
  { id: 'taken', header: 'Taken', cell: takenText },
  { id: 'remark', header: 'Remark', neverStruck: true, cell: remarkOn },
];

function unitOf(kind: ScoreKind): string {
  const { unit, range, rangeText } = SCORES[kind];
  if (unit !== undefined) return unit;
  return kind === 'sedation' || kind === 'painDays' ? rangeText : `of ${range[1]}`;
}

/** Every score of a patient of every kind, the latest first, with those that do not count and the mistakes. */
export function AllScores({ part, failed, filter, paging }: AllScoresProps) {
  const kind = filter?.kind;
  const all = part?.items ?? [];
  // The one that is set stays to be seen, also where nothing answers it.
  const there = SCORE_KINDS.filter((one) => one === kind || all.some((score) => score.kind === one));
  const scores = all
    .filter((score) => kind === undefined || score.kind === kind)
    .toSorted(compareInTime)
    .toReversed();
  const pages = pagesOf(scores, paging);
  return (
    <TableSection
      title="All scores"
      note={scores.length > 0 && `${scores.length} ${scores.length === 1 ? 'score' : 'scores'}`}
      part={part}
      failed={failed}
      columns={COLUMNS}
      rows={pages.rows}
      rowKey={({ id }) => id}
      struck={({ status }) => status !== 'current'}
      none={kind === undefined ? 'No score yet.' : `No score yet of ${SCORES[kind].label}.`}
      above={
        filter !== undefined &&
        there.length > 0 && (
          <div className={styles.tools}>
            <FilterSelect
              label="Score"
              options={there.map((value) => ({ value, label: labelWithRange(value) }))}
              value={kind}
              anyLabel="all"
              onChange={(value) => filter.onKind(SCORE_KINDS.find((one) => one === value))}
            />
            {kind !== undefined && <ScoreExplanation kind={kind} />}
          </div>
        )
      }
      below={<PagesOf pages={pages} />}
    />
  );
}
