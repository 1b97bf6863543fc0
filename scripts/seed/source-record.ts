/** The records that are to be brought in, and where they come from. */
import type { RawResource } from '#src/fhir/resource.ts';

/** One record of a source. Its content is fetched when it is sent, so that a large source need not fit into memory. */
export interface SourceRecord {
  /** `Patient/1`, in the ids of the source. */
  readonly key: string;
  readonly type: string;
  readonly id: string;
  /** How a person finds it: `Patient.ndjson:12`, or the key. */
  readonly place: string;
  /** What it refers to, as it is written there. */
  readonly references: readonly string[];
  readonly bytes: number;
  load(): Promise<RawResource>;
}

/** What stands in the source and is no record, or the second of its name. */
export interface SourceReject {
  readonly type: string;
  readonly place: string;
  readonly reason: string;
}

export interface Source {
  readonly records: readonly SourceRecord[];
  readonly rejects: readonly SourceReject[];
  close(): Promise<void>;
}

/** Records that are in memory already, such as those of the made-up clinic. */
export function memorySource(resources: Iterable<RawResource>): Source {
  const records = [...resources].map((resource): SourceRecord => {
    const { resourceType: type, id = '' } = resource;
    const key = `${type}/${id}`;
    return {
      key,
      type,
      id,
      place: key,
      references: referencesIn(resource),
      bytes: JSON.stringify(resource).length,
      load: async () => resource,
    };
  });
  return { records, rejects: [], close: async () => {} };
}

/** Every reference and relative address in a resource, each once, those of contained ones and extensions too. */
export function referencesIn(resource: RawResource): readonly string[] {
  const found = new Set<string>();
  mapReferences(resource, (text) => {
    found.add(text);
    return text;
  });
  return [...found];
}

/**
 * A copy of a JSON value with every reference replaced. Undefined takes the reference away, and with it each object
 * and list that holds nothing else.
 */
export function mapReferences(value: unknown, replace: (text: string) => string | undefined): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => mapReferences(item, replace));
    const kept = items.filter((item) => item !== undefined);
    return kept.length === 0 && items.length > 0 ? undefined : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    typeof item === 'string' && isAddress(key, item) ? replace(item) : mapReferences(item, replace),
  ]);
  const kept = entries.filter(([, item]) => item !== undefined);
  return kept.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(kept);
}

/** `reference` of a Reference, and `url` of an Attachment where it leads to a record. */
function isAddress(key: string, text: string): boolean {
  return key === 'reference' || (key === 'url' && /^(urn:uuid:|[A-Z]\w+\/[\w.-]{1,64}$)/.test(text));
}

/** Tells which record of the source a reference means; undefined: none of them. */
export type Resolve = (reference: string) => SourceRecord | undefined;

/**
 * Understands `Type/id`, that version of it, the same below `sourceBase` (where the records come from), and
 * `urn:uuid:` with the id of a record.
 */
export function resolverOf(records: readonly SourceRecord[], sourceBase?: string): Resolve {
  const byKey = new Map(records.map((record) => [record.key, record]));
  const byId = new Map(records.map((record) => [record.id, record]));
  const prefix = sourceBase === undefined ? undefined : `${sourceBase.replace(/\/+$/, '')}/`;
  return (reference) => {
    if (reference.startsWith('urn:uuid:')) return byId.get(reference.slice('urn:uuid:'.length));
    const relative =
      prefix !== undefined && reference.startsWith(prefix) ? reference.slice(prefix.length) : reference;
    return byKey.get(relative.replace(/\/_history\/.*$/, ''));
  };
}
