import type { Resource } from 'fhir/r4';
import type { ServerBehaviour } from './behaviour.ts';
import { dateMatches, type DateRange } from './date-range.ts';
import { rangesOf, referencesOf, stringsOf, tokensOf, urisOf } from './search-extract.ts';
import type { SearchParameter } from './search-parameters.ts';
import type { SearchValue, StringModifier } from './search-values.ts';

/**
 * The values of one search parameter of one resource type, by the ordinals of the resources. A column is made at the
 * first search that needs it and follows every write from then on.
 */
export interface Column {
  /** `previous` is what the column held for the ordinal before. */
  set(ordinal: number, resource: Resource | undefined, previous: Resource | undefined): void;
  /** Calls `hit` at least once with the ordinal of every resource that has one of the values. */
  match(
    values: readonly SearchValue[],
    modifier: StringModifier | undefined,
    hit: (ordinal: number) => void,
  ): void;
  /** Whether one resource, which need not be in the column, has one of the values. */
  holds(resource: Resource, values: readonly SearchValue[], modifier: StringModifier | undefined): boolean;
  /** The ordinals of every resource that has one of the values, where the column need not look for them. */
  known?(values: readonly SearchValue[]): readonly (readonly number[])[];
}

export function createColumn(
  parameter: SearchParameter,
  base: string,
  periods: ServerBehaviour['periods'],
): Column {
  switch (parameter.type) {
    case 'string':
      return new StringColumn((resource) => stringsOf(parameter, resource));
    case 'token':
      return new PostingColumn((resource) => tokensOf(parameter, resource));
    case 'date':
      return new DateColumn((resource) => rangesOf(parameter, resource, periods));
    case 'reference':
      return new PostingColumn((resource) => referencesOf(parameter, resource, base));
    case 'uri':
      return new PostingColumn((resource) => urisOf(parameter, resource));
  }
}

/** For values that are compared whole: the ordinals of each key. */
class PostingColumn implements Column {
  readonly #read: (resource: Resource) => readonly string[];
  readonly #postings = new Map<string, number[]>();
  /** Keys by their code and by their system, for tokens that name only one of them. */
  readonly #byPart = new Map<string, string[]>();

  constructor(read: (resource: Resource) => readonly string[]) {
    this.#read = read;
  }

  set(ordinal: number, resource: Resource | undefined, previous: Resource | undefined): void {
    for (const key of this.#keys(previous)) {
      const posting = this.#postings.get(key);
      posting?.splice(posting.indexOf(ordinal), 1);
    }
    for (const key of this.#keys(resource)) {
      const posting = this.#postings.get(key);
      if (posting === undefined) this.#add(key, ordinal);
      else posting.push(ordinal);
    }
  }

  #keys(resource: Resource | undefined): ReadonlySet<string> {
    return new Set(resource === undefined ? [] : this.#read(resource));
  }

