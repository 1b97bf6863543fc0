/** Everything that reads: searches in the form that the server can answer, pages, counts, single records. */
import { type Bundle, parseBundle, readSearchPage, type SearchPage } from './bundle.ts';
import { inChunks, inParallel } from './chunks.ts';
import { exchangeBatch, orError } from './entries.ts';
import { FhirError } from './error.ts';
import { includedIds } from './include.ts';
import { readNextLink, withIncludes } from './next-link.ts';
import type { ServerCapabilities } from './profile.ts';
import type { RawResource } from './resource.ts';
import { anyOf, encodeQuery, type SearchRequest, searchRequest, searchUrl } from './search.ts';
import { type Exchange, type RequestOptions, type Transport, unexpectedAnswer } from './transport.ts';

/** A search from its beginning, or from the page that a page's `next` leads to. */
export type PageRequest = SearchRequest | { readonly next: string };

/** A search to its end, or to where it was cut off. */
export interface SearchResult extends Omit<SearchPage, 'next'> {
  /** False: there is more than `maxRows`. */
  readonly complete: boolean;
}

export interface AllOptions extends RequestOptions {
  /** How many matches to stop at; 1000 by default. */
  readonly maxRows?: number | undefined;
}

/** `exact` false: at least `value`. */
export interface Count {
  readonly value: number;
  readonly exact: boolean;
}

export interface FhirReader {
  /** One page. */
  searchPage(request: PageRequest, options?: RequestOptions): Promise<SearchPage>;
  /** That page and all after it, each `Type/id` once. */
  searchAll(request: PageRequest, options?: AllOptions): Promise<SearchResult>;
  /** The first pages of many searches, in one round trip where the server can; a search that failed is its error. */
  searchMany(
    requests: readonly SearchRequest[],
    options?: RequestOptions,
  ): Promise<readonly (SearchPage | FhirError)[]>;
  /** How many match each search; at least 200 (`exact` false) where the server cannot count. */
  count(
    requests: readonly SearchRequest[],
    options?: RequestOptions,
  ): Promise<readonly (Count | FhirError)[]>;
  read(type: string, id: string, options?: RequestOptions): Promise<RawResource>;
  /** The versions of a record, newest first, as `matches`. Deletions are among the problems. */
  history(type: string, id: string, options?: AllOptions): Promise<SearchResult>;
}

const COUNT_CAP = 200;

/** Some servers let no more than this come along with a page, and say nothing of the others. */
const INCLUDE_CAP = 100;

/** Parameters that change what an answer holds, but not how many match. */
const NOT_COUNTED = new Set(['_include', '_sort', '_count', '_total']);

