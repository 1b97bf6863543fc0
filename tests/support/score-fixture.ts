import type { Score } from '#src/features/scores/score.ts';
import { parseDay, parseInstant } from '#src/lib/time.ts';

let made = 0;

/** A score of pain at a follow-up, of a FHIR date in New York; `over` says what is particular about it. */
export function scoreWith(date: string, over: Partial<Score> = {}): Score {
  made += 1;
  return {
    id: `score-${made}`,
    patientId: '7',
    kind: 'pain',
    value: 5,
    absent: undefined,
    asRecorded: undefined,
    taken: 'followUp',
    vital: false,
    sessionId: undefined,
    status: 'current',
    date,
    at: parseInstant(date),
    day: parseDay(date, 'America/New_York'),
    ...over,
  };
}
