import type { Resource } from 'fhir/r4';
import { RESOURCE_TYPES, isResourceType, type ResourceType } from './supported-types.ts';

export interface StoredVersion {
  readonly type: string;
  readonly id: string;
  readonly versionId: number;
  /** An instant, in UTC with milliseconds where the server wrote it. */
  readonly lastUpdated: string;
  /** Undefined: this version deleted the resource. */
  readonly resource: Resource | undefined;
}

/** A resource through its versions. Its ordinal is its place in the type, never given twice. */
export interface Entry {
  readonly ordinal: number;
  readonly id: string;
  current: StoredVersion;
  /** Oldest first; absent while there is one version, as most resources of a clinic have. */
  older: StoredVersion[] | undefined;
}

/** Learns of every change of a current resource, and what it was before; undefined: not there. */
export type ChangeListener = (
  type: ResourceType,
  ordinal: number,
  resource: Resource | undefined,
  previous: Resource | undefined,
) => void;

interface TypeTable {
  readonly entries: (Entry | undefined)[];
  readonly byId: Map<string, Entry>;
}

interface UndoStep {
  readonly version: StoredVersion;
  readonly previous: StoredVersion | undefined;
}

/** The versions of all resources, in memory. Knows nothing of HTTP, search or roles. */
export class Store {
  /** Of all resources, deleted ones and older versions included. */
  versionCount = 0;
  onChange: ChangeListener = () => {};
  readonly #tables = new Map<ResourceType, TypeTable>(
    RESOURCE_TYPES.map((type) => [type, { entries: [], byId: new Map() }]),
  );
  #undo: UndoStep[] | undefined;

  /** By ordinal; undefined where a creation was undone. */
  entries(type: ResourceType): readonly (Entry | undefined)[] {
    return this.#table(type).entries;
  }

  entry(type: string, id: string): Entry | undefined {
    return isResourceType(type) ? this.#table(type).byId.get(id) : undefined;
  }

  /** The current resource; undefined when unknown or deleted. */
  resource(type: string, id: string): Resource | undefined {
    return this.entry(type, id)?.current.resource;
  }

  version(type: string, id: string, versionId: number): StoredVersion | undefined {
    return this.versions(type, id).find((version) => version.versionId === versionId);
  }

  /** Oldest first. */
  versions(type: string, id: string): readonly StoredVersion[] {
    const entry = this.entry(type, id);
    return entry === undefined ? [] : [...(entry.older ?? []), entry.current];
  }

  /** Stores a resource as its next version, or its deletion, and returns that version. */
  write(type: ResourceType, id: string, resource: Resource | undefined, lastUpdated: string): StoredVersion {
    const versionId = (this.entry(type, id)?.current.versionId ?? 0) + 1;
    const meta = { ...resource?.meta, versionId: String(versionId), lastUpdated };
    const stored = resource === undefined ? undefined : { ...resource, id, meta };
    const version: StoredVersion = { type, id, versionId, lastUpdated, resource: stored };
    this.put(type, version);
    return version;
  }

  /** Stores a version as it is, unless the same or a later one is there. */
  put(type: ResourceType, version: StoredVersion): void {
    const { entries, byId } = this.#table(type);
    const entry = byId.get(version.id);
    if (entry !== undefined && entry.current.versionId >= version.versionId) return;
    this.#undo?.push({ version, previous: entry?.current });
    this.versionCount++;
    if (entry === undefined) {
      const created: Entry = { ordinal: entries.length, id: version.id, current: version, older: undefined };
      entries.push(created);
      byId.set(version.id, created);
      this.onChange(type, created.ordinal, version.resource, undefined);
    } else {
      const previous = entry.current;
      entry.older = [...(entry.older ?? []), previous];
      entry.current = version;
      this.onChange(type, entry.ordinal, version.resource, previous.resource);
    }
  }

  /** Runs writes that stand or fall together: all of them are undone when `work` throws. */
  atomically<T>(work: () => T): { readonly result: T; readonly written: readonly StoredVersion[] } {
    if (this.#undo !== undefined) throw new Error('Atomic work does not nest');
    const steps: UndoStep[] = [];
    this.#undo = steps;
    try {
      return { result: work(), written: steps.map(({ version }) => version) };
    } catch (error) {
      for (const step of steps.toReversed()) this.#revert(step);
      throw error;
    } finally {
      this.#undo = undefined;
    }
  }

  #revert({ version: { type, id }, previous }: UndoStep): void {
    if (!isResourceType(type)) return;
    const { entries, byId } = this.#table(type);
    const entry = byId.get(id);
    if (entry === undefined) return;
    const undone = entry.current.resource;
    this.versionCount--;
    if (previous === undefined) {
      entries[entry.ordinal] = undefined;
      byId.delete(id);
    } else {
      entry.current = previous;
      entry.older = entry.older?.slice(0, -1);
    }
    this.onChange(type, entry.ordinal, previous?.resource, undone);
  }

  /** Every current resource. */
  *all(): Generator<Resource> {
    for (const { entries } of this.#tables.values()) {
      for (const entry of entries) if (entry?.current.resource !== undefined) yield entry.current.resource;
    }
  }

  #table(type: ResourceType): TypeTable {
    const table = this.#tables.get(type);
    if (table === undefined) throw new Error(`No table of ${type}`);
    return table;
  }
}
