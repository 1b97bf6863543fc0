/** Seeded randomness: the same name gives the same numbers, whatever else is drawn beside it. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Picks by weight: each entry is `[weight, value]`. */
  weighted<T>(list: readonly (readonly [weight: number, value: T])[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** A stream of its own for every name: one more draw in one stream moves nothing in another. */
export function randomStream(name: string): Random {
  let state = hash(name);
  // mulberry32: small, fast and even enough for made-up people.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => {
    const index = whole(0, list.length - 1);
    const value = list[index];
    if (value === undefined) throw new Error(`Nothing to pick from in the stream ${name}`);
    return value;
  };
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick,
    weighted(list) {
      let left = next() * list.reduce((sum, [weight]) => sum + weight, 0);
      const chosen = list.find(([weight]) => (left -= weight) < 0) ?? list.at(-1);
      if (chosen === undefined) throw new Error(`Nothing to pick from in the stream ${name}`);
      return chosen[1];
    },
    shuffled(list) {
      return list
        .map((value) => ({ value, key: next() }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ value }) => value);
    },
  };
}

/** FNV-1a with a final mix, so that neighbouring names start far apart. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    value = Math.imul(value ^ name.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
