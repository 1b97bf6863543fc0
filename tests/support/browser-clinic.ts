import type { FhirResource } from 'fhir/r4';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import type { Clinic } from '#src/config/clinic.ts';
import { parseConfig } from '#src/config/load-config.ts';
import { createFhirClient } from '#src/fhir/client.ts';
import { connection } from '#src/app/connection.ts';
import rawConfig from '#mocks/config.json' with { type: 'json' };
import type { Faults } from '#mocks/faults.ts';
import { codeFlow } from '#mocks/identity/code-flow.ts';
import { createMockFetch } from '#mocks/node.ts';

/** The moment at which the tests of screens take place: a Monday morning, 10:42 at the clinic. */
export const NOW = Temporal.Instant.from('2026-11-23T15:42:00Z');

/** Who signs in: `Practitioner` ids of the made-up clinic. */
const PEOPLE = {
  nurse: 'ruiz',
  secondNurse: 'abara',
  administrator: 'kaya',
  manager: 'osei',
  clinician: 'iyer',
} as const;

export type PersonName = keyof typeof PEOPLE;

export interface TestClinic {
  readonly faults: Faults;
  /** What was asked of the FHIR server by screens, decoded: `GET Patient?_sort=family`, a batch entry by entry. */
  readonly asked: string[];
  readonly fetch: typeof globalThis.fetch;
  /** The clinic as the application sees it, for one person. */
  open(person: PersonName): Clinic;
  /** Stores a new record through the server, as somebody who may; gives its id. */
  create(resource: FhirResource): Promise<string>;
  /** From now on the server sends a record with other fields: what its strictness would never let in. */
  spoil(key: string, fields: Readonly<Record<string, unknown>>): void;
}

/** A made-up clinic of its own, without a port: empty, unless `patients` says how many it has. */
export function testClinic({ patients = 0 } = {}): TestClinic {
  const mock = createMockFetch({ patients, now: () => NOW });
  const config = parseConfig(rawConfig, new URL('https://clinic.test/config.json'));
  const tokens = new Map<PersonName, Promise<string>>();
  const spoilt = new Map<string, Readonly<Record<string, unknown>>>();
  const asked: string[] = [];

  const tokenOf = (person: PersonName) => {
    const token =
      tokens.get(person) ??
      codeFlow(mock.fetch, mock.issuer)
        .signIn(PEOPLE[person])
        .then((signedIn) => signedIn.access_token);
    tokens.set(person, token);
    return token;
  };

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    asked.push(...questionsOf(request, await request.clone().text(), mock.fhirBase));
    const response = await mock.fetch(request);
    if (spoilt.size === 0) return response;
    const { status, headers } = response;
    return new Response(spoil(await response.text(), spoilt), { status, headers });
  };

  return {
    faults: mock.clinic.faults,
    asked,
    fetch,
    open: (person) => ({
      fhir: createFhirClient({
        baseUrl: config.fhirBaseUrl,
        capabilities: config.serverProfile,
        accessToken: () => tokenOf(person),
        onReachable: connection.setReachable,
        fetch,
        wait: async () => {},
      }),
      config,
      now: () => NOW,
    }),
    async create(resource) {
      const person = resource.resourceType === 'Patient' ? 'administrator' : 'clinician';
      const response = await mock.fetch(`${mock.fhirBase}/${resource.resourceType}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await tokenOf(person)}`,
          'content-type': 'application/fhir+json',
        },
        body: JSON.stringify(resource),
      });
      const text = await response.text();
      expect(`${response.status} ${text}`).toMatch(/^201 /);
      return created.parse(JSON.parse(text)).id;
    },
    spoil: (key, fields) => void spoilt.set(key, fields),
  };
}

const created = z.object({ id: z.string() });
const batch = z.object({ entry: z.array(z.object({ request: z.object({ url: z.string() }) })) });

function questionsOf({ method, url }: Request, body: string, base: string): readonly string[] {
  const target = decodeURIComponent(url.slice(base.length + 1));
  if (method === 'GET') return [`GET ${target}`];
  if (target !== '') return [`${method} ${target} ${decodeURIComponent(body)}`];
  return batch.parse(JSON.parse(body)).entry.map(({ request }) => `BATCH ${decodeURIComponent(request.url)}`);
}

/** The answer with other fields in the records that were named, wherever they stand in it. */
function spoil(text: string, fields: ReadonlyMap<string, object>): string {
  return JSON.stringify(
    JSON.parse(text, (_, value: unknown) => {
      const record = key.safeParse(value).data;
      return record === undefined
        ? value
        : { ...record, ...fields.get(`${record.resourceType}/${record.id}`) };
    }),
  );
}

const key = z.looseObject({ resourceType: z.string(), id: z.string() });
