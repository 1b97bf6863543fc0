import { addressesBelow, createMockClinic, type MockClinic, PATIENTS } from './clinic-server.ts';
import config from './config.json' with { type: 'json' };
import type { ServerBehaviour } from './server/behaviour.ts';
import { memoryStorage } from './identity/key-value-storage.ts';
import { storedCarrier } from './identity/sessions.ts';
import { NetworkFailure } from './faults.ts';

export interface MockFetchOptions {
  /** Where the clinic pretends to stand, with a slash at the end; `https://clinic.test/` unless told. */
  readonly base?: string;
  readonly today?: Temporal.PlainDate;
  readonly patients?: number;
  readonly now?: () => Temporal.Instant;
  /** Which FHIR server it is to be like; the plain one unless told. */
  readonly profile?: ServerBehaviour;
  /** Whether a PUT may create; it may unless told. */
  readonly updateCreate?: boolean;
  /** How a slow answer takes its time; not at all unless told. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export interface MockFetch {
  /** Like the global fetch, but never follows a redirect and reaches nobody but the clinic. */
  readonly fetch: typeof globalThis.fetch;
  readonly fhirBase: string;
  readonly issuer: string;
  readonly clinic: MockClinic;
}

/** A made-up clinic of its own inside this process, without a port. Its ids count up, so runs are alike. */
export function createMockFetch(options: MockFetchOptions = {}): MockFetch {
  const addresses = addressesBelow(options.base ?? 'https://clinic.test/');
  const { timeZone } = config.clinic;
  const now = options.now ?? (() => Temporal.Now.instant());
  const storage = memoryStorage();
  let ids = 0;
  const clinic = createMockClinic({
    addresses,
    clientId: config.identity.clientId,
    ...(options.today !== undefined && { laying: { today: options.today.toString(), day: 'usual' } }),
    timeZone,
    patients: options.patients ?? PATIENTS,
    now,
    newId: () => `new-${++ids}`,
    wait: options.wait ?? (async () => {}),
    storage,
    session: storedCarrier(storage),
    machines: true,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.updateCreate === undefined ? {} : { updateCreate: options.updateCreate }),
  });

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    try {
      const response = await clinic.fetch(request);
      request.signal.throwIfAborted();
      return response;
    } catch (error) {
      throw error instanceof NetworkFailure ? new TypeError('fetch failed', { cause: error }) : error;
    }
  };
  return { fetch, fhirBase: addresses.fhirBase, issuer: addresses.issuer, clinic };
}
