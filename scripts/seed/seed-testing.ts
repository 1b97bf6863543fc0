/** What the tests of the seed command share: a few records, and runs against a made-up server in this process. */
import { createFaults } from '#mocks/faults.ts';
import { createMachineAccess } from '#mocks/machine-access.ts';
import type { ServerBehaviour } from '#mocks/server/behaviour.ts';
import { createFhirServer } from '#mocks/server/server.ts';
import { parseBundle, readSearchPage } from '#src/fhir/bundle.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { accessToken } from './access-token.ts';
import { seedRun, type SeedRunOptions } from './seed-run.ts';
import { memorySource, type Source } from './source-record.ts';
import { createTally, type Tally } from './tally.ts';

export const patient = (id: string, more: object = {}): RawResource => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Okafor' }],
  ...more,
});

export const observation = (id: string, subject: string, more: object = {}): RawResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'Pain' },
  subject: { reference: subject },
  ...more,
});

/** A course, its sessions and their appointments: each refers to another, and all together go in a circle. */
export function circle(sessions: number): readonly RawResource[] {
  const numbers = Array.from({ length: sessions }, (_, index) => index + 1);
  const subject = { reference: 'Patient/p' };
  return [
    {
      resourceType: 'CarePlan',
      id: 'course',
      status: 'active',
      intent: 'plan',
      subject,
      title: 'Course',
      activity: [{ outcomeReference: numbers.map((number) => ({ reference: `Encounter/e${number}` })) }],
    },
    ...numbers.map((number) => ({
      resourceType: 'Encounter',
      id: `e${number}`,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject,
      appointment: [{ reference: `Appointment/a${number}` }],
    })),
    ...numbers.map((number) => ({
      resourceType: 'Appointment',
      id: `a${number}`,
      status: 'fulfilled',
      start: '2026-11-20T08:00:00Z',
      end: '2026-11-20T09:00:00Z',
      participant: [{ actor: subject, status: 'accepted' }],
      supportingInformation: [{ reference: 'CarePlan/course' }],
    })),
    patient('p'),
  ];
}

export interface TestServer {
  readonly fetch: typeof fetch;
  readonly fhirBase: string;
}

/** An empty made-up server that gives tokens to machines. */
export function emptyServer(
  options: { readonly profile?: ServerBehaviour; readonly updateCreate?: boolean } = {},
): TestServer {
  const fhirBase = 'https://clinic.test/fhir/R4';
  const now = () => Temporal.Now.instant();
  const machines = createMachineAccess({ fhirBase, tokenEndpoint: 'https://clinic.test/token', now });
  let ids = 0;
  const server = createFhirServer({
    base: fhirBase,
    resources: [],
    authenticate: async ({ headers }) =>
      machines.actorOf((headers.get('authorization') ?? '').replace('Bearer ', '')),
    now,
    newId: () => `new-${++ids}`,
    faults: createFaults({ wait: async () => {} }),
    ...options,
  });
  return {
    fhirBase,
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      return machines.answer(request) ?? server.handle(request);
    },
  };
}

export interface RunOptions extends Partial<Omit<SeedRunOptions, 'source' | 'base'>> {
  readonly source: Source | readonly RawResource[];
}

/** One run of the seed against a server; what became of the records. */
export async function seedInto(server: TestServer, options: RunOptions): Promise<Tally> {
  const { source, tally = createTally(), fetch = server.fetch } = options;
  const base = server.fhirBase;
  await seedRun({
    base,
    token: accessToken({ base, fetch, now: Date.now }),
    now: Date.now,
    wait: async () => {},
    ...options,
    fetch,
    tally,
    source: 'records' in source ? source : memorySource(source),
  });
  return tally;
}

/** What a search finds on the server. */
export async function onServer(server: TestServer, search: string): Promise<readonly RawResource[]> {
  return readSearchPage(await searched(server, search), undefined).matches;
}

/** How many records of a type the server has. */
export async function countOnServer(server: TestServer, type: string): Promise<number> {
  return (await searched(server, `${type}?_summary=count`)).total ?? 0;
}

async function searched({ fetch, fhirBase: base }: TestServer, search: string) {
  const token = await accessToken({ base, fetch, now: Date.now }).current({ token: undefined });
  const response = await fetch(`${base}/${search}`, { headers: { authorization: `Bearer ${token}` } });
  const bundle = parseBundle(await response.json());
  if (bundle === undefined) throw new Error(`${search} is no search`);
  return bundle;
}
