import { parseReference, referencesIn } from './references.ts';
import type { Store } from './store.ts';
import { isRecord } from './json.ts';

/**
 * The family names of the patients whose records a request is about: of the resource that it addresses by id or
 * writes, or the one patient that a search names. A search that names several is about a list, not about them.
 * `query` holds the parameters of the search, `written` the text of the body.
 */
export function addressedFamilyNames(
  store: Store,
  base: string,
  { path, query, written }: { readonly path: string; readonly query: string; readonly written: string },
): string[] {
  const [type = '', addressedId = ''] = path.split('/');
  const addressed = store.resource(type, addressedId);
  const patients = new Set<string>(type === 'Patient' ? [addressedId] : []);
  if (addressed !== undefined) {
    for (const { text } of referencesIn(addressed)) addPatient(patients, text, base);
  }
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === '_id' && type === 'Patient') patients.add(value);
    else addPatient(patients, value, base);
  }
  for (const [, id] of written.matchAll(/"Patient\/([A-Za-z0-9\-.]+)"/g))
    if (id !== undefined) patients.add(id);
  return [...patients].flatMap((patient) => familyNames(store.resource('Patient', patient)));
}

function addPatient(patients: Set<string>, text: string, base: string): void {
  const target = parseReference(text, base);
  if (target.kind === 'local' && target.type === 'Patient') patients.add(target.id);
}

function familyNames(patient: unknown): string[] {
  const names = isRecord(patient) && Array.isArray(patient['name']) ? patient['name'] : [];
  return names.flatMap((name: unknown) =>
    isRecord(name) && typeof name['family'] === 'string' ? [name['family']] : [],
  );
}
