import type { Resource } from 'fhir/r4';
import { buildClinic } from '#mocks/clinic/clinic.ts';
import { STAFF } from '#mocks/clinic/staff.ts';
import { createControl } from '#mocks/control.ts';
import { createFaults, type Faults } from '#mocks/faults.ts';
import { harborRowProvider } from '#mocks/identity/harbor-row.ts';
import type { KeyValueStorage } from '#mocks/identity/key-value-storage.ts';
import type { IdentityProvider } from '#mocks/identity/provider.ts';
import type { SessionCarrier } from '#mocks/identity/sessions.ts';
import { clinicTimeAt, type Laying, layingAt } from '#mocks/laying.ts';
import { createMachineAccess, type MachineAccess } from '#mocks/machine-access.ts';
import type { ServerBehaviour } from '#mocks/server/behaviour.ts';
import { createRival } from '#mocks/rival.ts';
import { type Actor, createFhirServer, type FhirServer } from '#mocks/server/server.ts';
import type { StoredVersion } from '#mocks/server/store.ts';

/** How many patients the made-up clinic has unless told. */
export const PATIENTS = 240;

/** Absolute, without a slash at the end. */
export interface ClinicAddresses {
  readonly fhirBase: string;
  readonly issuer: string;
  /** Of the switches for tests and demonstrations: `scenario`, `day`, `clock`, `reset` and `expire` below it. */
  readonly control: string;
}

export interface MockClinicOptions {
  readonly addresses: ClinicAddresses;
  readonly clientId: string;
  /** Lays the records when they are first asked for: a page on which nobody has signed in does without. */
  readonly lazy?: boolean;
  /** What the records are laid for; the clinic's day and hour of this moment unless told. */
  readonly laying?: Laying;
  readonly timeZone: string;
  readonly patients: number;
  /** The real time; the clinic's own is that of its laying. */
  readonly now: () => Temporal.Instant;
  readonly newId: () => string;
  /** How a slow answer takes its time. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly storage: KeyValueStorage;
  readonly session: SessionCarrier;
  /** Where a browser signs in and out, where that is not below the issuer. */
  readonly pages?: { readonly authorize: string; readonly logout: string };
  /** Lets programs in that bring records, without a person; not unless told. */
  readonly machines?: boolean;
  /** Which FHIR server it is to be like; the plain one unless told. */
  readonly profile?: ServerBehaviour;
  /** Whether a PUT may create; it may unless told. */
  readonly updateCreate?: boolean;
  /** Learns of every version that a request wrote. */
  readonly onWrite?: (version: StoredVersion) => void;
  /** Learns that a request had all records laid anew. */
  readonly onLaid?: (laying: Laying) => void;
  /** What somebody asked for that the clinic does not know; told with the switches. */
  readonly notice?: string | undefined;
}

export interface MockClinic {
  /** Answers what is addressed to the clinic. Throws NetworkFailure where no answer is to arrive. */
  fetch(request: Request): Promise<Response>;
  /** Takes a version that another tab wrote. */
  apply(version: StoredVersion): void;
  /** Lays all records anew, as another tab did; people stay signed in. */
  lay(laying: Laying): void;
  readonly faults: Faults;
  readonly provider: IdentityProvider;
}

/** The made-up clinic: its FHIR server, its sign-in and the switches of both, behind one `fetch`. */
export function createMockClinic(options: MockClinicOptions): MockClinic {
  const { addresses, now, storage, session, pages, timeZone, patients } = options;
  let laying = options.laying ?? layingAt({ day: 'usual', clock: undefined }, now(), timeZone);
  const clinicNow = () => clinicTimeAt(laying, now());
  const faults = createFaults({ wait: options.wait });
  const provider = harborRowProvider(
    { issuer: addresses.issuer, now, storage, session, ...(pages === undefined ? {} : { pages }) },
    options.clientId,
  );
  const machines = options.machines
    ? createMachineAccess({ fhirBase: addresses.fhirBase, tokenEndpoint: `${addresses.control}/token`, now })
    : undefined;
  const openServer = (resources: Iterable<Resource>) =>
    createFhirServer({
      base: addresses.fhirBase,
      resources,
      authenticate: async (request) => actorOf(request, provider, machines),
      now: clinicNow,
      newId: options.newId,
      faults,
      ...(options.profile === undefined ? {} : { profile: options.profile }),
      ...(options.updateCreate === undefined ? {} : { updateCreate: options.updateCreate }),
      onWrite: (version) => options.onWrite?.(version),
    });
  const bare = openServer([]);
  let server: FhirServer | undefined;
  /** What other tabs wrote before the records were laid here. */
  const waiting: StoredVersion[] = [];
  const records = (): FhirServer => {
    server ??= openServer(
      buildClinic({
        today: Temporal.PlainDate.from(laying.today),
        timeZone,
        patients,
        day: laying.day,
        ...(laying.at !== undefined && { now: Temporal.Instant.from(laying.at) }),
      }),
    );
    for (const version of waiting.splice(0)) server.apply(version);
    return server;
  };
  if (options.lazy !== true) records();
  const lay = (next: Laying) => {
    laying = next;
    waiting.length = 0;
    server = undefined;
    if (options.lazy !== true) records();
  };
  const rival = createRival({
    fhirBase: addresses.fhirBase,
    now: clinicNow,
    newId: options.newId,
    onWrite: (version) => options.onWrite?.(version),
  });
  const control = createControl({
    faults,
    laying: () => laying,
    lay(next) {
      lay(next);
      options.onLaid?.(next);
    },
    // A day that somebody chose is laid as it was.
    fresh: () => (laying.at === undefined ? laying : layingAt(laying, now(), timeZone)),
    onScenario: rival.forget,
    expire: (what) => provider.expire(what),
    now,
    timeZone,
    notice: options.notice,
  });

  return {
    async fetch(request) {
      const { origin, pathname } = new URL(request.url);
      const address = `${origin}${pathname}`;
      const machinery = machines?.answer(request);
      if (machinery !== undefined) return machinery;
      if (isBelow(address, addresses.fhirBase)) {
        // What the server can do stands in no record.
        if (address === `${addresses.fhirBase}/metadata`) return bare.handle(request);
        if (faults.scenario === 'conflict') await rival.meet(request, records());
        return records().handle(request);
      }
      if (isBelow(address, addresses.issuer)) return provider.handle(request);
      if (isBelow(address, addresses.control)) {
        return control(address.slice(addresses.control.length), request);
      }
      return new Response('Not found', { status: 404 });
    },
    apply(version) {
      if (server === undefined) waiting.push(version);
      else server.apply(version);
    },
    lay,
    faults,
    provider,
  };
}

/** The addresses of a clinic that stands at `base`, which ends with a slash. */
export function addressesBelow(base: string): ClinicAddresses {
  return { fhirBase: `${base}fhir/R4`, issuer: `${base}idp`, control: `${base}mock` };
}

/** Whether an address without query is `base` or below it. */
export function isBelow(address: string, base: string): boolean {
  return address === base || address.startsWith(`${base}/`);
}

async function actorOf(
  request: Request,
  provider: IdentityProvider,
  machines: MachineAccess | undefined,
): Promise<Actor | undefined> {
  const accessToken = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (accessToken === undefined) return undefined;
  const machine = machines?.actorOf(accessToken);
  if (machine !== undefined) return machine;
  const verified = await provider.verifyAccessToken(accessToken);
  const person = STAFF.find(({ id }) => id === verified?.personId);
  return person === undefined
    ? undefined
    : { reference: `Practitioner/${person.id}`, display: person.displayName, role: person.role };
}
