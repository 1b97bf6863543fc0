import type { Resource } from 'fhir/r4';
import { isRecord } from './json.ts';

export type ParsedReference =
  /** `Type/id`, perhaps with `/_history/n`, or the same below the server's own base. */
  | {
      readonly kind: 'local';
      readonly type: string;
      readonly id: string;
      readonly versionId: number | undefined;
    }
  /** `#id`: a contained resource, or `#` itself. */
  | { readonly kind: 'contained'; readonly id: string }
  /** `urn:uuid:…`: another entry of the same transaction. */
  | { readonly kind: 'urn'; readonly urn: string }
  /** An absolute URL of another server. */
  | { readonly kind: 'external' }
  | { readonly kind: 'malformed' };

const LOCAL = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/(\d+))?$/;

/** What the text of `Reference.reference` leads to. `base` has no trailing slash. */
export function parseReference(text: string, base: string): ParsedReference {
  const [, type, id, version] = LOCAL.exec(relativeReference(text, base)) ?? [];
  if (type !== undefined && id !== undefined) {
    return { kind: 'local', type, id, versionId: version === undefined ? undefined : Number(version) };
  }
  if (text.startsWith('#')) return { kind: 'contained', id: text.slice(1) };
  if (text.startsWith('urn:')) return { kind: 'urn', urn: text };
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(text) ? { kind: 'external' } : { kind: 'malformed' };
}

/** A reference below the server's own base as `Type/id`; any other as it is. */
export function relativeReference(text: string, base: string): string {
  return text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text;
}

/** Every reference in a resource, with the expression of its element. */
export function* referencesIn(resource: Resource): Generator<{ text: string; path: string }> {
  yield* referencesBelow(resource, resource.resourceType);
}

function* referencesBelow(value: unknown, path: string): Generator<{ text: string; path: string }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* referencesBelow(item, `${path}[${index}]`);
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      // Only Reference has a property of this name that holds a string; other types hold a Reference in it.
      if (key === 'reference' && typeof item === 'string') yield { text: item, path: `${path}.reference` };
      else yield* referencesBelow(item, `${path}.${key}`);
    }
  }
}

/** A copy of a JSON value in which every reference that `replace` knows is another. */
export function withReferences(value: unknown, replace: (text: string) => string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withReferences(item, replace));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      key === 'reference' && typeof item === 'string'
        ? [key, replace(item) ?? item]
        : [key, withReferences(item, replace)],
    ),
  );
}
