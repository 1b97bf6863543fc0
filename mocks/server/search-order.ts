import type { Resource } from 'fhir/r4';
import { rangesOf, stringsOf, tokensOf, urisOf } from './search-extract.ts';
import type { SearchParameter } from './search-parameters.ts';

/** What a resource sorts by; null: it has no such value, and comes last in either direction. */
export type SortKey = string | number | null;

export interface SortRule {
  readonly code: string;
  readonly parameter: SearchParameter;
  readonly descending: boolean;
}

/** The place of a resource in an order: its keys, then its id, so that no two places are the same. */
export interface Place {
  readonly keys: readonly SortKey[];
  readonly id: string;
}

/** The resources of one type in the order of one `_sort`; follows every write once it is made. */
export class SortOrder {
  readonly #rules: readonly SortRule[];
  readonly #places: (Place | undefined)[];
  readonly #ordinals: number[];

  /** `resources` by ordinal. */
  constructor(rules: readonly SortRule[], resources: readonly (Resource | undefined)[]) {
    this.#rules = rules;
    this.#places = resources.map((resource) => this.#placeOf(resource));
    this.#ordinals = [...this.#places.keys()].filter((ordinal) => this.#places[ordinal] !== undefined);
    this.#ordinals.sort((a, b) => this.#compareOrdinals(a, b));
  }

  set(ordinal: number, resource: Resource | undefined): void {
    if (this.#places[ordinal] !== undefined) this.#ordinals.splice(this.#ordinals.indexOf(ordinal), 1);
    const place = this.#placeOf(resource);
    this.#places[ordinal] = place;
    if (place !== undefined) this.#ordinals.splice(this.#firstAfter(place), 0, ordinal);
  }

  place(ordinal: number): Place | undefined {
    return this.#places[ordinal];
  }

  /** Ordinals in order, from the first one behind `place`; it need not be there any more. */
  *after(place: Place | undefined): Generator<number> {
    for (let at = place === undefined ? 0 : this.#firstAfter(place); at < this.#ordinals.length; at++) {
      const ordinal = this.#ordinals[at];
      if (ordinal !== undefined) yield ordinal;
    }
  }

  #firstAfter(place: Place): number {
    let low = 0;
    let high = this.#ordinals.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.#places[this.#ordinals[middle] ?? -1];
      if (there !== undefined && this.#compare(there, place) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compareOrdinals(a: number, b: number): number {
    const placeA = this.#places[a];
    const placeB = this.#places[b];
    return placeA === undefined || placeB === undefined ? 0 : this.#compare(placeA, placeB);
  }

  #compare(a: Place, b: Place): number {
    for (const [index, { descending }] of this.#rules.entries()) {
      const keyA = a.keys[index] ?? null;
      const keyB = b.keys[index] ?? null;
      if (keyA === keyB) continue;
      if (keyA === null) return 1;
      if (keyB === null) return -1;
      return keyA < keyB === descending ? 1 : -1;
    }
    return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
  }

  #placeOf(resource: Resource | undefined): Place | undefined {
    if (resource?.id === undefined) return undefined;
    return { keys: this.#rules.map(({ parameter }) => sortKey(parameter, resource)), id: resource.id };
  }
}

/** Whether `_sort` knows an order of this kind of parameter. */
export function isSortable({ type }: SearchParameter): boolean {
  return type !== 'reference';
}

function sortKey(parameter: SearchParameter, resource: Resource): SortKey {
  switch (parameter.type) {
    case 'date':
      return startKey(rangesOf(parameter, resource, 'whole')[0]?.low);
    case 'string':
      return foldedKey(stringsOf(parameter, resource)[0]);
    case 'token':
      return tokensOf(parameter, resource)[0]?.replace(/^.*\|/, '') ?? null;
    case 'uri':
      return urisOf(parameter, resource)[0] ?? null;
    case 'reference':
      return null;
  }
}

/** A period without a start sorts before all others, but JSON, in which a place is kept, has no infinity. */
function startKey(low: number | undefined): SortKey {
  if (low === undefined) return null;
  return low === -Infinity ? -Number.MAX_VALUE : low;
}

/** Unlike the search, the order does not tell accents apart. */
function foldedKey(text: string | undefined): SortKey {
  return text?.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() ?? null;
}
