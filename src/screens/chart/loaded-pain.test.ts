import { expect, test } from 'vitest';
import type { Score } from '#src/features/scores/score.ts';
import { scoreWith } from '#tests/support/score-fixture.ts';
import { hasAllPain } from './loaded-pain.ts';
import type { RecordPart } from './patient-record-query.ts';

const part = (over: Partial<RecordPart<Score>> = {}): RecordPart<Score> => ({
  items: [scoreWith('2026-03-04T14:00:00Z'), scoreWith('2026-11-01')],
  problems: [],
  more: false,
  answeredAt: Temporal.Instant.from('2026-11-23T14:00:00Z'),
  failure: undefined,
  ...over,
});

test.each<[string, string | undefined, Partial<RecordPart<Score>>, boolean]>([
  ['of a session, where all scores are here', '2020-01-01', {}, true],
  ['where there are more, of a session after the oldest score', '2026-03-05', { more: true }, true],
  ['where there are more, of a session on its day', '2026-03-04', { more: true }, false],
  ['where there are more, of a session before it', '2026-03-03', { more: true }, false],
  ['where there are more, of a session without a day', undefined, { more: true }, false],
  ['where there are more, and none of them has a day', '2026-03-05', { more: true, items: [] }, false],
  ['where the last question failed', '2026-03-05', { failure: 'The server did not answer.' }, false],
  ['where one could not be read', '2026-03-05', { problems: ['Observation/1 cannot be read'] }, false],
  ['where the role does not see them', '2026-03-05', { withheld: 'They do not see scores.' }, false],
])('all pain %s: %s', (_, day, over, known) => {
  expect(hasAllPain(part(over), { day: day === undefined ? undefined : Temporal.PlainDate.from(day) })).toBe(
    known,
  );
});
