import 'temporal-polyfill/global';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { STAFF } from './clinic/staff.ts';
import { addressesBelow, createMockClinic, type MockClinic, PATIENTS } from './clinic-server.ts';
import config from './config.json' with { type: 'json' };
import { allowOrigin, encoded, preflight, toRequest } from './http-door.ts';
import { memoryStorage } from './identity/key-value-storage.ts';
import { cookieCarrier } from './identity/sessions.ts';
import { NetworkFailure } from './faults.ts';
import { BEHAVIOURS, isServerProfile, type ServerProfileName } from './server/behaviour.ts';

export interface ListenOptions {
  /** 0: any that is free. */
  readonly port?: number;
  readonly host?: string;
  readonly patients?: number;
  readonly today?: Temporal.PlainDate;
  /** Which FHIR server it is to be like; the plain one unless told. */
  readonly profile?: ServerProfileName;
  /** Of the sign-in and of what the server writes; the machine's clock unless told. */
  readonly now?: () => Temporal.Instant;
}

export interface Listening {
  /** `http://127.0.0.1:8090`. */
  readonly origin: string;
  readonly clinic: MockClinic;
  close(): Promise<void>;
}

/**
 * The made-up clinic on a port of its own, for any origin. `/config.json` is the configuration that points a build
 * at it. Rejects when the port is taken.
 */
export async function listen(options: ListenOptions = {}): Promise<Listening> {
  const { port = 8090, host = '127.0.0.1', now = () => Temporal.Now.instant() } = options;
  const { timeZone } = config.clinic;
  let answer = async (_request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.writeHead(503).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

  const origin = originOf(server.address(), host);
  const addresses = addressesBelow(`${origin}/`);
  const clinic = createMockClinic({
    addresses,
    clientId: config.identity.clientId,
    ...(options.today !== undefined && { laying: { today: options.today.toString(), day: 'usual' } }),
    timeZone,
    patients: options.patients ?? PATIENTS,
    now,
    newId: () => crypto.randomUUID(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    storage: memoryStorage(),
    session: cookieCarrier(addresses.issuer),
    machines: true,
    profile: BEHAVIOURS[options.profile ?? 'plain'],
  });

  async function responseTo(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS') return preflight();
    if (new URL(request.url).pathname !== '/config.json') return clinic.fetch(request);
    const identity = { ...config.identity, issuer: addresses.issuer };
    const serverProfile =
      options.profile === undefined ? config.serverProfile : BEHAVIOURS[options.profile].preset;
    const pointed = { ...config, fhirBaseUrl: addresses.fhirBase, serverProfile, identity };
    return new Response(JSON.stringify(pointed, undefined, 2), {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
  }

  answer = async (incoming, outgoing) => {
    try {
      const request = await toRequest(incoming, origin);
      const response = request instanceof Response ? request : await responseTo(request);
      const headers = allowOrigin(response.headers, incoming.headers.origin);
      const body = await encoded(response, headers, incoming.headers['accept-encoding']);
      for (const [name, value] of headers) {
        if (name !== 'set-cookie') outgoing.setHeader(name, value);
      }
      outgoing.setHeader('set-cookie', headers.getSetCookie());
      outgoing.writeHead(response.status).end(incoming.method === 'HEAD' ? undefined : body);
    } catch (error) {
      // Faults cut the line on purpose; everything else is a defect of the clinic and should be seen.
      if (!(error instanceof NetworkFailure)) console.error(error);
      incoming.socket.destroy();
    }
  };

  return {
    origin,
    clinic,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Where the server is reached; from every address of the machine means from this one, too. */
function originOf(address: ReturnType<ReturnType<typeof createServer>['address']>, host: string): string {
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}

const USAGE =
  'npm run mock:serve -- [--port 8090] [--host 127.0.0.1] [--empty | --patients N] [--today YYYY-MM-DD] [--profile NAME]';

/** The options of a command line, or the sentence that says what is wrong with it. */
export function listenOptions(args: readonly string[]): ListenOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        empty: { type: 'boolean' },
        patients: { type: 'string' },
        today: { type: 'string' },
        profile: { type: 'string' },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : 'The arguments cannot be read';
  }
  const { port, host, empty, patients, today, profile } = values;
  if (port !== undefined && !isWhole(port, 65_535)) return `--port ${port} is not a port (0 to 65535)`;
  if (patients !== undefined && !isWhole(patients, 100_000)) {
    return `--patients ${patients} is not a number from 0 to 100000`;
  }
  if (empty && patients !== undefined) return '--empty and --patients exclude each other';
  if (today !== undefined && !z.iso.date().safeParse(today).success) {
    return `--today ${today} is not a date such as 2026-11-23`;
  }
  if (profile !== undefined && !isServerProfile(profile)) {
    return `--profile ${profile} is not one of ${Object.keys(BEHAVIOURS).join(', ')}`;
  }
  return {
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(host === undefined ? {} : { host }),
    ...(patients === undefined ? {} : { patients: Number(patients) }),
    ...(empty ? { patients: 0 } : {}),
    ...(today === undefined ? {} : { today: Temporal.PlainDate.from(today) }),
    ...(profile === undefined ? {} : { profile }),
  };
}

function isWhole(text: string, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) <= most;
}

async function main(): Promise<number | undefined> {
  const options = listenOptions(process.argv.slice(2));
  if (typeof options === 'string') {
    process.stderr.write(`${options}\nUsage: ${USAGE}\n`);
    return 2;
  }
  try {
    const { origin } = await listen(options);
    const { fhirBase, issuer } = addressesBelow(`${origin}/`);
    const people = STAFF.filter(({ signsIn }) => signsIn).map(({ displayName }) => displayName);
    process.stdout.write(
      `FHIR base      ${fhirBase}\nIssuer         ${issuer}\nConfiguration  ${origin}/config.json\n` +
        `People         ${people.join(', ')}\nPatients       ${options.patients ?? PATIENTS}\nStop with Ctrl-C\n`,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    process.stderr.write(
      error.code === 'EADDRINUSE'
        ? `Port ${options.port ?? 8090} is in use: choose another with --port\n`
        : `Cannot listen: ${error.message}\n`,
    );
    return 1;
  }
}

if (import.meta.main) {
  process.exitCode = (await main()) ?? 0;
}
