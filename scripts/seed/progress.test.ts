import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

/** What is written when so many are done at these moments. */
function written(
  isTerminal: boolean,
  updates: readonly (readonly [ms: number, done: number])[],
): readonly string[] {
  let at = 0;
  const lines: string[] = [];
  const progress = createProgress({
    total: 200,
    write: (text) => lines.push(text),
    isTerminal,
    now: () => at,
  });
  for (const [ms, done] of updates) {
    at = ms;
    progress.update(done);
  }
  progress.end();
  return lines;
}

test('a person sees a bar that is cleared in the end', () => {
  expect(
    written(true, [
      [50, 1],
      [100, 100],
      [150, 120],
      [250, 200],
    ]),
  ).toEqual([
    '\r[===============               ] 100 of 200',
    '\r[==============================] 200 of 200',
    '\r\u001B[K',
  ]);
});

test('a log gets a line now and then', () => {
  expect(
    written(false, [
      [100, 1],
      [5000, 80],
      [6000, 90],
      [11_000, 150],
    ]),
  ).toEqual(['80 of 200\n', '150 of 200\n']);
});
