import type { ScoreKind } from './score-kind.ts';
import { compareInTime, isValid, type Score } from './score.ts';

type ValidScore = Score & { readonly value: number };

/** The valid scores of a kind, the oldest first. */
function ofKind(scores: readonly Score[], kind: ScoreKind): readonly ValidScore[] {
  return scores
    .filter(isValid)
    .filter((score) => score.kind === kind)
    .toSorted(compareInTime);
}

/** The latest valid score of a kind. */
export function latestOf(scores: readonly Score[], kind: ScoreKind): ValidScore | undefined {
  return ofKind(scores, kind).at(-1);
}

/** The last valid score of a kind before a moment, or on its day without a time. */
export function lastBefore(
  scores: readonly Score[],
  kind: ScoreKind,
  moment: Temporal.Instant,
  timeZone: string,
): ValidScore | undefined {
  const momentDay = moment.toZonedDateTimeISO(timeZone).toPlainDate();
  return ofKind(scores, kind).findLast(({ at, day }) =>
    at === undefined
      ? day !== undefined && Temporal.PlainDate.compare(day, momentDay) <= 0
      : Temporal.Instant.compare(at, moment) <= 0,
  );
}

/** The daily opioid dose on a day: the latest record until then, which may say that it was not computed. */
export function opioidDoseOn(scores: readonly Score[], on: Temporal.PlainDate): Score | undefined {
  return scores
    .filter(
      ({ kind, status, day }) =>
        kind === 'opioidMme' &&
        status === 'current' &&
        day !== undefined &&
        Temporal.PlainDate.compare(day, on) <= 0,
    )
    .toSorted(compareInTime)
    .at(-1);
}
