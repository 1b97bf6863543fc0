import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomStream } from './random.ts';

test('the same name gives the same numbers, another name others', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, other) => {
      const draw = (stream: string) => Array.from({ length: 4 }, randomStream(stream).next).join();
      expect(draw(name)).toBe(draw(name));
      expect(draw(name) === draw(other)).toBe(name === other);
    }),
  );
});

test('whole numbers stay within their limits and reach both', () => {
  const random = randomStream('limits');
  const drawn = new Set(Array.from({ length: 500 }, () => random.whole(-2, 2)));
  expect([...drawn].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
});

test('streams of neighbouring names are even', () => {
  const first = Array.from({ length: 4000 }, (_, index) => randomStream(`name/${index}`).next());
  const tenths = Array.from(
    { length: 10 },
    (_, tenth) => first.filter((one) => Math.floor(one * 10) === tenth).length,
  );
  for (const count of tenths) expect(count).toBeGreaterThan(300);
});

test('weights decide how often something is picked; weight 0 never', () => {
  const random = randomStream('weights');
  const drawn = Array.from({ length: 1000 }, () =>
    random.weighted([
      [9, 'often'],
      [0, 'never'],
      [1, 'rarely'],
    ]),
  );
  expect(drawn).not.toContain('never');
  expect(drawn.filter((one) => one === 'often').length).toBeGreaterThan(850);
  expect(drawn).toContain('rarely');
});

test('shuffling keeps every entry', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (list) => {
      const sorted = (some: readonly number[]) => some.toSorted((a, b) => a - b);
      expect(sorted(randomStream('deck').shuffled(list))).toEqual(sorted(list));
    }),
  );
});

test('nothing can be picked from nothing', () => {
  expect(() => randomStream('empty').pick([])).toThrow('Nothing to pick');
});
