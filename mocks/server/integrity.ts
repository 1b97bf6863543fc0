import type { Resource } from 'fhir/r4';
import { isRecord } from './json.ts';
import { brokenReference, invalid } from './outcome.ts';
import { parseReference, referencesIn } from './references.ts';
import type { Store } from './store.ts';

/** Throws 409 when a reference of the resource leads to nothing that is stored, 400 when it is no reference at all. */
export function requireTargets(store: Store, base: string, resource: Resource): void {
  for (const { text, path } of referencesIn(resource)) {
    const target = parseReference(text, base);
    if (target.kind === 'malformed') throw invalid(`${JSON.stringify(text)} is not a reference`, path);
    if (target.kind === 'contained' && !hasContained(resource, target.id)) {
      throw invalid(`${text} is not contained in the resource`, path);
    }
    if (target.kind === 'urn') throw brokenReference(`No entry has the fullUrl ${text}`, path);
    if (target.kind !== 'local') continue;
    const { type, id, versionId } = target;
    const found =
      versionId === undefined ? store.resource(type, id) : store.version(type, id, versionId)?.resource;
    if (found === undefined) throw brokenReference(`${text} does not exist`, path);
  }
}

function hasContained(resource: Resource, id: string): boolean {
  if (id === '') return true;
  const contained: unknown = Reflect.get(resource, 'contained');
  return Array.isArray(contained) && contained.some((item) => isRecord(item) && item['id'] === id);
}

/**
 * Throws 409 when a current resource still refers to a deleted one. Looks at every resource: deletions are rare, and
 * an index of all references would be larger than all others together.
 */
export function requireUnreferenced(
  store: Store,
  base: string,
  deleted: readonly { readonly type: string; readonly id: string }[],
): void {
  const keys = new Set(deleted.map(({ type, id }) => `${type}/${id}`));
  if (keys.size === 0) return;
  for (const resource of store.all()) {
    const from = `${resource.resourceType}/${resource.id}`;
    if (keys.has(from)) continue;
    for (const { text, path } of referencesIn(resource)) {
      const target = parseReference(text, base);
      if (target.kind === 'local' && keys.has(`${target.type}/${target.id}`)) {
        throw brokenReference(`${from} still refers to ${target.type}/${target.id} (${path})`);
      }
    }
  }
}
