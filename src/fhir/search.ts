/** Searches as data, and their encoding. The values are search values in FHIR's syntax: `system|code`, `ge2026-…`. */

/** An array repeats the parameter, which means and; for or see `anyOf`. */
export type SearchValue = string | number | readonly string[];

type SearchParameter = readonly [name: string, value: string];

export interface SearchRequest {
  readonly type: string;
  readonly params: readonly SearchParameter[];
  /** The parameters tell who somebody is: kept out of the URL where the server can. */
  readonly identifying?: boolean;
}

/**
 * A search of one resource type. Parameters that are undefined are left out. An empty value throws a TypeError:
 * servers ignore it and answer with everything.
 */
export function searchRequest(
  type: string,
  params: Readonly<Record<string, SearchValue | undefined>>,
  { identifying = false }: { readonly identifying?: boolean } = {},
): SearchRequest {
  const pairs = Object.entries(params).flatMap(([name, value]) =>
    (value === undefined ? [] : Array.isArray(value) ? value : [value]).map((single): SearchParameter => [
      name,
      String(single),
    ]),
  );
  const empty = pairs.find(([, value]) => value === '');
  if (empty) throw new TypeError(`The search parameter ${empty[0]} of ${type} has no value`);
  return { type, params: pairs, identifying };
}

/**
 * One value that matches any of the given ones. They are taken as they are, so that `system|code` stays a token; text
 * that somebody typed goes through `literal` first. None at all throws a TypeError.
 */
export function anyOf(values: readonly string[]): string {
  if (values.length === 0) throw new TypeError('Any of nothing matches nothing');
  return values.join(',');
}

/** Text as a search value that means itself: the characters that FHIR gives a meaning (`\`, `,`, `$`, `|`) escaped. */
export function literal(text: string): string {
  return text.replaceAll(/[\\,$|]/g, String.raw`\$&`);
}

/** The parameters percent-encoded, `+` and spaces too: for a URL, a form body or `ifNoneExist`. */
export function encodeQuery(params: readonly SearchParameter[]): string {
  return new URLSearchParams(params.map(([name, value]) => [name, value])).toString().replaceAll('+', '%20');
}

/** `Patient?name=a`, or `Patient` without parameters. */
export function searchUrl({ type, params }: SearchRequest): string {
  return params.length === 0 ? type : `${type}?${encodeQuery(params)}`;
}
