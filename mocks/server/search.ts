import type { Bundle, BundleEntry, Resource } from 'fhir/r4';
import type { ServerBehaviour } from './behaviour.ts';
import { referencesOf } from './search-extract.ts';
import type { SearchIndex } from './search-index.ts';
import type { Place } from './search-order.ts';
import { searchParameter } from './search-parameters.ts';
import type { SearchQuery } from './search-query.ts';
import type { SearchValue } from './search-values.ts';
import { parseReference } from './references.ts';
import type { Store } from './store.ts';
import type { ResourceType } from './supported-types.ts';

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

/**
 * One page of a search. Every clause marks the resources that it leaves over in one array of bytes, and the page is
 * read off the order of the sort: no resource is touched but those of the page.
 */
export function searchPage(searchable: Searchable, query: SearchQuery, after?: Place): SearchPage {
  const { store, index } = searchable;
  const entries = store.entries(query.type);
  const passed = passedClauses(searchable, query);
  const isMatch = (ordinal: number): boolean =>
    passed[ordinal] === query.clauses.length && entries[ordinal]?.current.resource !== undefined;
  let total = 0;
  for (let ordinal = 0; ordinal < entries.length; ordinal++) if (isMatch(ordinal)) total++;
  if (query.count === 0 || total === 0) return { matches: [], includes: [], total, last: undefined };

  const order = index.order(query.type, query.sort);
  const matches: Resource[] = [];
  let last: Place | undefined;
  let more = false;
  for (const ordinal of order.after(after)) {
    if (!isMatch(ordinal)) continue;
    if (matches.length === query.count) {
      more = true;
      break;
    }
    const place = order.place(ordinal);
    const slips = matches.length === 0 && slipsBehind(searchable, query, after, place);
    const resource = slips ? store.resource(query.type, after?.id ?? '') : entries[ordinal]?.current.resource;
    if (resource !== undefined) matches.push(resource);
    last = place;
    if (after === undefined && matches.length === total) break;
  }
  return { matches, includes: included(searchable, query, matches), total, last: more ? last : undefined };
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

/** The store finds an id by itself: a column of all ids would be its copy. */
function ordinalsOfIds(store: Store, type: ResourceType, values: readonly SearchValue[]): number[] {
  return values.flatMap((value) => {
    const id = value.kind === 'token' && value.system === undefined ? value.code : undefined;
    const ordinal = id === undefined ? undefined : store.entry(type, id)?.ordinal;
    return ordinal === undefined ? [] : [ordinal];
  });
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
