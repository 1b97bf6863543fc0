/** Records that refer to each other in a circle: in one transaction, or opened and closed again. */
import type { RawResource } from '#src/fhir/resource.ts';
import { existingRecords } from './existing-records.ts';
import { type Links, opened, wavesOf } from './sending-order.ts';
import type { Connection } from './server-connection.ts';
import { fitsOneBundle, portions, type Shipment } from './shipment.ts';
import { referencesIn, type SourceRecord } from './source-record.ts';
import { isUnfinished } from './wire-form.ts';

export interface Circle {
  readonly members: readonly SourceRecord[];
  /** Members that the server has already, by key. */
  readonly found: ReadonlyMap<string, RawResource>;
}

export interface CircleOptions {
  readonly connection: Connection;
  readonly shipment: Shipment;
  readonly links: Links;
  /** Whether the server stores a transaction whole or not at all. */
  readonly transactions: boolean;
}

export const BLOCKED = 'Not sent, since it refers to a record that was rejected';

/** Sends what the server lacks of a circle. */
export async function sendCircle(circle: Circle, options: CircleOptions): Promise<void> {
  const { shipment, transactions } = options;
  const missing = circle.members.filter(({ key }) => !circle.found.has(key));
  if (transactions && fitsOneBundle(circle.members)) {
    const apart = missing.length > 0 ? await shipment.send('transaction', missing) : [];
    if (apart.length === 0) return;
  }
  await sendOpened(circle, options);
}

/**
 * Without a transaction that holds them all: first a few of them without some references, marked as unfinished, then
 * the others, then those few again as they should be. A run that finds the mark goes on from there.
 */
async function sendOpened({ members, found }: Circle, options: CircleOptions): Promise<void> {
  const { shipment, links } = options;
  const byKey = new Map(members.map((record) => [record.key, record]));
  const leftOut = opened([...byKey.keys()], links);
  const rest = new Map(
    members.map(({ key }) => [
      key,
      (links.get(key) ?? []).filter((target) => byKey.has(target) && !leftOut.get(key)?.includes(target)),
    ]),
  );
  for (const wave of wavesOf(rest)) {
    const keys = wave.flatMap((group) => group.keys).filter((key) => shipment.placeOf(key) === undefined);
    const records = keys.flatMap((key) => byKey.get(key) ?? []);
    for (const record of records) if (shipment.isBlocked(record.key)) shipment.reject(record, BLOCKED);
    const sendable = records.filter(({ key }) => !shipment.isBlocked(key));
    for (const portion of portions(sendable)) await shipment.send('batch', portion, { leftOut });
  }
  const cut = members.filter(({ key }) => leftOut.has(key) && shipment.placeOf(key) !== undefined);
  await close(cut, { found, leftOut }, options);
}

/** Writes the unfinished among the records as they should be. */
async function close(
  cut: readonly SourceRecord[],
  { found, leftOut }: Pick<Circle, 'found'> & { readonly leftOut: ReadonlyMap<string, readonly string[]> },
  { connection, shipment }: CircleOptions,
): Promise<void> {
  const fresh = await existingRecords(
    connection,
    cut.filter(({ key }) => !found.has(key)),
    shipment.mode,
  );
  const replaced = new Map<string, RawResource>();
  for (const { key } of cut) {
    const resource = fresh.found.get(key) ?? found.get(key);
    if (resource === undefined || !isUnfinished(resource)) continue;
    // Somebody may have completed it since; the mark stays on servers that never forget a tag.
    const references = new Set(referencesIn(resource));
    const completed = leftOut.get(key)?.some((target) => references.has(shipment.placeOf(target) ?? ''));
    if (!completed) replaced.set(key, resource);
  }
  const unfinished = cut.filter(({ key }) => replaced.has(key));
  for (const portion of portions(unfinished)) await shipment.send('batch', portion, { replaced });
}
