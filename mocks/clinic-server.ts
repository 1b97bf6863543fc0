import { buildClinic } from '#mocks/clinic/clinic.ts';
import { STAFF } from '#mocks/clinic/staff.ts';
import { createFaults, type Faults, type Scenario } from '#mocks/faults.ts';
import { isScenario, SCENARIOS } from '#mocks/scenarios.ts';
import { harborRowProvider } from '#mocks/identity/harbor-row.ts';
import type { KeyValueStorage } from '#mocks/identity/key-value-storage.ts';
import type { IdentityProvider } from '#mocks/identity/provider.ts';
import type { SessionCarrier } from '#mocks/identity/sessions.ts';
import { type Actor, createFhirServer, type FhirServer } from '#mocks/server/server.ts';
import type { StoredVersion } from '#mocks/server/store.ts';
import * as z from 'zod/mini';

/** How many patients the made-up clinic has unless told. */
export const PATIENTS = 240;

/** Absolute, without a slash at the end. */
export interface ClinicAddresses {
  readonly fhirBase: string;
  readonly issuer: string;
  /** Of the switches for tests and demonstrations: `scenario`, `reset` and `expire` below it. */
  readonly control: string;
}

export interface MockClinicOptions {
  readonly addresses: ClinicAddresses;
  readonly clientId: string;
  /** The clinic's day, on the calendar of `timeZone`, around which its records are laid. */
  readonly today: Temporal.PlainDate;
  readonly timeZone: string;
  readonly patients: number;
  readonly now: () => Temporal.Instant;
  readonly newId: () => string;
  /** How a slow answer takes its time. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly storage: KeyValueStorage;
  readonly session: SessionCarrier;
  /** Where a browser signs in and out, where that is not below the issuer. */
  readonly pages?: { readonly authorize: string; readonly logout: string };
  /** Learns of every version that a request wrote. */
  readonly onWrite?: (version: StoredVersion) => void;
  /** Learns of a reset that a request asked for. */
  readonly onReset?: () => void;
}

export interface MockClinic {
  /** Answers what is addressed to the clinic. Throws NetworkFailure where no answer is to arrive. */
  fetch(request: Request): Promise<Response>;
  /** Takes a version that another tab wrote. */
  apply(version: StoredVersion): void;
  /** Back to the records of the morning; people stay signed in. */
  reset(): void;
  readonly faults: Faults;
  readonly provider: IdentityProvider;
}

const scenarioSchema = z.object({ scenario: z.custom<Scenario>(isScenario) });
const expirySchema = z.object({ what: z._default(z.enum(['access-tokens', 'sign-ins']), 'access-tokens') });

/** The made-up clinic: its FHIR server, its sign-in and the switches of both, behind one `fetch`. */
export function createMockClinic(options: MockClinicOptions): MockClinic {
  const { addresses, now, storage, session, pages, today, timeZone, patients } = options;
  const faults = createFaults({ wait: options.wait });
  const provider = harborRowProvider(
    { issuer: addresses.issuer, now, storage, session, ...(pages === undefined ? {} : { pages }) },
    options.clientId,
  );
  const openServer = () =>
    createFhirServer({
      base: addresses.fhirBase,
      resources: buildClinic({ today, timeZone, patients }),
      authenticate: async (request) => actorOf(request, provider),
      now,
      newId: options.newId,
      faults,
      onWrite: (version) => options.onWrite?.(version),
    });
  let server: FhirServer = openServer();
  const reset = () => {
    server = openServer();
  };

  async function control(path: string, request: Request): Promise<Response> {
    switch (`${request.method} ${path}`) {
      case 'GET /scenario':
        return Response.json({ scenario: faults.scenario, scenarios: SCENARIOS });
      case 'PUT /scenario': {
        const body = scenarioSchema.safeParse(await jsonOf(request));
        if (!body.success) {
          return problem(`Send {"scenario": …} with one of ${SCENARIOS.join(', ')}`);
        }
        faults.scenario = body.data.scenario;
        return Response.json({ scenario: faults.scenario });
      }
      case 'POST /reset':
        reset();
        options.onReset?.();
        return new Response(null, { status: 204 });
      case 'POST /expire': {
        const body = expirySchema.safeParse((await jsonOf(request)) ?? {});
        if (!body.success) {
          return problem('Send nothing, or {"what": …} with access-tokens or sign-ins');
        }
        provider.expire(body.data.what);
        return new Response(null, { status: 204 });
      }
      default:
        return problem(`There is no ${request.method} ${path} here`, 404);
    }
  }

  return {
    async fetch(request) {
      const { origin, pathname } = new URL(request.url);
      const address = `${origin}${pathname}`;
      if (isBelow(address, addresses.fhirBase)) return server.handle(request);
      if (isBelow(address, addresses.issuer)) return provider.handle(request);
      if (isBelow(address, addresses.control)) {
        return control(address.slice(addresses.control.length), request);
      }
      return new Response('Not found', { status: 404 });
    },
    apply: (version) => server.apply(version),
    reset,
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

async function actorOf(request: Request, provider: IdentityProvider): Promise<Actor | undefined> {
  const accessToken = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const verified = accessToken === undefined ? undefined : await provider.verifyAccessToken(accessToken);
  const person = STAFF.find(({ id }) => id === verified?.personId);
  return person === undefined
    ? undefined
    : { reference: `Practitioner/${person.id}`, display: person.displayName, role: person.role };
}

/** The body as JSON; undefined when it is empty or something else. */
async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

function problem(detail: string, status = 400): Response {
  return Response.json({ detail }, { status });
}
