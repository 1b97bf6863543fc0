import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { locksAt, lookedAt, type Presence, stageOf, usedAt } from './inactivity.ts';

const LIMITS = { lockAfterMs: 600_000, warningMs: 60_000 };
const START = 1_800_000_000_000;

/** The stage after one look so long after the last use. */
const stageAfter = (ms: number) => stageOf(lookedAt(usedAt(START), START + ms), LIMITS);

describe('without use', () => {
  test.each([
    [0, 'in-use'],
    [539_999, 'in-use'],
    [540_000, 'warned'],
    [599_999, 'warned'],
    [600_000, 'over'],
    [8 * 3_600_000, 'over'],
  ])('%i ms: %s', (ms, stage) => {
    expect(stageAfter(ms)).toBe(stage);
  });

  test('the lock falls when the time was up, however late that is noticed', () => {
    expect(locksAt(lookedAt(usedAt(START), START + 7_200_000), LIMITS)).toBe(START + 600_000);
  });
});

describe('another tab', () => {
  test('that was used keeps this one open', () => {
    const seen = lookedAt(usedAt(START), START + 650_000, START + 640_000);
    expect(stageOf(seen, LIMITS)).toBe('in-use');
  });

  test('that was used in the future, before the clock was set back, is not believed', () => {
    const seen = lookedAt(usedAt(START), START + 600_000, START + 3_600_000);
    expect(stageOf(seen, LIMITS)).toBe('over');
  });
});

/** Some of a working day: whether somebody uses the application then, and how far the clock is set back. */
const moments = fc.array(
  fc.record({
    used: fc.boolean(),
    clockMs: fc.oneof(
      { weight: 20, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: -7_200_000, max: -1 }) },
    ),
  }),
  { maxLength: 60 },
);

const TICK = 20_000;

test('never over while somebody uses it at least once within the limit, whatever the clock is set back to', () => {
  const neverOver = fc.property(moments, (day) => {
    let now = START;
    let presence: Presence = usedAt(now);
    let idle = 0;
    return day.every(({ used, clockMs }) => {
      now += TICK + clockMs;
      idle += TICK;
      presence = lookedAt(presence, now);
      const over = stageOf(presence, LIMITS) === 'over';
      if (used || idle >= LIMITS.lockAfterMs - TICK) {
        presence = usedAt(now);
        idle = 0;
      }
      return !over;
    });
  });
  expect(() => fc.assert(neverOver)).not.toThrow();
});

test('over at the first look after the limit, one second late at most, where nobody uses it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60_000, max: 14_400_000 }),
      fc.integer({ min: 0, max: 999 }),
      (lockAfterMs, offset) => {
        const limits = { lockAfterMs, warningMs: 20_000 };
        const before = Math.floor((lockAfterMs - offset) / 1_000) * 1_000 + offset;
        const looks = [before, before + 1_000].filter((ms) => ms >= lockAfterMs);
        expect(looks.length).toBeGreaterThan(0);
        for (const ms of looks) expect(stageOf(lookedAt(usedAt(START), START + ms), limits)).toBe('over');
        expect(looks[0] ?? Infinity).toBeLessThanOrEqual(lockAfterMs + 1_000);
      },
    ),
  );
});

test('a clock that is set back gains nobody time beyond the second between two looks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 599 }), fc.integer({ min: 1, max: 86_400_000 }), (at, back) => {
      let now = START;
      let presence = usedAt(now);
      let looks = 0;
      while (stageOf(presence, LIMITS) !== 'over') {
        now += 1_000 - (looks === at ? back : 0);
        presence = lookedAt(presence, now);
        looks += 1;
      }
      expect(looks).toBeLessThanOrEqual(601);
    }),
  );
});

test('a clock that is set forward, as after sleep, never delays the lock', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 86_400_000 }),
      fc.integer({ min: 0, max: 600_000 }),
      (jump, rest) => {
        const seen = lookedAt(lookedAt(usedAt(START), START + jump), START + jump + rest);
        expect(seen.seenAt - seen.usedAt).toBe(jump + rest);
      },
    ),
  );
});
