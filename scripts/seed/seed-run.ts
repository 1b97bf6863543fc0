import { inParallel } from '#src/fhir/chunks.ts';
import { BLOCKED, sendCircle } from './circular-records.ts';
import { decideMode } from './id-mode.ts';
import type { IdMode } from './existing-records.ts';
import { type Group, type Links, wavesOf } from './sending-order.ts';
import { serverAbilities } from './server-abilities.ts';
import { type ConnectionOptions, createConnection } from './server-connection.ts';
import { createShipment, portions } from './shipment.ts';
import { resolverOf, type Source, type SourceRecord } from './source-record.ts';
import type { Tally } from './tally.ts';

export interface SeedRunOptions extends ConnectionOptions {
  readonly source: Source;
  /** The FHIR base that absolute references of the source may name. */
  readonly sourceBase?: string | undefined;
  /** Whether records keep their ids; undefined: where the server lets them. */
  readonly ids?: IdMode | undefined;
  /** Whether transactions are all or nothing; undefined: as the server says. */
  readonly transactions?: boolean | undefined;
  readonly tally: Tally;
}

/**
 * Brings the records of a source to a server, those that others refer to first, and counts what became of them. What
 * the server has already stays as it is. Throws a SeedFailure for what ends the run, or the signal's reason.
 */
export async function seedRun(options: SeedRunOptions): Promise<void> {
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  try {
    await run({ ...options, signal });
  } finally {
    // Whatever else was on its way when one failed.
    stop.abort();
  }
}

async function run(options: SeedRunOptions): Promise<void> {
  const { source, tally } = options;
  const connection = createConnection(options);
  const abilities = await serverAbilities(connection);
  const transactions = options.transactions ?? abilities.transactions ?? false;
  for (const { type, place, reason } of source.rejects)
    tally.count(type, place, { kind: 'rejected', reason });

  const byKey = new Map(source.records.map((record) => [record.key, record]));
  const resolve = resolverOf(source.records, options.sourceBase);
  const links: Links = new Map(
    source.records.map(({ key, references }) => [
      key,
      [...new Set(references.flatMap((reference) => resolve(reference)?.key ?? []))],
    ]),
  );
  const recordsOf = (group: Group): readonly SourceRecord[] =>
    group.keys.flatMap((key) => byKey.get(key) ?? []);
  const waves = wavesOf(links);
  const records = waves.flat().flatMap((group) => (group.circular ? [] : recordsOf(group)));
  const shipmentIn = (mode: IdMode) => createShipment({ connection, mode, links, resolve, tally });
  const mode =
    options.ids ??
    (await decideMode({ connection, records, links, keepsIds: abilities.keepsIds, shipmentIn }));
  const shipment = shipmentIn(mode);

  async function sendWave(groups: readonly Group[]): Promise<void> {
    const rejectAll = (group: Group, reason: string) => {
      for (const record of recordsOf(group)) shipment.reject(record, reason);
    };
    for (const group of groups) if (group.keys.some(shipment.isBlocked)) rejectAll(group, BLOCKED);
    const open = groups.filter((group) => !group.keys.some(shipment.isBlocked));
    const { found, refused } = await shipment.findExisting(open.flatMap(recordsOf));
    for (const group of open) {
      const [reason] = group.keys.flatMap((key) => refused.get(key) ?? []);
      if (reason !== undefined) rejectAll(group, reason);
    }
    const sendable = open.filter((group) => !group.keys.some((key) => refused.has(key)));
    const [circles, rest] = [
      sendable.filter((group) => group.circular),
      sendable.filter((group) => !group.circular),
    ];
    const missing = rest.flatMap(recordsOf).filter(({ key }) => !found.has(key));
    const tasks = [
      ...circles.map(
        (group) => () =>
          sendCircle({ members: recordsOf(group), found }, { connection, shipment, links, transactions }),
      ),
      ...portions(missing).map((portion) => async () => void (await shipment.send('batch', portion))),
    ];
    await inParallel(tasks, (task) => task());
  }

  for (const wave of waves) await sendWave(wave);
}
