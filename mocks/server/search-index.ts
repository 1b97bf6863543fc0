import type { ServerBehaviour } from './behaviour.ts';
import { createColumn, type Column } from './search-columns.ts';
import { SortOrder, type SortRule } from './search-order.ts';
import type { SearchParameter } from './search-parameters.ts';
import type { Store } from './store.ts';
import type { ResourceType } from './supported-types.ts';

const FEW = 4000;

interface TypeIndex {
  readonly columns: Map<string, Column>;
  readonly orders: Map<string, SortOrder>;
}

/**
 * What makes searching fast: columns and orders of the store's resources, each made when a search first needs it
 * and kept in step with every write after that.
 */
export class SearchIndex {
  readonly #store: Store;
  readonly #base: string;
  readonly #periods: ServerBehaviour['periods'];
  readonly #types = new Map<ResourceType, TypeIndex>();
  /** Up to so many resources that a clause names are looked at one by one. */
  readonly few: number;

  constructor(store: Store, base: string, periods: ServerBehaviour['periods'], few = FEW) {
    this.#store = store;
    this.few = few;
    this.#periods = periods;
    this.#base = base;
    store.onChange = (type, ordinal, resource, previous) => {
      const index = this.#types.get(type);
      index?.columns.forEach((column) => column.set(ordinal, resource, previous));
      index?.orders.forEach((order) => order.set(ordinal, resource));
    };
  }

  column(type: ResourceType, code: string, parameter: SearchParameter): Column {
    const { columns } = this.#index(type);
    const known = columns.get(code);
    if (known !== undefined) return known;
    const column = createColumn(parameter, this.#base, this.#periods);
    for (const [ordinal, entry] of this.#store.entries(type).entries()) {
      column.set(ordinal, entry?.current.resource, undefined);
    }
    columns.set(code, column);
    return column;
  }

  /** A column that holds nothing, to ask about single resources: it costs nothing to make. */
  reader(parameter: SearchParameter): Column {
    return createColumn(parameter, this.#base, this.#periods);
  }

  order(type: ResourceType, rules: readonly SortRule[]): SortOrder {
    const { orders } = this.#index(type);
    const key = rules.map(({ code, descending }) => `${descending ? '-' : ''}${code}`).join(',');
    const known = orders.get(key);
    if (known !== undefined) return known;
    const resources = this.#store.entries(type).map((entry) => entry?.current.resource);
    const order = new SortOrder(rules, resources);
    orders.set(key, order);
    return order;
  }

  #index(type: ResourceType): TypeIndex {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    const index: TypeIndex = { columns: new Map(), orders: new Map() };
    this.#types.set(type, index);
    return index;
  }
}
