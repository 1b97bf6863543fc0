/**
 * What a clinic of 20,000 patients costs: list, chart and palette ask the same as with 240, and the mock clinic
 * answers each request within milliseconds. The requests are the screens' own queries, sent from Node.
 */
import 'temporal-polyfill/global';
import { writeFile } from 'node:fs/promises';
import { QueryClient } from '@tanstack/react-query';
import type { Clinic } from '#src/config/clinic.ts';
import { parseConfig } from '#src/config/load-config.ts';
import { patientPage, patientRecord } from '#src/features/patients/patient-queries.ts';
import { createFhirClient } from '#src/fhir/client.ts';
import { patientRecordParts } from '#src/screens/chart/patient-record-query.ts';
import { patientFacts } from '#src/screens/patients/patient-facts.ts';
import { patientsCounts, patientsPage } from '#src/screens/patients/patients-query.ts';
import rawConfig from '#mocks/config.json' with { type: 'json' };
import { codeFlow } from '#mocks/identity/code-flow.ts';
import { createMockFetch } from '#mocks/node.ts';
import { NOW } from '../support/clinic-day.ts';

const SMALL = 240;
const LARGE = 20_000;
const ROUNDS = 15;
/** Median of one request. The first round builds the server's indexes and is not counted. */
const LIMIT_MS = 100;
const AIM_MS = 50;

interface Asked {
  readonly what: string;
  readonly milliseconds: number;
}

interface Bench {
  readonly clinic: Clinic;
  /** The requests since the last call, and how long the server took. */
  taken(): Asked[];
}

/** A clinic of that many patients, in which a clinician works, who may read everything. */
async function bench(patients: number): Promise<Bench> {
  const mock = createMockFetch({ patients, now: () => NOW });
  const config = parseConfig(rawConfig, new URL('https://clinic.test/config.json'));
  const { access_token: token } = await codeFlow(mock.fetch, mock.issuer).signIn('iyer');
  let asked: Asked[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const what = `${request.method} ${described(request.url.slice(mock.fhirBase.length), await request.clone().text())}`;
    const started = performance.now();
    const response = await mock.fetch(request);
    asked.push({ what, milliseconds: performance.now() - started });
    return response;
  };
  const fhir = createFhirClient({
    baseUrl: config.fhirBaseUrl,
    capabilities: config.serverProfile,
    accessToken: () => Promise.resolve(token),
    fetch,
  });
  return {
    clinic: { fhir, config, now: () => NOW },
    taken() {
      const before = asked;
      asked = [];
      return before;
    },
  };
}

/** A request without what differs from patient to patient: ids, names, numbers. */
function described(target: string, body: string): string {
  const path = target.replace(/^\/Patient\/[^/?]+$/, '/Patient/…').replace(/\?.*$/, '');
  const types = [...body.matchAll(/"url":"(\w+)/g)].map(([, type]) => type);
  return types.length === 0 ? path : `batch of ${types.join(', ')}`;
}

/** What a person looks at, one after the other; each with nothing kept from before. */
const SCREENS: Readonly<Record<string, (clinic: Clinic, round: number) => Promise<unknown>>> = {
  list: async (clinic) => {
    const client = new QueryClient();
    const search = { view: 'all' } as const;
    const [page] = await Promise.all([
      client.fetchQuery(patientsPage(clinic, { search, typed: '', link: undefined, recent: [] })),
      client.fetchQuery(patientsCounts(clinic)),
    ]);
    await client.fetchQuery(patientFacts(clinic, 'clinician', page.rows));
  },
  chart: async (clinic, round) => {
    const client = new QueryClient();
    const id = `p-${String(round * 13 + 1).padStart(4, '0')}`;
    await Promise.all([
      client.fetchQuery(patientRecord(clinic, id)),
      client.fetchQuery(patientRecordParts(clinic, id, 'clinician')),
    ]);
  },
  palette: (clinic, round) =>
    patientPage(
      clinic,
      {
        sort: 'family',
        record: undefined,
        sex: undefined,
        typed: ['ok', 'sm', 'gar', 'de'][round % 4] ?? '',
      },
      { link: undefined },
    ),
};

interface Measure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly aim: number;
  readonly unit: string;
}

async function measured(): Promise<Measure[]> {
  const small = await bench(SMALL);
  const large = await bench(LARGE);
  const measures: Measure[] = [];
  for (const [screen, look] of Object.entries(SCREENS)) {
    await look(small.clinic, 0);
    await look(large.clinic, 0);
    const few = small.taken().map(({ what }) => what);
    const many = large.taken().map(({ what }) => what);
    const differing = few.length === many.length ? few.filter((what, at) => what !== many[at]).length : 1;
    if (differing > 0) console.warn(`${screen}: ${few.join('; ')} — with 20,000: ${many.join('; ')}`);
    measures.push({
      name: `${screen}: requests that differ from those with ${SMALL} patients`,
      value: few.length === 0 ? 1 : differing,
      limit: 0,
      aim: 0,
      unit: '',
    });
    for (let round = 1; round <= ROUNDS; round++) await look(large.clinic, round);
    const times = Object.groupBy(large.taken(), ({ what }) => what);
    for (const [what, each = []] of Object.entries(times)) {
      const value = median(each.map(({ milliseconds }) => milliseconds));
      measures.push({ name: `${screen}: ${what}`, value, limit: LIMIT_MS, aim: AIM_MS, unit: 'ms' });
    }
  }
  return measures;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const measures = await measured();
for (const { name, value, limit, aim, unit } of measures) {
  const verdict = value <= limit ? 'ok    ' : 'FAILED';
  console.warn(`${verdict} ${name} ${value.toFixed(1)} ${unit}, limit ${limit}, aim ${aim}`);
}
const failures = measures.filter(({ value, limit }) => value > limit).map(({ name }) => name);
const report = process.argv.find((argument) => argument.startsWith('--report='))?.slice('--report='.length);
if (report !== undefined) {
  const counts = { passed: measures.length - failures.length, failed: failures.length };
  await writeFile(report, JSON.stringify({ ...counts, failures, measures }, undefined, 2));
}
process.exitCode = failures.length > 0 ? 1 : 0;
