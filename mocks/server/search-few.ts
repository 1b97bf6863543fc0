import type { Resource } from 'fhir/r4';
import type { SearchIndex } from './search-index.ts';
import type { Clause, SearchQuery } from './search-query.ts';
import type { SearchValue } from './search-values.ts';
import type { Store } from './store.ts';
import type { ResourceType } from './supported-types.ts';

/**
 * The current resources that match a search in which one clause names few: those of a patient, of an encounter, with
 * an id. Undefined where no clause does.
 */
export function fewMatches(
  { store, index }: { readonly store: Store; readonly index: SearchIndex },
  { type, clauses }: SearchQuery,
): Resource[] | undefined {
  const named = clauses
    .map((clause) => ({ clause, ordinals: namedBy(store, index, type, clause) }))
    .filter(({ ordinals }) => ordinals !== undefined)
    .toSorted((a, b) => (a.ordinals?.length ?? 0) - (b.ordinals?.length ?? 0))[0];
  const ordinals = named?.ordinals;
  if (ordinals === undefined) return undefined;
  const entries = store.entries(type);
  const others = clauses
    .filter((clause) => clause !== named?.clause)
    .map((clause) => ({ ...clause, column: index.reader(clause.parameter) }));
  return [...new Set(ordinals)].flatMap((ordinal) => {
    const resource = entries[ordinal]?.current.resource;
    if (resource === undefined) return [];
    const holds = others.every(({ column, values, modifier }) => column.holds(resource, values, modifier));
    return holds ? [resource] : [];
  });
}

/** The ordinals that a clause names, where it is one that may name few, and does. */
function namedBy(
  store: Store,
  index: SearchIndex,
  type: ResourceType,
  { code, parameter, values }: Clause,
): readonly number[] | undefined {
  if (code === '_id') {
    const ordinals = ordinalsOfIds(store, type, values);
    return ordinals.length <= index.few ? ordinals : undefined;
  }
  if (parameter.type !== 'reference') return undefined;
  const known = index.column(type, code, parameter).known?.(values);
  const size = known?.reduce((sum, { length }) => sum + length, 0) ?? Infinity;
  return size <= index.few ? known?.flat() : undefined;
}

/** The store finds an id by itself: a column of all ids would be its copy. */
export function ordinalsOfIds(store: Store, type: ResourceType, values: readonly SearchValue[]): number[] {
  return values.flatMap((value) => {
    const id = value.kind === 'token' && value.system === undefined ? value.code : undefined;
    const ordinal = id === undefined ? undefined : store.entry(type, id)?.ordinal;
    return ordinal === undefined ? [] : [ordinal];
  });
}
