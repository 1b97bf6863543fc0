/** Reads config.json at start, and says what is wrong with it so that whoever installed it can put it right. */
import type * as z from 'zod/mini';

import { crossCheck, type Finding } from './config-checks.ts';
import { type ClinicConfig, configSchema } from './config.ts';

/** One wrong value: where, what stands there, and what may. */
export interface ConfigProblem {
  /** `clinic.openingHours[0].closes`; empty for the file as a whole. */
  readonly key: string;
  /** As JSON, shortened; `(nothing)` where the key is missing. */
  readonly value: string;
  readonly allowed: string;
}

export type ConfigErrorKind = 'missing' | 'unreachable' | 'not-json' | 'invalid';

/** Why there is no configuration. `missing` includes a host that answers unknown paths with its HTML page. */
export class ConfigError extends Error {
  readonly kind: ConfigErrorKind;
  readonly url: string;
  readonly problems: readonly ConfigProblem[];

  constructor(kind: ConfigErrorKind, url: URL, detail: string, problems: readonly ConfigProblem[] = []) {
    super(detail);
    this.name = 'ConfigError';
    this.kind = kind;
    this.url = url.href;
    this.problems = problems;
  }
}

/** A start that waits longer than this says so instead of showing nothing. */
const TIMEOUT_MS = 20_000;

/**
 * Fetches and validates the configuration at `url`. Addresses in it are resolved against `url`.
 * @throws ConfigError
 */
export async function loadConfig(url: URL, fetch: typeof globalThis.fetch): Promise<ClinicConfig> {
  let response: Response;
  let body: string;
  try {
    // Nothing but the signal, so that the request is the one that index.html has preloaded.
    response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    body = await response.text();
  } catch (error) {
    throw new ConfigError('unreachable', url, error instanceof Error ? error.message : 'The request failed');
  }
  if (response.status === 404 || response.status === 410) {
    throw new ConfigError('missing', url, `The server answered ${response.status}`);
  }
  if (!response.ok) {
    throw new ConfigError('unreachable', url, `The server answered ${response.status}`);
  }
  if (body.trimStart().startsWith('<')) {
    throw new ConfigError('missing', url, 'The server answered with a web page');
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw new ConfigError('not-json', url, error instanceof Error ? error.message : 'Not JSON');
  }
  return parseConfig(json, url);
}

/**
 * Validates a configuration that was read from `url`.
 * @throws ConfigError of the kind `invalid`, with every problem found
 */
export function parseConfig(json: unknown, url: URL): ClinicConfig {
  const invalid = (findings: readonly Finding[], read: unknown) =>
    new ConfigError(
      'invalid',
      url,
      'The configuration is not valid',
      findings.map((finding) => problemOf(finding, read)),
    );

  const parsed = configSchema.safeParse(withoutRemarks(json));
  if (!parsed.success) {
    throw invalid(parsed.error.issues.flatMap(findingsOf), json);
  }
  const config = parsed.data;
  config.fhirBaseUrl = new URL(config.fhirBaseUrl, url).href.replace(/\/+$/, '');
  // A provider's name is compared letter by letter: an absolute one stays as it is written.
  if (!URL.canParse(config.identity.issuer)) {
    config.identity.issuer = new URL(config.identity.issuer, url).href;
  }
  const findings = crossCheck(config);
  if (findings.length > 0) {
    throw invalid(findings, json);
  }
  return config;
}

/** The file without what is written for its readers: `comment` anywhere, `$schema` at the top. */
function withoutRemarks(json: unknown): unknown {
  const bare: unknown = JSON.parse(JSON.stringify(json), (key, value: unknown) =>
    key === 'comment' ? undefined : value,
  );
  if (typeof bare === 'object' && bare !== null) {
    Reflect.deleteProperty(bare, '$schema');
  }
  return bare;
}

function findingsOf(issue: z.core.$ZodIssue): Finding[] {
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: [...issue.path, key], allowed: `not known here; ${issue.message}` }))
    : [{ path: issue.path, allowed: issue.message }];
}

function problemOf({ path, allowed }: Finding, json: unknown): ConfigProblem {
  let key = '';
  let value = json;
  for (const step of path) {
    // Of a value in its short form (a text for an object) the key is as far as the file goes.
    if (typeof value !== 'object' || value === null) break;
    key += typeof step === 'number' ? `[${step}]` : `${key === '' ? '' : '.'}${String(step)}`;
    value = Reflect.get(value, step);
  }
  return { key, value: shortened(value), allowed };
}

function shortened(value: unknown): string {
  if (value === undefined) return '(nothing)';
  const written = JSON.stringify(value);
  return written.length <= 60 ? written : `${written.slice(0, 59)}…`;
}
