import type { Bundle, BundleEntry, Resource } from 'fhir/r4';
import type { ServerBehaviour } from './behaviour.ts';
import { referencesOf } from './search-extract.ts';
import type { SearchIndex } from './search-index.ts';
import { SortOrder, type Place } from './search-order.ts';
import { fewMatches, ordinalsOfIds } from './search-few.ts';
import { searchParameter } from './search-parameters.ts';
import type { SearchQuery } from './search-query.ts';
import { parseReference } from './references.ts';
import type { Store } from './store.ts';

export interface SearchPage {
  readonly matches: readonly Resource[];
  readonly includes: readonly Resource[];
  /** How many match on all pages. */
  readonly total: number;
  /** The last place of this page when more follow. */
  readonly last: Place | undefined;
}

export interface Searchable {
  readonly store: Store;
  readonly index: SearchIndex;
  readonly base: string;
  readonly behaviour: ServerBehaviour;
}

/** What a search found: how many, and which resource is the match of an ordinal of `order`. */
interface Found {
  readonly total: number;
  readonly order: () => SortOrder;
  readonly match: (ordinal: number) => Resource | undefined;
}

/** One page of a search. */
export function searchPage(searchable: Searchable, query: SearchQuery, after?: Place): SearchPage {
  const found = find(searchable, query);
  const { total } = found;
  if (query.count === 0 || total === 0) return { matches: [], includes: [], total, last: undefined };

  const order = found.order();
  const matches: Resource[] = [];
  let last: Place | undefined;
  let more = false;
  for (const ordinal of order.after(after)) {
    const match = found.match(ordinal);
    if (match === undefined) continue;
    if (matches.length === query.count) {
      more = true;
      break;
    }
    const place = order.place(ordinal);
    const slips = matches.length === 0 && slipsBehind(searchable, query, after, place);
    const resource = slips ? searchable.store.resource(query.type, after?.id ?? '') : match;
    if (resource !== undefined) matches.push(resource);
    last = place;
    if (after === undefined && matches.length === total) break;
  }
  return { matches, includes: included(searchable, query, matches), total, last: more ? last : undefined };
}

/**
 * Where one clause leaves few resources, each of them is looked at. Else every clause marks what it leaves over in one
 * array of bytes, and the page is read off the order of the sort: no resource is touched but those of the page.
 */
function find(searchable: Searchable, query: SearchQuery): Found {
  const { store, index } = searchable;
  const few = fewMatches(searchable, query);
  if (few !== undefined) {
    return {
      total: few.length,
      order: () => new SortOrder(query.sort, few),
      match: (ordinal) => few[ordinal],
    };
  }
  const entries = store.entries(query.type);
  const passed = passedClauses(searchable, query);
  const match = (ordinal: number) =>
    passed[ordinal] === query.clauses.length ? entries[ordinal]?.current.resource : undefined;
  let total = 0;
  for (let ordinal = 0; ordinal < entries.length; ordinal++) if (match(ordinal) !== undefined) total++;
  return { total, order: () => index.order(query.type, query.sort), match };
}

/** Whether a page begins with the row before it in the place of its own, since the order does not tell them apart. */
function slipsBehind(
  { behaviour }: Searchable,
  { sort }: SearchQuery,
  before: Place | undefined,
  place: Place | undefined,
): boolean {
  if (behaviour.stableTies || sort.length === 0 || sort.some(({ code }) => code === '_id')) return false;
  return before !== undefined && before.keys.every((key, index) => key === place?.keys[index]);
}

/** Current resources that match every clause, at most `limit`, in no order that means anything. */
export function matching(searchable: Searchable, query: SearchQuery, limit: number): Resource[] {
  const few = fewMatches(searchable, query);
  if (few !== undefined) return few.slice(0, limit);
  const { store } = searchable;
  const entries = store.entries(query.type);
  const passed = passedClauses(searchable, query);
  const found: Resource[] = [];
  for (let ordinal = 0; ordinal < entries.length && found.length < limit; ordinal++) {
    const resource = entries[ordinal]?.current.resource;
    if (passed[ordinal] === query.clauses.length && resource !== undefined) found.push(resource);
  }
  return found;
}

/** By ordinal, how many clauses matched, up to the first one that did not. */
function passedClauses({ store, index }: Searchable, { type, clauses }: SearchQuery): Uint8Array {
  const passed = new Uint8Array(store.entries(type).length);
  for (const [position, { code, parameter, modifier, values }] of clauses.entries()) {
    // A column may hit twice; the second time the count is no longer the position.
    const hit = (ordinal: number): void => {
      if (passed[ordinal] === position) passed[ordinal] = position + 1;
    };
    if (code === '_id') ordinalsOfIds(store, type, values).forEach(hit);
    else index.column(type, code, parameter).match(values, modifier, hit);
  }
  return passed;
}

function included(
  { store, base, behaviour }: Searchable,
  query: SearchQuery,
  matches: readonly Resource[],
): Resource[] {
  const found = new Set<Resource>();
  const onPage = new Set(matches);
  for (const code of query.includes) {
    const parameter = searchParameter(query.type, code);
    if (parameter === undefined) continue;
    for (const text of matches.flatMap((resource) => referencesOf(parameter, resource, base))) {
      const target = parseReference(text, base);
      const resource = target.kind === 'local' ? store.resource(target.type, target.id) : undefined;
      if (resource !== undefined && !onPage.has(resource)) found.add(resource);
    }
  }
  return [...found].slice(0, behaviour.mostIncludes);
}

/** The Bundle of a page. `total` is told only when it was asked for. */
export function searchBundle(
  base: string,
  query: SearchQuery,
  { matches, includes, total }: SearchPage,
  links: { readonly self: string; readonly next: string | undefined },
): Bundle {
  const entry = [
    ...matches.map((item) => toEntry(base, item, 'match')),
    ...includes.map((item) => toEntry(base, item, 'include')),
  ];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(query.total || query.count === 0 ? { total } : {}),
    link: [
      { relation: 'self', url: links.self },
      ...(links.next === undefined ? [] : [{ relation: 'next', url: links.next }]),
    ],
    ...(entry.length === 0 ? {} : { entry }),
  };
}

function toEntry(base: string, resource: Resource, mode: 'match' | 'include'): BundleEntry {
  return {
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  };
}
