/** The exchange of a batch or transaction: what goes into it, and the check of every entry that comes back. */
import { type Bundle, readEntryAnswer } from './bundle.ts';
import { inChunks, inParallel } from './chunks.ts';
import { errorKind, FhirError, readIssues } from './error.ts';
import type { RawResource, WritableResource } from './resource.ts';
import { isTransient, MAX_TRIES } from './retry.ts';
import type { RequestOptions, Transport } from './transport.ts';

/** An entry as FHIR writes it. */
export interface WireEntry {
  readonly fullUrl?: string | undefined;
  readonly resource?: WritableResource;
  readonly request: {
    readonly method: 'GET' | 'POST' | 'PUT';
    /** Relative to the base. */
    readonly url: string;
    readonly ifMatch?: string | undefined;
    readonly ifNoneExist?: string | undefined;
  };
}

/** An entry either succeeded, with or without a resource in its answer, or has an error. */
export type BundleEntryResult =
  | { readonly resource: RawResource | undefined; readonly error?: undefined }
  | { readonly resource?: undefined; readonly error: FhirError };

interface ExchangeOptions extends RequestOptions {
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The answers of independent entries, each in its entry's place; portions of 100 run side by side. Entries that the
 * server was too busy for are sent again, only they. Where a whole portion fails, each of its entries has that error.
 */
export async function exchangeBatch(
  transport: Transport,
  entries: readonly WireEntry[],
  options: ExchangeOptions,
): Promise<readonly BundleEntryResult[]> {
  const portions = await inParallel(inChunks(entries), (portion) =>
    exchangePortion(transport, portion, options),
  );
  return portions.flat();
}

/** The answers of entries that belong together. The server may have stored a part of them: check every error. */
export async function exchangeTransaction(
  transport: Transport,
  entries: readonly WireEntry[],
  options: ExchangeOptions,
): Promise<readonly BundleEntryResult[]> {
  const answer = await post(transport, 'transaction', entries, options);
  return entries.map((entry, index) => readResult(answer, entry, index));
}

async function exchangePortion(
  transport: Transport,
  portion: readonly WireEntry[],
  options: ExchangeOptions,
): Promise<readonly BundleEntryResult[]> {
  const results: BundleEntryResult[] = [];
  let open = [...portion.entries()];
  for (let tries = 1; ; tries += 1) {
    const answer = await orError(
      post(
        transport,
        'batch',
        open.map(([, entry]) => entry),
        options,
      ),
    );
    for (const [index, [place, entry]] of open.entries()) {
      results[place] = answer instanceof FhirError ? { error: answer } : readResult(answer, entry, index);
    }
    // A batch that failed as a whole was already sent as often as makes sense.
    if (answer instanceof FhirError || tries === MAX_TRIES) return results;
    open = open.filter(([place, entry]) => isBusy(entry, results[place]?.error));
    if (open.length === 0) return results;
    await transport.backOff(tries, undefined, options.signal);
  }
}

/** Only 429 says that nothing was done; a gateway's error says so too, but only of a read does it not matter. */
function isBusy({ request }: WireEntry, error: FhirError | undefined): boolean {
  return error !== undefined && isTransient(error) && (error.status === 429 || request.method === 'GET');
}

function post(
  transport: Transport,
  type: 'batch' | 'transaction',
  entry: readonly WireEntry[],
  { headers, signal }: ExchangeOptions,
): Promise<Bundle> {
  return transport.sendForBundle({
    method: 'POST',
    path: '',
    url: transport.baseUrl,
    headers,
    body: JSON.stringify({ resourceType: 'Bundle', type, entry }),
    repeatable: entry.every(({ request }) => request.method === 'GET'),
    signal,
  });
}

function readResult(answer: Bundle, { request }: WireEntry, index: number): BundleEntryResult {
  const { status, resource, outcome } = readEntryAnswer(answer, index);
  if (status !== undefined && status >= 200 && status < 300) return { resource };
  return {
    error: new FhirError(status === undefined ? 'unreadable' : errorKind(status), {
      method: request.method,
      path: request.url.replace(/\?.*/s, ''),
      status,
      issues: readIssues(outcome),
    }),
  };
}

/** The result, or the FhirError that it failed with. Anything else (an abort, a mistake in the code) still rejects. */
export async function orError<T>(work: Promise<T>): Promise<T | FhirError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FhirError) return error;
    throw error;
  }
}
