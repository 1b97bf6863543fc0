/**
 * The way in for programs that bring records: a client that needs no secret, as the clinic's people need no password.
 * Found as SMART's backend services are, by the server's smart-configuration.
 */
import type { Actor } from './server/access.ts';

export interface MachineAccessOptions {
  readonly fhirBase: string;
  /** Where tokens are given. */
  readonly tokenEndpoint: string;
  readonly now: () => Temporal.Instant;
}

export interface MachineAccess {
  /** Undefined where the address is none of these. */
  answer(request: Request): Promise<Response> | undefined;
  actorOf(accessToken: string): Actor | undefined;
}

const LIFETIME_SECONDS = 300;

/** Tokens live in memory, for five minutes each. */
export function createMachineAccess({ fhirBase, tokenEndpoint, now }: MachineAccessOptions): MachineAccess {
  const lastUntil = new Map<string, number>();

  async function giveToken(request: Request): Promise<Response> {
    const grant = new URLSearchParams(await request.text()).get('grant_type');
    if (grant !== 'client_credentials') {
      return Response.json({ error: 'unsupported_grant_type' }, { status: 400 });
    }
    const token = crypto.randomUUID();
    lastUntil.set(token, now().epochMilliseconds + LIFETIME_SECONDS * 1000);
    const body = { access_token: token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS };
    return Response.json(body, { headers: { 'cache-control': 'no-store' } });
  }

  return {
    answer(request) {
      const { origin, pathname } = new URL(request.url);
      switch (`${request.method} ${origin}${pathname}`) {
        case `GET ${fhirBase}/.well-known/smart-configuration`:
          return Promise.resolve(Response.json(smartConfiguration(tokenEndpoint)));
        case `POST ${tokenEndpoint}`:
          return giveToken(request);
        default:
          return undefined;
      }
    },
    actorOf(accessToken) {
      const until = lastUntil.get(accessToken) ?? 0;
      return until > now().epochMilliseconds
        ? { reference: 'Device/seed', display: 'A program', role: 'machine' }
        : undefined;
    },
  };
}

function smartConfiguration(tokenEndpoint: string) {
  return {
    token_endpoint: tokenEndpoint,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: ['system/*.*'],
    capabilities: ['permission-v1'],
  };
}
