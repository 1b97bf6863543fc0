/**
 * What one FHIR server can do. Chosen by the configuration, since `/metadata` is not enough: some servers leave out
 * what they can do and claim what they cannot.
 *
 * What has no fallback is asked of every server: R4 reads and searches by `Type/id`, `system|code` and instants, one
 * key of `_sort`, `next` links below the base, create, and an update that heeds `If-Match`.
 */
export interface ServerCapabilities {
  readonly name: string;
  /** Searches may be entries of a batch. Otherwise: parallel requests, and no batch at all. */
  readonly batchSearch: boolean;
  /** `_summary=count`. Otherwise: `_total=accurate`, and where that gives no total, counting up to a cap. */
  readonly summaryCount: boolean;
  /** `_include`. Otherwise: a second step by `_id`. */
  readonly include: boolean;
  /** A transaction is stored whole or not at all. Otherwise: ordered single writes. */
  readonly atomicTransaction: boolean;
  /**
   * `If-None-Exist` makes a create happen once. Otherwise: a search before it, which keeps one page from creating twice,
   * but not two pages at the same moment.
   */
  readonly conditionalCreate: boolean;
  /** `POST Type/_search` with a form body. Otherwise: `GET`, which puts the search into logs. */
  readonly postSearch: boolean;
  /** `_sort` takes several keys. Otherwise: the first one only. */
  readonly sortTieBreaker: boolean;
  /** `Prefer: handling=strict`, which refuses unknown parameters instead of returning everything. */
  readonly preferStrict: boolean;
}
