/** A server's `next` links: followed as they are, but only inside the FHIR base that the configuration names. */
import { FhirError } from './error.ts';
import { encodeQuery } from './search.ts';

interface NextLink {
  readonly url: string;
  /** Below the base, without the query. */
  readonly path: string;
  /** The type that is searched, where the path tells it. */
  readonly type: string | undefined;
  /** What the page after needs a second step for. */
  readonly includes: readonly string[];
}

/** The link with `_include` values that the server cannot resolve, in its fragment: that is never sent. */
export function withIncludes(next: string, includes: readonly string[]): string {
  return `${next.replace(/#.*/s, '')}#${encodeQuery(includes.map((include) => ['_include', include]))}`;
}

/** The link taken apart. Throws a FhirError `refused-link` where it leads out of the base: the token would go along. */
export function readNextLink(next: string, baseUrl: string): NextLink {
  const base = new URL(`${baseUrl}/`);
  const url = URL.canParse(next, base) ? new URL(next, base) : undefined;
  // Some servers page on the base itself, `…/fhir?_getpages=…`, so it may stand without its slash.
  if (url?.origin !== base.origin || !`${url.pathname}/`.startsWith(base.pathname)) {
    throw new FhirError('refused-link', {
      method: 'GET',
      path: '',
      sentence:
        `The server’s link to the next page leads to ${url ? url.origin + url.pathname : 'no address'} instead of ` +
        `${baseUrl}; a server behind a proxy must be told its public address`,
    });
  }
  const path = url.pathname.slice(base.pathname.length);
  const includes = new URLSearchParams(url.hash.slice(1)).getAll('_include');
  url.hash = '';
  return { url: url.href, path, type: /^[A-Z]\w*/.exec(path)?.[0], includes };
}
