/**
 * How real FHIR servers differ from the plain, strict one: only what their makers document or what was measured, and
 * only where a client notices. A server that behaves so shows whether the client gets right results there.
 */
export interface ServerBehaviour {
  /** The preset of `serverProfile` that a clinic with this server configures. */
  readonly preset: 'generic' | 'medplum' | 'hapi' | 'google' | 'azure' | 'minimal';
  /** What happens to a parameter that the server does not know: 400, nothing, or what `Prefer: handling` says. */
  readonly unknownParameters: 'refused' | 'ignored' | 'as-preferred';
  /** Parameters that it does not know: `_include`, or `Type.code` of one resource type. */
  readonly lacks: readonly string[];
  /** How many keys of `_sort` it understands. */
  readonly sortKeys: number;
  /** Whether `_sort` knows codes, ids and other tokens. */
  readonly sortsTokens: boolean;
  /** Whether pages of equal sort keys fit together; otherwise a row shows twice and another never. */
  readonly stableTies: boolean;
  /** How many resources come along on one page at most. */
  readonly mostIncludes: number;
  /** Whether a period is found by its whole range, an open end reaching to infinity, or by its start alone. */
  readonly periods: 'whole' | 'start';
  /** Whether a reference without its type, and an instant searched by a bare day, find anything. */
  readonly shortValues: boolean;
  /** Searches by form; `unfiltered`: they may have a query string, and then find everything. */
  readonly formSearch: 'strict' | 'unfiltered' | 'none';
  /** Where `next` leads: to the type, or with another parameter to the base itself. */
  readonly nextLink: 'type' | 'base';
  /** How long the answer of a search is given again to a client that does not say `no-cache`. */
  readonly searchCacheSeconds: number;
  /** `no-search`: a batch may not hold searches. */
  readonly batch: 'whole' | 'no-search' | 'none';
  readonly transaction: 'atomic' | 'partial' | 'none';
  readonly versionConflict: 409 | 412;
  /** Whether a delete looks at `If-Match`. */
  readonly guardsDelete: boolean;
  /** Whether an update of an unknown id creates. */
  readonly updateCreates: boolean;
  /** Whether it heeds `If-None-Exist`. */
  readonly conditionalCreate: boolean;
  /** Whether `/metadata` tells all that it can do. */
  readonly tellsAll: boolean;
}

/** The specification, strictly: whatever is not understood is refused by name. */
export const PLAIN: ServerBehaviour = {
  preset: 'generic',
  unknownParameters: 'refused',
  lacks: [],
  sortKeys: Infinity,
  sortsTokens: true,
  stableTies: true,
  mostIncludes: Infinity,
  periods: 'whole',
  shortValues: true,
  formSearch: 'strict',
  nextLink: 'type',
  searchCacheSeconds: 0,
  batch: 'whole',
  transaction: 'atomic',
  versionConflict: 412,
  guardsDelete: true,
  updateCreates: true,
  conditionalCreate: true,
  tellsAll: true,
};

/** Servers by the name that a command line or a test gives them. */
export const BEHAVIOURS = {
  plain: PLAIN,
  // Measured on Medplum 5.0.
  medplum: {
    ...PLAIN,
    preset: 'medplum',
    // Measured: 23 of 2,012 rows were lost between the pages of `_sort=family`; `_sort=family,_id` lost none.
    stableTies: false,
    // Measured: a course without an end is found by its start alone.
    periods: 'start',
    // Measured: a bare id and `date=2026-11-20` find nothing, without a word.
    shortValues: false,
    // Measured: a form search with a query string came back unfiltered.
    formSearch: 'unfiltered',
    // Measured: without the project's feature for it, a transaction commits in part and answers 200.
    transaction: 'partial',
    // Measured: PATCH and DELETE ignore If-Match.
    guardsDelete: false,
    // Documented: ids are the server's to give.
    updateCreates: false,
    // Measured: `/metadata` leaves out what it can do.
    tellsAll: false,
  },
  // Documented for HAPI FHIR.
  hapi: {
    ...PLAIN,
    preset: 'hapi',
    // Documented: ResourceVersionConflictException is 409, not 412.
    versionConflict: 409,
    // Documented: the same search within 60 s may be answered from a cache; `Cache-Control: no-cache` forbids it.
    searchCacheSeconds: 60,
    // Documented: pages are of the base, by `_getpages`.
    nextLink: 'base',
  },
  // Documented for Google Cloud Healthcare API.
  google: {
    ...PLAIN,
    preset: 'google',
    // Documented: lenient unless `Prefer: handling=strict`.
    unknownParameters: 'as-preferred',
    lacks: ['_summary'],
    // Documented: an entry of a batch may not be a search.
    batch: 'no-search',
    // Documented: parameters of `_search` stand in the URL, a form is rejected.
    formSearch: 'none',
  },
  // Documented for Azure Health Data Services and its open-source server.
  azure: {
    ...PLAIN,
    preset: 'azure',
    // Documented: unknown parameters are ignored unless `Prefer: handling=strict`.
    unknownParameters: 'as-preferred',
    // Documented as not supported.
    lacks: ['QuestionnaireResponse.questionnaire'],
    // Documented: one sort key, of strings, dates and `_lastUpdated`.
    sortKeys: 1,
    sortsTokens: false,
    // Documented: `_include` is capped at 100.
    mostIncludes: 100,
  },
  // The least that the client can work with: read, search by R4's parameters, one sort key, `next`, create, and an
  // update that heeds If-Match.
  minimal: {
    ...PLAIN,
    preset: 'minimal',
    unknownParameters: 'ignored',
    lacks: ['_include', '_summary', '_total'],
    sortKeys: 1,
    sortsTokens: false,
    formSearch: 'none',
    batch: 'none',
    transaction: 'none',
    guardsDelete: false,
    updateCreates: false,
    conditionalCreate: false,
  },
} as const satisfies Readonly<Record<string, ServerBehaviour>>;

export type ServerProfileName = keyof typeof BEHAVIOURS;

/** Whether a text from outside names one of the servers. */
export function isServerProfile(name: string): name is ServerProfileName {
  return Object.hasOwn(BEHAVIOURS, name);
}
