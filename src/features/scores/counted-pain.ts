import { compareInTime, isValid, type Score } from './score.ts';

/** A pain score that counts, with its value and day known. */
export interface CountedPain {
  readonly score: Score;
  readonly value: number;
  readonly day: Temporal.PlainDate;
  readonly at: Temporal.Instant | undefined;
  readonly taken: 'beforeSession' | 'followUp';
}

/**
 * Which pain counts: scores taken before a session or at follow-up, on a known day, the oldest first. Pain among the
 * vitals and after a session never does (a zero while dissociated is no relief), nor one of which nobody recorded when
 * it was taken.
 */
export function countedPain(scores: readonly Score[]): readonly CountedPain[] {
  return scores
    .filter(({ kind, vital }) => kind === 'pain' && !vital)
    .toSorted(compareInTime)
    .flatMap((score) => {
      const { taken, day, at } = score;
      return isValid(score) && day !== undefined && (taken === 'beforeSession' || taken === 'followUp')
        ? [{ score, value: score.value, day, at, taken }]
        : [];
    });
}
