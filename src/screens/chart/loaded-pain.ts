import type { Score } from '#src/features/scores/score.ts';
import type { Session } from '#src/features/sessions/session.ts';
import { isComplete, type RecordPart } from './patient-record-query.ts';

/**
 * Whether all pain that is recorded of a session is among the scores. Of more scores than are fetched the newest come,
 * so that what is as old as the oldest of them may lack some.
 */
export function hasAllPain(scores: RecordPart<Score>, { day }: Pick<Session, 'day'>): boolean {
  if (!isComplete(scores) || scores.withheld !== undefined) return false;
  return !scores.more || (day !== undefined && reachesBackTo(scores, day));
}

/** Whether all scores from a day on were fetched. */
export function reachesBackTo({ items, more }: RecordPart<Score>, day: Temporal.PlainDate): boolean {
  if (!more) return true;
  const [oldest] = items.flatMap((score) => score.day ?? []).toSorted(Temporal.PlainDate.compare);
  return oldest !== undefined && Temporal.PlainDate.compare(oldest, day) < 0;
}
