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
  /** The requests of screens to the FHIR server, decoded: `GET Patient?_sort=family`, `BATCH`, one question a line. */
  readonly asked: string[];
  readonly fetch: typeof globalThis.fetch;
  /** The clinic as the application sees it, for one person. */
  open(person: PersonName): Clinic;
  /** Stores a new record through the server, as somebody who may; gives its id. */
  create(resource: FhirResource): Promise<string>;
  /** Holds back the answers of the scenario `slow`; gives what lets them go. */
  hold(): () => void;
  /** Resolves when every request so far has its answer, and what it led to was asked and answered too. */
  settled(): Promise<void>;
  /** From now on the server sends a record with other fields: what its strictness would never let in. */
  spoil(key: string, fields: Readonly<Record<string, unknown>>): void;
}

/** A made-up clinic of its own, without a port: empty, unless `patients` says how many it has. */
export function testClinic({ patients = 0 } = {}): TestClinic {
  let held = Promise.resolve();
  const mock = createMockFetch({ patients, now: () => NOW, wait: () => held });
  const config = parseConfig(rawConfig, new URL('https://clinic.test/config.json'));
  const tokens = new Map<PersonName, Promise<string>>();
  const spoilt = new Map<string, Readonly<Record<string, unknown>>>();
  const asked: string[] = [];
  const answers = new Set<Promise<Response>>();

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
    asked.push(described(request, await request.clone().text(), mock.fhirBase));
    const answer = mock.fetch(request);
    answers.add(answer);
    void answer.finally(() => answers.delete(answer)).catch(() => {});
    const response = await answer;
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
      const token = await tokenOf(person);
      const post = () =>
        mock.fetch(`${mock.fhirBase}/${resource.resourceType}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
          body: JSON.stringify(resource),
        });
      const first = await post();
      // A record of a patient called `Fault-…-once` is refused once.
      const response = first.ok ? first : await post();
      const text = await response.text();
      expect(`${response.status} ${text}`).toMatch(/^201 /);
      return created.parse(JSON.parse(text)).id;
    },
    hold() {
      const gate = Promise.withResolvers<void>();
      held = gate.promise;
      return gate.resolve;
    },
    async settled() {
      for (let seen = -1; seen < asked.length || answers.size > 0;) {
        seen = asked.length;
        await Promise.allSettled(answers);
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    spoil: (key, fields) => void spoilt.set(key, fields),
  };
}

const created = z.object({ id: z.string() });
const batch = z.object({ entry: z.array(z.object({ request: z.object({ url: z.string() }) })) });

function described({ method, url }: Request, body: string, base: string): string {
  const target = url.slice(base.length + 1);
  if (target !== '') return decodeURIComponent(`${method} ${target} ${body}`).trim();
  const urls = batch.parse(JSON.parse(body)).entry.map(({ request }) => decodeURIComponent(request.url));
  return ['BATCH', ...urls].join('\n');
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