  #add(key: string, ordinal: number): void {
    this.#postings.set(key, [ordinal]);
    // The first one: a code may hold a bar, a system cannot.
    const bar = key.indexOf('|');
    if (bar < 0) return;
    for (const part of [key.slice(bar), key.slice(0, bar + 1)]) {
      const known = this.#byPart.get(part);
      if (known === undefined) this.#byPart.set(part, [key]);
      else known.push(key);
    }
  }

  match(values: readonly SearchValue[], _: StringModifier | undefined, hit: (ordinal: number) => void): void {
    for (const key of values.flatMap((value) => this.#keysOf(value))) this.#postings.get(key)?.forEach(hit);
  }

  known(values: readonly SearchValue[]): readonly (readonly number[])[] {
    return values.flatMap((value) => this.#keysOf(value)).flatMap((key) => [this.#postings.get(key) ?? []]);
  }

  holds(resource: Resource, values: readonly SearchValue[]): boolean {
    const keys = this.#keys(resource);
    return values.some((value) => {
      if (value.kind === 'key') return keys.has(value.key);
      if (value.kind !== 'token') return false;
      const { system, code } = value;
      if (system !== undefined && code !== undefined) return keys.has(`${system}|${code}`);
      return [...keys].some((key) =>
        code === undefined ? key.startsWith(`${system}|`) : key.slice(key.indexOf('|')) === `|${code}`,
      );
    });
  }

  #keysOf(value: SearchValue): readonly string[] {
    if (value.kind === 'key') return [value.key];
    if (value.kind !== 'token') return [];
    const { system, code } = value;
    if (system !== undefined && code !== undefined) return [`${system}|${code}`];
    return this.#byPart.get(code === undefined ? `${system}|` : `|${code}`) ?? [];
  }
}

/** The first stretch of every resource in two arrays of numbers, which are scanned; further ones beside them. */
class DateColumn implements Column {
  readonly #read: (resource: Resource) => readonly DateRange[];
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  readonly #further = new Map<number, readonly DateRange[]>();

  constructor(read: (resource: Resource) => readonly DateRange[]) {
    this.#read = read;
  }

  set(ordinal: number, resource: Resource | undefined): void {
    const [first, ...further] = resource === undefined ? [] : this.#read(resource);
    this.#low[ordinal] = first?.low ?? NaN;
    this.#high[ordinal] = first?.high ?? NaN;
    if (further.length > 0) this.#further.set(ordinal, further);
    else this.#further.delete(ordinal);
  }

  match(values: readonly SearchValue[], _: StringModifier | undefined, hit: (ordinal: number) => void): void {
    for (const value of values) {
      if (value.kind !== 'date') continue;
      const { prefix, range } = value;
      for (let ordinal = 0; ordinal < this.#low.length; ordinal++) {
        const low = this.#low[ordinal] ?? NaN;
        // NaN: no such date, which no comparison finds, `ne` included.
        if (low === low && dateMatches(prefix, range, low, this.#high[ordinal] ?? NaN)) hit(ordinal);
      }
      for (const [ordinal, ranges] of this.#further) {
        if (ranges.some(({ low, high }) => low === low && dateMatches(prefix, range, low, high)))
          hit(ordinal);
      }
    }
  }

  holds(resource: Resource, values: readonly SearchValue[]): boolean {
    return this.#read(resource).some(
      ({ low, high }) =>
        low === low &&
        values.some((value) => value.kind === 'date' && dateMatches(value.prefix, value.range, low, high)),
    );
  }
}

/** Texts in small letters, each with a blank before it and between its words, so that a word is found by its start. */
class StringColumn implements Column {
  readonly #read: (resource: Resource) => readonly string[];
  readonly #texts: (readonly string[])[] = [];
  readonly #lower: string[] = [];

  constructor(read: (resource: Resource) => readonly string[]) {
    this.#read = read;
  }

  set(ordinal: number, resource: Resource | undefined): void {
    const texts = resource === undefined ? [] : this.#read(resource);
    this.#texts[ordinal] = texts;
    this.#lower[ordinal] = searchableText(texts);
  }

  match(
    values: readonly SearchValue[],
    modifier: StringModifier | undefined,
    hit: (ordinal: number) => void,
  ): void {
    for (const value of values) {
      if (value.kind !== 'text') continue;
      const matches = matcherOf(value.text, modifier);
      for (let ordinal = 0; ordinal < this.#lower.length; ordinal++) {
        if (matches(this.#texts[ordinal] ?? [], this.#lower[ordinal] ?? '')) hit(ordinal);
      }
    }
  }

  holds(resource: Resource, values: readonly SearchValue[], modifier: StringModifier | undefined): boolean {
    const texts = this.#read(resource);
    const lower = searchableText(texts);
    return values.some((value) => value.kind === 'text' && matcherOf(value.text, modifier)(texts, lower));
  }
}

function matcherOf(
  text: string,
  modifier: StringModifier | undefined,
): (texts: readonly string[], lower: string) => boolean {
  if (modifier === 'exact') return (texts) => texts.includes(text);
  const folded = foldCase(text);
  if (modifier === 'contains') return (_, lower) => lower.includes(folded);
  const words = folded.split(' ').map((word) => ` ${word}`);
  return (_, lower) => words.every((word) => lower.includes(word));
}

function searchableText(texts: readonly string[]): string {
  return texts.map((text) => ` ${foldCase(text)}`).join('\n');
}

/** Case does not count in a string search, accents and apostrophes do. Blanks of any kind are one blank. */
function foldCase(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
