/** The FHIR server that the contract is held against: the made-up clinic in each of its manners, or any real one. */
import { createMockFetch } from '#mocks/node.ts';
import { BEHAVIOURS, isServerProfile, type ServerProfileName } from '#mocks/server/behaviour.ts';
import { createFhirClient, type FhirClient } from '#src/fhir/client.ts';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import type { ServerCapabilities } from '#src/fhir/profile.ts';
import { parseResource, type RawResource, type WritableResource } from '#src/fhir/resource.ts';
import { serverProfileSchema } from '#src/config/server-profiles.ts';
import { accessToken, type AccessToken } from '../../scripts/seed/access-token.ts';
import { removeAll } from './run-records.ts';

export interface PlainAnswer {
  readonly status: number;
  /** Undefined where the body is no resource. */
  readonly resource: RawResource | undefined;
}

export interface PlainOptions {
  readonly body?: object | URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another token than the suite's; empty: none. */
  readonly token?: string;
}

export interface ContractServer {
  readonly base: string;
  readonly client: FhirClient;
  readonly capabilities: ServerCapabilities;
  /** `system|code` of the tag that everything carries that this run makes. */
  readonly tag: string;
  /** A short word that nothing but this run's records contains. */
  readonly word: string;
  /** The sign-in of the made-up clinic; undefined for a real server. */
  readonly mock: ReturnType<typeof createMockFetch> | undefined;
  /** The resource with the run's tag. */
  tagged<T extends WritableResource>(resource: T): T;
  /** Stores a tagged resource. */
  make(resource: WritableResource): Promise<RawResource>;
  /** One request as it is written here, below the base. */
  plain(method: string, path: string, options?: PlainOptions): Promise<PlainAnswer>;
  /** A client that believes something else of the server. */
  clientWith(changes: Partial<ServerCapabilities>): FhirClient;
  /** Removes what carries the run's tag. Throws with what is left. */
  remove(): Promise<void>;
}

const { FHIR_BASE_URL, FHIR_TOKEN, FHIR_CLIENT_ID, FHIR_CLIENT_SECRET, FHIR_TOKEN_URL, FHIR_PROFILE } =
  process.env;

const TAG_SYSTEM = `${LOCAL_SYSTEM}/contract-run`;

/** The servers of this run: the one of FHIR_BASE_URL, or the made-up clinic in the manner of FHIR_PROFILE or in all. */
export const PROFILES: readonly string[] =
  FHIR_BASE_URL !== undefined || FHIR_PROFILE !== undefined
    ? [FHIR_PROFILE ?? 'generic']
    : Object.keys(BEHAVIOURS);

/** Opens the server of that profile. */
export function openServer(profile: string): ContractServer {
  const mock = FHIR_BASE_URL === undefined ? mockOf(profile) : undefined;
  const base = (FHIR_BASE_URL ?? mock?.fhirBase ?? '').replace(/\/+$/, '');
  const send = mock?.fetch ?? fetch;
  const token: AccessToken = accessToken({
    base,
    fetch: send,
    now: Date.now,
    token: FHIR_TOKEN,
    clientId: FHIR_CLIENT_ID,
    clientSecret: FHIR_CLIENT_SECRET,
    tokenUrl: FHIR_TOKEN_URL,
  });
  // A server that wants no token gets one that means nothing.
  let held: string | undefined;
  const currentToken = async (renew: boolean) => {
    held = renew ? await token.current({ token: held }) : ((await token.current()) ?? held);
    return held ?? 'none';
  };
  const capabilities = capabilitiesOf(profile);
  const clientOf = (believed: ServerCapabilities) =>
    createFhirClient({
      baseUrl: base,
      capabilities: believed,
      fetch: send,
      accessToken: ({ renew }) => currentToken(renew),
    });
  const client = clientOf(capabilities);
  const word = `zq${crypto.randomUUID().replaceAll(/[^a-z]/g, '')}`;
  const tagged = <T extends WritableResource>(resource: T): T => ({
    ...resource,
    meta: { ...resource.meta, tag: [{ system: TAG_SYSTEM, code: word }] },
  });

  async function plain(method: string, path: string, options: PlainOptions = {}): Promise<PlainAnswer> {
    const { body, headers = {}, token: own = await currentToken(false) } = options;
    const isForm = body instanceof URLSearchParams;
    const response = await send(`${base}${path === '' ? '' : '/'}${path}`, {
      method,
      cache: 'no-store',
      headers: {
        Accept: 'application/fhir+json',
        ...(own === '' ? {} : { Authorization: `Bearer ${own}` }),
        ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    return { status: response.status, resource: resourceOf(await response.text()) };
  }

  const server: ContractServer = {
    base,
    client,
    capabilities,
    tag: `${TAG_SYSTEM}|${word}`,
    word,
    mock,
    tagged,
    make: (resource) => client.create(tagged(resource)),
    plain,
    clientWith: (changes) => clientOf({ ...capabilities, ...changes }),
    remove: () => removeAll(server),
  };
  return server;
}

function mockOf(profile: string): ReturnType<typeof createMockFetch> {
  const name: ServerProfileName = isServerProfile(profile) ? profile : 'plain';
  return createMockFetch({ patients: 0, profile: BEHAVIOURS[name] });
}

/** The plain manner of the made-up clinic is no product: what its own configuration says of it. */
function capabilitiesOf(profile: string): ServerCapabilities {
  return serverProfileSchema.parse(
    profile === 'plain' ? { preset: 'generic', atomicTransaction: true } : profile,
  );
}

function resourceOf(text: string): RawResource | undefined {
  try {
    return parseResource(JSON.parse(text));
  } catch {
    return undefined;
  }
}
