import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inChunks, inParallel } from './chunks.ts';

describe('chunks', () => {
  test('hold everything in its order, and only the last one is shorter', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 7 }), (items, size) => {
        const chunks = inChunks(items, size);
        expect(chunks.flat()).toEqual(items);
        expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
        expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= size)).toBe(true);
      }),
    );
  });

  test('are of a hundred unless told', () => {
    expect(inChunks(Array.from({ length: 201 })).map((chunk) => chunk.length)).toEqual([100, 100, 1]);
  });
});

describe('in parallel', () => {
  test('runs six at a time and gives the results in the order of the items', async () => {
    let running = 0;
    let most = 0;
    const items = Array.from({ length: 20 }, (_, index) => index);
    const results = await inParallel(items, async (item) => {
      running += 1;
      most = Math.max(most, running);
      // Later items are done earlier.
      for (let turn = 0; turn < 20 - item; turn += 1) await Promise.resolve();
      running -= 1;
      return item * 2;
    });
    expect(results).toEqual(items.map((item) => item * 2));
    expect(most).toBe(6);
  });

  test('fails with the first failure', async () => {
    const work = inParallel([1, 2, 3], async (item) => {
      if (item === 2) throw new Error('two');
      return item;
    });
    await expect(work).rejects.toThrow('two');
  });
});
