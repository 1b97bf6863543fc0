import { inChunks } from '#src/fhir/chunks.ts';
import { existingRecords, type IdMode } from './existing-records.ts';
import type { Links } from './sending-order.ts';
import type { Connection } from './server-connection.ts';
import type { Shipment } from './shipment.ts';
import type { SourceRecord } from './source-record.ts';

export interface IdModeOptions {
  readonly connection: Connection;
  /** In the order in which they are sent. */
  readonly records: readonly SourceRecord[];
  readonly links: Links;
  /** What the server says of itself. */
  readonly keepsIds: boolean | undefined;
  shipmentIn(mode: IdMode): Shipment;
}

/** How many records that are refused either way may be tried. */
const MOST_PROBES = 5;

/**
 * Whether this server lets records keep their ids. Servers claim what they refuse to some accounts, or to ids of
 * digits alone, so the first record that it lacks is tried. A later run decides alike.
 */
export async function decideMode(options: IdModeOptions): Promise<IdMode> {
  const { connection, records, links, keepsIds, shipmentIn } = options;
  if (keepsIds === false) return 'server';
  let probes = 0;
  for (const portion of inChunks(records.filter(({ key }) => links.get(key)?.length === 0))) {
    const { found, refused } = await existingRecords(connection, portion, 'keep');
    for (const record of portion) {
      if (found.has(record.key) || refused.has(record.key)) continue;
      for (const mode of ['keep', 'server'] as const) {
        const shipment = shipmentIn(mode);
        await shipment.send('batch', [record]);
        if (shipment.placeOf(record.key) !== undefined) return mode;
      }
      probes += 1;
      if (probes === MOST_PROBES) return 'keep';
    }
  }
  return 'keep';
}
