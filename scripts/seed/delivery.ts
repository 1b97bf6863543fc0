/** Takes records to the server in batches and transactions until each has an outcome. */
import * as z from 'zod/mini';
import { parseBundle } from '#src/fhir/bundle.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { answeredReason, reasonOf } from './reasons.ts';
import { type Connection, type Later, MOST_TRIES, PASSING, type ServerAnswer } from './server-connection.ts';
import { SeedFailure } from './seed-failure.ts';
import type { SourceRecord } from './source-record.ts';

export type Outcome =
  /** `id` on the server; undefined where it does not tell. */
  | { readonly kind: 'created' | 'existing'; readonly id: string | undefined }
  /** `apart`: out of a transaction whose other entries were stored. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly apart?: boolean };

export interface WriteEntry {
  readonly fullUrl: string | undefined;
  readonly resource: RawResource;
  readonly request: {
    readonly method: 'PUT' | 'POST';
    readonly url: string;
    readonly ifNoneExist?: string;
    readonly ifMatch?: string;
  };
}

export interface Delivery {
  readonly bundle: 'batch' | 'transaction';
  readonly records: readonly SourceRecord[];
  /** The entry as it is now: what was settled before may have changed it. */
  entry(record: SourceRecord): Promise<WriteEntry>;
  settle(record: SourceRecord, outcome: Outcome): void;
  /** Settles those that an earlier try brought in though its answer was lost, and gives the others. */
  unsettled(records: readonly SourceRecord[]): Promise<readonly SourceRecord[]>;
  /** What this server was found not to do. */
  readonly server: { takesNoBatch: boolean };
}

/** Statuses of a whole batch that may be the fault of one entry: it is sent again in halves. */
const DIVISIBLE: ReadonlySet<number> = new Set([400, 404, 405, 409, 412, 413, 422, 500, 501]);

/** Sends until every record is settled. Throws a SeedFailure for what ends the run. */
export async function deliver(connection: Connection, delivery: Delivery): Promise<void> {
  let { records } = delivery;
  for (let tries = 1; records.length > 0; tries += 1) {
    if (delivery.bundle === 'batch' && delivery.server.takesNoBatch) {
      for (const record of records) await deliverAlone(connection, delivery, record);
      return;
    }
    const entry = await Promise.all(records.map((record) => delivery.entry(record)));
    const body = JSON.stringify({ resourceType: 'Bundle', type: delivery.bundle, entry });
    const answer = await connection.attempt({ method: 'POST', path: '', body });
    let later: Later;
    if ('later' in answer) {
      later = answer;
    } else if (answer.status >= 300) {
      await divide(connection, { ...delivery, records }, answer);
      return;
    } else {
      ({ records, later } = readAnswer(connection, { ...delivery, records }, answer, tries));
      if (records.length === 0) return;
    }
    await connection.pause(tries, later);
    if (later.maybeDone) records = await delivery.unsettled(records);
  }
}

/** A bundle that was refused as a whole: the entries of a batch are tried in halves, the last one by itself. */
async function divide(connection: Connection, delivery: Delivery, answer: ServerAnswer): Promise<void> {
  const { records, settle, bundle } = delivery;
  if (answer.status === 403) throw mayNotWrite();
  const [first] = records;
  if (bundle === 'batch' && DIVISIBLE.has(answer.status) && first !== undefined) {
    if (records.length === 1) {
      const outcome = await deliverAlone(connection, delivery, first);
      if (outcome?.kind !== 'rejected') delivery.server.takesNoBatch = true;
      return;
    }
    const middle = Math.ceil(records.length / 2);
    await deliver(connection, { ...delivery, records: records.slice(0, middle) });
    await deliver(connection, { ...delivery, records: records.slice(middle) });
    return;
  }
  for (const record of records) settle(record, { kind: 'rejected', reason: answeredReason(answer) });
}

/** A record without a bundle; undefined: an earlier try had brought it in. */
async function deliverAlone(
  connection: Connection,
  delivery: Delivery,
  record: SourceRecord,
): Promise<Outcome | undefined> {
  for (let tries = 1; ; tries += 1) {
    const { resource, request } = await delivery.entry(record);
    const { method, url, ifNoneExist, ifMatch } = request;
    const answer = await connection.attempt({
      method,
      path: url,
      body: JSON.stringify(resource),
      headers: {
        ...(ifNoneExist === undefined ? {} : { 'If-None-Exist': ifNoneExist }),
        ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
      },
    });
    if (!('later' in answer)) {
      const { status, body, location } = answer;
      const outcome = outcomeOf(record, status, { resource: body, location, outcome: body });
      delivery.settle(record, outcome);
      return outcome;
    }
    await connection.pause(tries, answer);
    if (answer.maybeDone && (await delivery.unsettled([record])).length === 0) return undefined;
  }
}

const entrySchema = z.object({
  resource: z.optional(z.unknown()),
  response: z.object({
    status: z.string(),
    location: z.optional(z.string()),
    outcome: z.optional(z.unknown()),
  }),
});

/** Settles what was answered for good; gives the records that are to be sent again. */
function readAnswer(
  connection: Connection,
  { settle, records, bundle: sent }: Delivery,
  answer: ServerAnswer,
  tries: number,
): { readonly records: readonly SourceRecord[]; readonly later: Later } {
  const bundle = parseBundle(answer.body);
  if (bundle === undefined) {
    throw new SeedFailure(
      `${connection.base} answers a bundle with something else: is --base the FHIR base, such as https://host/fhir/R4?`,
    );
  }
  const again: SourceRecord[] = [];
  let maybeDone = false;
  for (const [index, record] of records.entries()) {
    const { data } = entrySchema.safeParse(bundle.entry?.[index]);
    const status = Number.parseInt(data?.response.status ?? '503', 10);
    if (PASSING.has(status) && tries < MOST_TRIES) {
      again.push(record);
      maybeDone ||= status !== 429;
    } else {
      const { resource, response } = data ?? {};
      const outcome = outcomeOf(record, status, { resource, ...response });
      settle(record, outcome.kind === 'rejected' ? { ...outcome, apart: sent === 'transaction' } : outcome);
    }
  }
  return { records: again, later: { later: 'it is busy', retryAfterMs: undefined, maybeDone } };
}

const writtenSchema = z.object({ resourceType: z.string(), id: z.string() });

interface Written {
  readonly resource?: unknown;
  readonly location?: string | undefined;
  readonly outcome?: unknown;
}

function outcomeOf({ type }: SourceRecord, status: number, written: Written): Outcome {
  if (status >= 300)
    return { kind: 'rejected', reason: reasonOf(status, written.outcome ?? written.resource) };
  // Some servers put an OperationOutcome there, which may have an id of its own.
  const { data } = writtenSchema.safeParse(written.resource);
  const id = data?.resourceType === type ? data.id : idIn(written.location, type);
  return { kind: status === 201 ? 'created' : 'existing', id };
}

/** The id in `Patient/1/_history/1`, absolute or not. */
function idIn(location: string | undefined, type: string): string | undefined {
  return new RegExp(`(?:^|/)${type}/([\\w.-]{1,64})(?:/|$)`).exec(location ?? '')?.[1];
}

function mayNotWrite(): SeedFailure {
  return new SeedFailure(
    'The server does not let this account write (403): it needs the right to create every type of record',
  );
}
