/**
 * Morphine milligram equivalents of one drug, by the factors of CDC 2022, MMWR 71(RR-3). Never for converting between
 * opioids. What cannot be computed says why, and is never 0.
 */

/** RxNorm ingredient → factor for a milligram a day. */
const FACTORS: ReadonlyMap<string, number> = new Map([
  ['2670', 0.15],
  ['5489', 1],
  ['3423', 5],
  ['6813', 4.7],
  ['7052', 1],
  ['7804', 1.5],
  ['7814', 3],
  ['787390', 0.4],
  ['10689', 0.2],
]);

const FENTANYL = '4337';
/** For a patch: a microgram an hour. No other form of fentanyl has a factor here. */
const FENTANYL_PATCH_FACTOR = 2.4;

/** An amount over a day, or of a patch over an hour. */
export interface DailyAmount {
  readonly value: number;
  readonly unit: 'mg/d' | 'ug/h';
}

export type Mme =
  | { readonly computed: true; readonly value: number }
  | { readonly computed: false; readonly reason: string };

/** The equivalents of one drug a day; `ingredient` is its RxNorm code, where it has one. */
export function mmeOf(ingredient: string | undefined, amount: DailyAmount | undefined): Mme {
  if (ingredient === undefined) return notComputed('the drug has no ingredient code');
  if (amount === undefined) return notComputed('the daily dose is not recorded');
  if (ingredient === FENTANYL) {
    return amount.unit === 'ug/h'
      ? { computed: true, value: amount.value * FENTANYL_PATCH_FACTOR }
      : notComputed('only a patch in ug/h has a factor');
  }
  const factor = FACTORS.get(ingredient);
  if (factor === undefined) return notComputed('the drug has no factor');
  return amount.unit === 'mg/d'
    ? { computed: true, value: amount.value * factor }
    : notComputed('the dose is not in mg a day');
}

/** All opioids of a day together; not computed as soon as one of them is not. Nothing without any. */
export function totalMme(parts: readonly Mme[]): Mme | undefined {
  if (parts.length === 0) return undefined;
  const missing = parts.find((part) => !part.computed);
  if (missing !== undefined) return missing;
  return { computed: true, value: parts.reduce((sum, part) => sum + (part.computed ? part.value : 0), 0) };
}

/** `22.5`: to a tenth, which is more than the factors are worth. */
export function mmeText(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function notComputed(reason: string): Mme {
  return { computed: false, reason };
}
