/** What is known of the records on their way: where they lie on the server, and how each is written there. */
import { inChunks } from '#src/fhir/chunks.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { deliver, type Delivery, type Outcome, type WriteEntry } from './delivery.ts';
import { existingRecords, type Found, type IdMode } from './existing-records.ts';
import type { Links } from './sending-order.ts';
import type { Connection } from './server-connection.ts';
import type { Resolve, SourceRecord } from './source-record.ts';
import type { Fate, Tally } from './tally.ts';
import { sourceCode, tagSearch, wireForm } from './wire-form.ts';

export interface ShipmentOptions {
  readonly connection: Connection;
  readonly mode: IdMode;
  readonly links: Links;
  readonly resolve: Resolve;
  readonly tally: Tally;
}

export interface WriteOptions {
  /** The keys of targets that a record does not refer to yet. */
  readonly leftOut?: ReadonlyMap<string, readonly string[]>;
  /** What is on the server already and is to be replaced, by key. */
  readonly replaced?: Map<string, RawResource>;
}

export interface Shipment {
  readonly mode: IdMode;
  /** Where a record lies on the server, as a reference; undefined: nowhere yet. */
  placeOf(key: string): string | undefined;
  /** Whether it refers to a record that was refused, and so cannot be sent. */
  isBlocked(key: string): boolean;
  reject(record: SourceRecord, reason: string): void;
  /** Settles the records that the server has already. */
  findExisting(records: readonly SourceRecord[], fate?: 'created' | 'existing'): Promise<Found>;
  /**
   * Sends records together until each is settled; gives those that are not, since the server took a transaction apart.
   */
  send(
    bundle: Delivery['bundle'],
    records: readonly SourceRecord[],
    options?: WriteOptions,
  ): Promise<readonly SourceRecord[]>;
}

const MOST_ENTRIES = 100;
const MOST_BYTES = 4 * 1024 * 1024;

/** Whether records fit into one bundle. */
export function fitsOneBundle(records: readonly SourceRecord[]): boolean {
  return records.length <= MOST_ENTRIES && bytesOf(records) <= MOST_BYTES;
}

/** Records in portions that fit into a bundle each; one that is too large by itself goes alone. */
export function portions(records: readonly SourceRecord[]): readonly (readonly SourceRecord[])[] {
  return inChunks(records, MOST_ENTRIES).flatMap((chunk) => halved(chunk));
}

function halved(records: readonly SourceRecord[]): readonly (readonly SourceRecord[])[] {
  if (records.length <= 1 || fitsOneBundle(records)) return [records];
  const middle = Math.ceil(records.length / 2);
  return [...halved(records.slice(0, middle)), ...halved(records.slice(middle))];
}

function bytesOf(records: readonly SourceRecord[]): number {
  return records.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function createShipment({ connection, mode, links, resolve, tally }: ShipmentOptions): Shipment {
  const placed = new Map<string, string>();
  const refused = new Set<string>();
  const server = { takesNoBatch: false };
  const place = (record: SourceRecord, id: string, fate: Fate) => {
    placed.set(record.key, `${record.type}/${id}`);
    tally.count(record.type, record.place, fate);
  };

  function reject(record: SourceRecord, reason: string): void {
    refused.add(record.key);
    tally.count(record.type, record.place, { kind: 'rejected', reason });
  }

  async function findExisting(records: readonly SourceRecord[], fate: 'created' | 'existing' = 'existing') {
    const result = await existingRecords(connection, records, mode);
    for (const record of records) {
      const id = result.found.get(record.key)?.id;
      if (id !== undefined) place(record, id, { kind: fate });
    }
    return result;
  }

  async function entryOf(
    record: SourceRecord,
    urns: ReadonlyMap<string, string>,
    options: WriteOptions,
  ): Promise<WriteEntry> {
    const { key, type } = record;
    const leftOut = options.leftOut?.get(key) ?? [];
    const old = options.replaced?.get(key);
    const id = old?.id ?? (mode === 'keep' ? record.id : undefined);
    const resource = await wireForm(record, {
      id,
      tagged: mode === 'server',
      unfinished: leftOut.length > 0,
      rename(reference) {
        const target = resolve(reference)?.key;
        if (target === undefined) return reference;
        return leftOut.includes(target) ? undefined : (placed.get(target) ?? urns.get(target) ?? target);
      },
    });
    const version = old?.meta?.versionId;
    const request: WriteEntry['request'] =
      id === undefined
        ? { method: 'POST', url: type, ifNoneExist: tagSearch([sourceCode(record)]) }
        : {
            method: 'PUT',
            url: `${type}/${id}`,
            ...(version === undefined ? {} : { ifMatch: `W/"${version}"` }),
          };
    const fullUrl = id === undefined ? urns.get(key) : `${connection.base}/${type}/${id}`;
    return { fullUrl, resource, request };
  }

  return {
    mode,
    placeOf: (key) => placed.get(key),
    isBlocked: (key) => refused.has(key) || (links.get(key) ?? []).some((target) => refused.has(target)),
    reject,
    findExisting,
    async send(bundle, records, options = {}) {
      const urns = new Map(
        mode === 'server' ? records.map(({ key }) => [key, `urn:uuid:${crypto.randomUUID()}`]) : [],
      );
      const unnamed: SourceRecord[] = [];
      const apart: SourceRecord[] = [];
      const { replaced } = options;
      await deliver(connection, {
        bundle,
        records,
        entry: (record) => entryOf(record, urns, options),
        server,
        settle(record, outcome: Outcome) {
          if (outcome.kind === 'rejected') {
            if (outcome.apart) apart.push(record);
            else reject(record, outcome.reason);
            return;
          }
          // A record that was replaced has been counted when it was created.
          if (replaced !== undefined) return;
          const id = outcome.id ?? (mode === 'keep' ? record.id : undefined);
          if (id === undefined) unnamed.push(record);
          else place(record, id, { kind: outcome.kind });
        },
        async unsettled(pending) {
          if (replaced === undefined) {
            const { found } = await findExisting(pending, 'created');
            return pending.filter(({ key }) => !found.has(key));
          }
          const { found } = await existingRecords(connection, pending, mode);
          for (const [key, resource] of found) replaced.set(key, resource);
          return pending;
        },
      });
      if (unnamed.length > 0) await findExisting(unnamed, 'created');
      return apart;
    },
  };
}
