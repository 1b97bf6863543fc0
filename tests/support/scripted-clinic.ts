import { readFileSync } from 'node:fs';
import type { Clinic } from '#src/config/clinic.ts';
import type { ClinicConfig } from '#src/config/config.ts';
import { parseConfig } from '#src/config/load-config.ts';
import { BASE, fakeServer, json, outcome, type SentRequest } from '#src/fhir/fake-fetch.ts';
import type { ServerCapabilities } from '#src/fhir/profile.ts';

/** Answers a search, given as `Type?parameters` and decoded: a bundle, or the status that it fails with. */
export type SearchScript = (search: string) => object | number;

export interface ScriptedClinicOptions {
  /** The clinic's clock stands still at this instant. */
  readonly now?: string;
  readonly codes?: Partial<ClinicConfig['codes']>;
  readonly locale?: string;
  readonly capabilities?: Partial<ServerCapabilities>;
}

const CONFIG = readFileSync(new URL('../../mocks/config.json', import.meta.url), 'utf8');

/**
 * The made-up clinic on a server that answers searches as a test says, however they come: alone, as a form, in a batch,
 * or as the page behind a link. `searches` are those that were asked, in order.
 */
export function scriptedClinic(script: SearchScript, options: ScriptedClinicOptions = {}) {
  const searches: string[] = [];
  const ask = (search: string) => {
    searches.push(search);
    return script(search);
  };
  const server = fakeServer((request) => {
    if (request.target === '') return json(batchAnswer(request, ask));
    const answer = ask(searchIn(request));
    return typeof answer === 'number' ? json(outcome('Refused'), answer) : json(answer);
  }, options.capabilities);
  const config = parseConfig(JSON.parse(CONFIG), new URL('https://clinic.example/config.json'));
  const now = Temporal.Instant.from(options.now ?? '2026-11-23T14:00:00Z');
  const clinic: Clinic = {
    fhir: server.client,
    config: {
      ...config,
      clinic: { ...config.clinic, locale: options.locale ?? config.clinic.locale },
      codes: { ...config.codes, ...options.codes },
    },
    now: () => now,
  };
  return { clinic, searches, requests: server.requests };
}

/** The server's link to a further page, as a search script sees it: `Type?page=2`. */
export function pageLink(search: string): string {
  return `${BASE}/${search}`;
}

function searchIn({ target, body }: SentRequest): string {
  return target.endsWith('/_search')
    ? `${target.slice(0, -'/_search'.length)}?${decodeURIComponent(body)}`
    : target;
}

function batchAnswer({ body }: SentRequest, ask: SearchScript) {
  const { entry }: { entry: readonly { request: { url: string } }[] } = JSON.parse(body);
  return {
    resourceType: 'Bundle',
    type: 'batch-response',
    entry: entry.map(({ request }) => {
      const answer = ask(decodeURIComponent(request.url));
      return typeof answer === 'number'
        ? { response: { status: String(answer), outcome: outcome('Refused') } }
        : { response: { status: '200 OK' }, resource: answer };
    }),
  };
}
