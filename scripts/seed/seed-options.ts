import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { serverProfileSchema } from '#src/config/server-profiles.ts';
import type { Credentials } from './access-token.ts';
import type { IdMode } from './existing-records.ts';

export interface SeedOptions extends Credentials {
  /** Without a slash at its end. */
  readonly base: string;
  /** The folder of NDJSON files; undefined: the made-up clinic. */
  readonly folder: string | undefined;
  readonly sourceBase: string | undefined;
  readonly patients: number | undefined;
  readonly today: string | undefined;
  readonly ids: IdMode | undefined;
  readonly transactions: boolean | undefined;
}

export const USAGE = `Brings records to a FHIR R4 server: those of the made-up clinic, or NDJSON files.

npm run seed -- --base URL [options]

  --base URL            the FHIR base, such as http://127.0.0.1:8090/fhir/R4
  --from DIR            a folder of *.ndjson files, one resource a line, of any types that the server knows;
                        without it the made-up clinic
  --from-base URL       the FHIR base that absolute references in these files name
  --patients N          of the made-up clinic; 240 unless told
  --today YYYY-MM-DD    the day around which the made-up clinic is laid; today unless told
  --profile NAME        medplum, hapi, google, azure, generic or minimal: whether transactions are all or
                        nothing; without it what the server says of itself
  --ids keep|server     whether records keep their ids; without it the server is tried

The account needs the right to read and create every type. One of:
  --token T             an access token; better in FHIR_TOKEN, out of the list of processes
  --client ID           a machine client (client credentials), with
    --secret S          its secret; better in FHIR_CLIENT_SECRET
    --token-url URL     where tokens are given; without it what the server's smart-configuration says
    --scope S           where the token endpoint wants one
  nothing               for a server that asks for none, and for npm run mock:serve, whose smart-configuration
                        offers tokens to machine clients without a secret

Run it again whenever it was interrupted: what is there already is left as it is, also where somebody has changed it
since. Ids are kept by PUT; where the server gives its own, a tag in meta.tag remembers the old one, and references
follow. Exits with 0: all there, 1: something was rejected or the run could not be finished, 2: wrong options,
130: interrupted.`;

/** The options of a command line, `help`, or the sentence that says what is wrong. */
export function seedOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SeedOptions | 'help' | { readonly problem: string } {
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'The options cannot be read' };
  }
  if (values.help) return 'help';
  const problem = problemOf(values);
  if (problem !== undefined) return { problem };
  const { base = '', patients, ids, profile } = values;
  return {
    base: base.replace(/\/+$/, ''),
    folder: values.from,
    sourceBase: values['from-base'],
    patients: patients === undefined ? undefined : Number(patients),
    today: values.today,
    ids: ids === 'keep' || ids === 'server' ? ids : undefined,
    transactions: profile === undefined ? undefined : serverProfileSchema.parse(profile).atomicTransaction,
    token: values.token ?? (values.client === undefined ? environment['FHIR_TOKEN'] || undefined : undefined),
    clientId: values.client,
    clientSecret: values.secret ?? (environment['FHIR_CLIENT_SECRET'] || undefined),
    tokenUrl: values['token-url'],
    scope: values.scope,
  };
}

const text = { type: 'string' } as const;

const OPTIONS = {
  base: text,
  from: text,
  'from-base': text,
  patients: text,
  today: text,
  profile: text,
  ids: text,
  token: text,
  client: text,
  secret: text,
  'token-url': text,
  scope: text,
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = { readonly [name in Exclude<keyof typeof OPTIONS, 'help'>]?: string | undefined };

const webAddress = z.url({ protocol: /^https?$/ });

function problemOf(values: Values): string | undefined {
  const { base, patients, today, profile, ids } = values;
  if (base === undefined) return '--base is missing: the FHIR base, such as http://127.0.0.1:8090/fhir/R4';
  for (const name of ['base', 'from-base', 'token-url'] as const) {
    const value = values[name];
    if (value !== undefined && !webAddress.safeParse(value).success) {
      return `--${name} ${value} is not an address that starts with http:// or https://`;
    }
  }
  if (values.from !== undefined && (patients !== undefined || today !== undefined)) {
    return '--from and the made-up clinic (--patients, --today) exclude each other';
  }
  if (patients !== undefined && !(/^\d{1,6}$/.test(patients) && Number(patients) <= 100_000)) {
    return `--patients ${patients} is not a number from 0 to 100000`;
  }
  if (today !== undefined && !z.iso.date().safeParse(today).success) {
    return `--today ${today} is not a date such as 2026-11-23`;
  }
  if (profile !== undefined && !serverProfileSchema.safeParse(profile).success) {
    return `--profile ${profile} is none of medplum, hapi, google, azure, generic, minimal`;
  }
  if (ids !== undefined && ids !== 'keep' && ids !== 'server')
    return `--ids ${ids} is neither keep nor server`;
  if (values.token !== undefined && values.client !== undefined)
    return '--token and --client exclude each other';
  if (values.client === undefined && (values.secret ?? values['token-url'] ?? values.scope) !== undefined) {
    return '--secret, --token-url and --scope belong to a --client';
  }
  return undefined;
}