export function createReader(transport: Transport, capabilities: ServerCapabilities): FhirReader {
  const headers: Readonly<Record<string, string>> = capabilities.preferStrict
    ? { Prefer: 'handling=strict' }
    : {};

  /** The search as this server understands it, and what is to come along, sent with it or not. */
  function adapt({ params, ...request }: SearchRequest): {
    request: SearchRequest;
    includes: readonly string[];
  } {
    const sent = capabilities.include ? params : params.filter(([name]) => name !== '_include');
    return {
      request: {
        ...request,
        params: capabilities.sortTieBreaker
          ? sent
          : sent.map(([name, value]) => [name, name === '_sort' ? value.replace(/,.*/, '') : value]),
      },
      includes: params.flatMap(([name, value]) => (name === '_include' ? [value] : [])),
    };
  }

  async function toPage(
    bundle: Bundle,
    type: string | undefined,
    includes: readonly string[],
    options: RequestOptions,
  ): Promise<SearchPage> {
    const page = readSearchPage(bundle, type);
    if (includes.length === 0) return page;
    const next = page.next && withIncludes(page.next, includes);
    if (capabilities.include && page.included.size < INCLUDE_CAP) return { ...page, next };
    const here = new Set(page.matches.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const searches = [...includedIds(page.matches, includes, transport.baseUrl)].flatMap(([target, ids]) => {
      const missing = [...ids].filter(
        (id) => !page.included.has(`${target}/${id}`) && !here.has(`${target}/${id}`),
      );
      return inChunks(missing).map((chunk) =>
        searchRequest(target, { _id: anyOf(chunk), _count: chunk.length }),
      );
    });
    const found = await inParallel(searches, (request) => searchAll(request, options));
    const included = new Map(page.included);
    for (const match of found.flatMap(({ matches }) => matches)) {
      included.set(`${match.resourceType}/${match.id}`, match);
    }
    return {
      ...page,
      included,
      problems: [...page.problems, ...found.flatMap(({ problems }) => problems)],
      next,
    };
  }

  async function searchPage(request: PageRequest, options: RequestOptions = {}): Promise<SearchPage> {
    const get = { method: 'GET', headers, repeatable: true, signal: options.signal } as const;
    if ('next' in request) {
      const { url, path, type, includes } = readNextLink(request.next, transport.baseUrl);
      return toPage(await transport.sendForBundle({ ...get, path, url }), type, includes, options);
    }
    const { request: adapted, includes } = adapt(request);
    const { type, params, identifying } = adapted;
    const exchange: Exchange =
      identifying && capabilities.postSearch
        ? {
            ...get,
            method: 'POST',
            path: `${type}/_search`,
            headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
            body: encodeQuery(params),
          }
        : { ...get, path: type, url: `${transport.baseUrl}/${searchUrl(adapted)}` };
    return toPage(await transport.sendForBundle(exchange), type, includes, options);
  }

  /** Follows `next` from a first page on; matches of the same key are one. */
  async function toEnd(
    first: SearchPage,
    keyOf: (resource: RawResource) => unknown,
    { maxRows = 1000, ...options }: AllOptions,
  ): Promise<SearchResult> {
    const matches = new Map<unknown, RawResource>();
    const included = new Map<string, RawResource>();
    const problems: string[] = [];
    const followed = new Set<string>();
    let { total } = first;
    let page = first;
    for (;;) {
      for (const match of page.matches) matches.set(keyOf(match), match);
      for (const [key, resource] of page.included) included.set(key, resource);
      problems.push(...page.problems);
      total ??= page.total;
      const { next } = page;
      if (!next || matches.size >= maxRows) {
        const complete = !next && matches.size <= maxRows;
        return { matches: [...matches.values()].slice(0, maxRows), included, problems, total, complete };
      }
      if (followed.has(next)) {
        const sentence = 'The server’s links to the next page lead in a circle';
        throw new FhirError('unreadable', {
          method: 'GET',
          path: readNextLink(next, transport.baseUrl).path,
          sentence,
        });
      }
      followed.add(next);
      page = await searchPage({ next }, options);
    }
  }

  async function searchAll(request: PageRequest, options: AllOptions = {}): Promise<SearchResult> {
    // A record without an id is damaged, and not the same as another one without an id.
    return toEnd(
      await searchPage(request, options),
      (match) => (match.id ? `${match.resourceType}/${match.id}` : match),
      options,
    );
  }

  async function searchMany(
    requests: readonly SearchRequest[],
    options: RequestOptions = {},
  ): Promise<readonly (SearchPage | FhirError)[]> {
    if (!capabilities.batchSearch || requests.length < 2) {
      return inParallel(requests, (request) => orError(searchPage(request, options)));
    }
    const adapted = requests.map(adapt);
    const entries = adapted.map(({ request }) => ({
      request: { method: 'GET', url: searchUrl(request) } as const,
    }));
    const results = await exchangeBatch(transport, entries, { headers, signal: options.signal });
    return inParallel([...adapted.entries()], async ([index, { request, includes }]) => {
      const { error, resource } = results[index] ?? {};
      if (error) return error;
      const bundle = parseBundle(resource);
      return bundle
        ? orError(toPage(bundle, request.type, includes, options))
        : new FhirError('unreadable', { method: 'GET', path: request.type });
    });
  }

  async function count(
    requests: readonly SearchRequest[],
    options: RequestOptions = {},
  ): Promise<readonly (Count | FhirError)[]> {
    const plain = requests.map((request) => ({
      ...request,
      params: request.params.filter(([name]) => !NOT_COUNTED.has(name)),
    }));
    const counting: SearchRequest['params'] = capabilities.summaryCount
      ? [['_summary', 'count']]
      : [
          ['_total', 'accurate'],
          ['_count', '1'],
        ];
    const pages = await searchMany(
      plain.map((request) => ({ ...request, params: [...request.params, ...counting] })),
      options,
    );
    return inParallel([...plain.entries()], async ([index, request]) => {
      const page = pages[index];
      // A refused search is tried without the counting parameters: they may be what the server does not know.
      if (page instanceof FhirError && page.kind !== 'invalid') return page;
      if (page && 'total' in page && page.total !== undefined) return { value: page.total, exact: true };
      const rows = { ...request, params: [...request.params, ['_count', '100']] as const };
      const found = await orError(searchAll(rows, { ...options, maxRows: COUNT_CAP }));
      return found instanceof FhirError ? found : { value: found.matches.length, exact: found.complete };
    });
  }

  async function read(type: string, id: string, { signal }: RequestOptions = {}): Promise<RawResource> {
    const exchange: Exchange = {
      method: 'GET',
      path: `${type}/${encodeURIComponent(id)}`,
      repeatable: true,
      signal,
    };
    const answer = await transport.send(exchange);
    if (answer.resource?.resourceType !== type) throw unexpectedAnswer(exchange, type, answer);
    return answer.resource;
  }

  async function history(type: string, id: string, options: AllOptions = {}): Promise<SearchResult> {
    const path = `${type}/${encodeURIComponent(id)}/_history`;
    const bundle = await transport.sendForBundle({
      method: 'GET',
      path,
      repeatable: true,
      signal: options.signal,
    });
    return toEnd(readSearchPage(bundle, type), (version) => version.meta?.versionId ?? version, options);
  }

  return { searchPage, searchAll, searchMany, count, read, history };
}
