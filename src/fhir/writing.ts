/** Everything that writes. What was read is sent back whole, with the version that it was made from. */
import {
  type BundleEntryResult,
  exchangeBatch,
  exchangeTransaction,
  orError,
  type WireEntry,
} from './entries.ts';
import { inParallel } from './chunks.ts';
import { createCreator, type CreateOptions, WRITE_HEADERS as headers } from './creating.ts';
import { FhirError } from './error.ts';
import type { ServerCapabilities } from './profile.ts';
import type { FhirReader } from './reading.ts';
import {
  parseResource,
  type RawResource,
  referenceTo,
  sameContent,
  type WritableResource,
} from './resource.ts';
import { type Exchange, type RequestOptions, type Transport, unexpectedAnswer } from './transport.ts';

export type WriteEntry =
  | {
      readonly create: WritableResource;
      /** `urn:uuid:…`, by which other entries refer to it. */
      readonly fullUrl?: string | undefined;
      readonly ifNoneExist?: string | undefined;
    }
  | { readonly update: WritableResource };

/** `get`: a read or a search, relative to the base. */
export type BatchEntry = WriteEntry | { readonly get: string };

export interface FhirWriter {
  /** The resource as stored. Sent again after a lost answer only with `ifNoneExist`: then it is made once. */
  create(resource: WritableResource, options?: CreateOptions): Promise<RawResource>;
  /**
   * Stores a resource over the version that it was read with; refuses one without a version. Somebody else's version in
   * between is a FhirError `conflict`. After a lost answer it is sent again, and then a conflict may be with itself:
   * if the stored version says what was sent, it is the answer.
   */
  update(resource: WritableResource, options?: RequestOptions): Promise<RawResource>;
  /** Independent entries, each with its own result; sent one by one where the server's batches cannot hold them. */
  batch(entries: readonly BatchEntry[], options?: RequestOptions): Promise<readonly BundleEntryResult[]>;
  /**
   * Entries that belong together. Rejects where nothing was stored. A server without atomic transactions gets single
   * writes in the given order, up to the first that fails: an entry may refer only to earlier ones, and every result
   * must be looked at.
   */
  transaction(
    entries: readonly WriteEntry[],
    options?: RequestOptions,
  ): Promise<readonly BundleEntryResult[]>;
}

export function createWriter(
  transport: Transport,
  capabilities: ServerCapabilities,
  { read, searchPage }: FhirReader,
): FhirWriter {
  const create = createCreator(transport, capabilities, searchPage);

  async function update(resource: WritableResource, { signal }: RequestOptions = {}): Promise<RawResource> {
    const { resourceType: type, id = '' } = resource;
    let repeated = false;
    const exchange: Exchange = {
      method: 'PUT',
      path: referenceTo(resource),
      headers: { ...headers, 'If-Match': versionTag(resource) },
      body: JSON.stringify(resource),
      repeatable: true,
      onRepeat: () => (repeated = true),
      signal,
    };
    const answer = await orError(transport.send(exchange));
    if (answer instanceof FhirError) {
      if (!repeated || answer.kind !== 'conflict') throw answer;
      const stored = await read(type, id, { signal });
      if (!sameContent(stored, resource)) throw answer;
      return stored;
    }
    if (!answer.resource) return read(type, id, { signal });
    if (answer.resource.resourceType !== type) throw unexpectedAnswer(exchange, type, answer);
    return answer.resource;
  }

  async function transaction(
    entries: readonly WriteEntry[],
    { signal }: RequestOptions = {},
  ): Promise<readonly BundleEntryResult[]> {
    const wire = entries.map(toWire);
    if (capabilities.atomicTransaction) return exchangeTransaction(transport, wire, { headers, signal });
    refuseForwardReferences(wire);
    const references = new Map<string, string>();
    const results: BundleEntryResult[] = [];
    for (const entry of entries) {
      if (results.at(-1)?.error) {
        const { method, url } = toWire(entry).request;
        results.push({ error: new FhirError('not-sent', { method, path: url }) });
        continue;
      }
      const stored = await orError(
        'create' in entry
          ? create(withReferences(entry.create, references), { ifNoneExist: entry.ifNoneExist, signal })
          : update(withReferences(entry.update, references), { signal }),
      );
      if (stored instanceof FhirError) {
        results.push({ error: stored });
      } else {
        results.push({ resource: stored });
        if ('create' in entry && entry.fullUrl) references.set(entry.fullUrl, referenceTo(stored));
      }
    }
    return results;
  }

  /** One entry of a batch, sent alone. */
  async function alone(entry: BatchEntry, { signal }: RequestOptions): Promise<BundleEntryResult> {
    const stored = await orError(
      'create' in entry
        ? create(entry.create, { ifNoneExist: entry.ifNoneExist, signal })
        : 'update' in entry
          ? update(entry.update, { signal })
          : get(entry.get, signal),
    );
    return stored instanceof FhirError ? { error: stored } : { resource: stored };
  }

  async function get(target: string, signal: AbortSignal | undefined): Promise<RawResource | undefined> {
    const answer = await transport.send({
      method: 'GET',
      path: target.replace(/\?.*/s, ''),
      url: `${transport.baseUrl}/${target}`,
      repeatable: true,
      signal,
    });
    return answer.resource;
  }

  return {
    create,
    update,
    transaction,
    batch: (entries, options = {}) =>
      capabilities.batchSearch
        ? exchangeBatch(transport, entries.map(toWire), { headers, signal: options.signal })
        : inParallel(entries, (entry) => alone(entry, options)),
  };
}

/** `W/"3"`. Throws a FhirError where the resource does not tell its version: it could overwrite any. */
function versionTag(resource: WritableResource): string {
  const version = resource.meta?.versionId;
  if (version) return `W/"${version}"`;
  throw new FhirError('invalid', {
    method: 'PUT',
    path: referenceTo(resource),
    sentence: 'A record without a version cannot be updated safely',
  });
}

function toWire(entry: BatchEntry): WireEntry {
  if ('get' in entry) return { request: { method: 'GET', url: entry.get } };
  if ('update' in entry) {
    const resource = entry.update;
    return {
      resource,
      request: { method: 'PUT', url: referenceTo(resource), ifMatch: versionTag(resource) },
    };
  }
  const { create: resource, fullUrl, ifNoneExist } = entry;
  return { fullUrl, resource, request: { method: 'POST', url: resource.resourceType, ifNoneExist } };
}

/** The resource with the temporary addresses of other entries replaced by what they were stored as. */
function withReferences(
  resource: WritableResource,
  references: ReadonlyMap<string, string>,
): WritableResource {
  const replaced = JSON.stringify(resource, (_key, value: unknown) =>
    typeof value === 'string' ? (references.get(value) ?? value) : value,
  );
  return parseResource(JSON.parse(replaced)) ?? resource;
}

/** Written one by one, an entry can only refer to what is stored already. */
function refuseForwardReferences(entries: readonly WireEntry[]): void {
  for (const [index, { resource, request }] of entries.entries()) {
    const text = JSON.stringify(resource);
    if (!entries.slice(index).some(({ fullUrl }) => fullUrl && text.includes(JSON.stringify(fullUrl))))
      continue;
    throw new FhirError('invalid', {
      method: request.method,
      path: request.url,
      sentence: 'An entry refers to one that is written after it',
    });
  }
}
