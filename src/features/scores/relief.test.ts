import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isResponse, relief, reliefPercent } from './relief.ts';

describe('relief', () => {
  test.each([
    [7, 5, 2 / 7],
    [7, 7, 0],
    [7, 0, 1],
    [4, 6, -0.5],
    [0, 0, undefined],
    [0, 5, undefined],
    [undefined, 5, undefined],
    [Number.NaN, 5, undefined],
  ])('from %s to %d is %s', (baseline, pain, fraction) => {
    expect(relief(baseline, pain)).toBe(fraction);
  });

  test('is never more than all, and falls as pain grows', () => {
    const score = fc.integer({ min: 0, max: 100 }).map((tenth) => tenth / 10);
    fc.assert(
      fc.property(score, score, score, (baseline, one, other) => {
        const [a, b] = [relief(baseline, Math.min(one, other)), relief(baseline, Math.max(one, other))];
        expect(a === undefined).toBe(baseline === 0);
        if (a === undefined || b === undefined) return;
        expect(a).toBeLessThanOrEqual(1);
        expect(a).toBeGreaterThanOrEqual(b);
      }),
    );
  });
});

describe('a response', () => {
  test.each([
    // 7 − 4.9 is not exactly 30 % of 7 to a computer.
    [7, 4.9, 0.3, true],
    [7, 5, 0.3, false],
    [10, 7, 0.3, true],
    [10, 7.1, 0.3, false],
    [6, 3, 0.5, true],
  ])('from %d to %d at a threshold of %d: %s', (baseline, pain, threshold, response) => {
    expect(isResponse(relief(baseline, pain) ?? Number.NaN, threshold)).toBe(response);
  });
});

describe('in per cent', () => {
  test.each([
    [2 / 7, 0.3, '29'],
    [5 / 7, 0.3, '71'],
    [-1 / 7, 0.3, '−14'],
    [-0.001, 0.3, '0'],
    [0.3, 0.3, '30'],
    [0.296, 0.3, '29.6'],
    [0.29999, 0.3, '29.999'],
    [0.304, 0.305, '30'],
    [0.505, 0.507, '50.5'],
  ])('%d at %d reads %s', (fraction, threshold, text) => {
    expect(reliefPercent(fraction, threshold)).toBe(text);
  });

  test('never says another side of the threshold than the response does', () => {
    const fraction = fc.double({ min: -3, max: 1, noNaN: true });
    const threshold = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100);
    fc.assert(
      fc.property(fraction, threshold, (one, limit) => {
        const shown = Number(reliefPercent(one, limit).replace('−', '-')) / 100;
        expect(isResponse(shown, limit)).toBe(isResponse(one, limit));
      }),
    );
  });
});
