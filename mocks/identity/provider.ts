import * as z from 'zod/mini';
import { authorize } from './authorize-endpoint.ts';
import { createGrants } from './grants.ts';
import { logout } from './logout-endpoint.ts';
import type { IdentityProviderOptions, ProviderParts } from './provider-parts.ts';
import { createSessions } from './sessions.ts';
import { SIGN_IN_STYLE } from './sign-in-page.ts';
import { signingKeys } from './signing-keys.ts';
import { ACCESS_TOKEN, revoke, token } from './token-endpoint.ts';

/** What is to end: access tokens alone, which a refresh mends, or every sign-in with them. */
export type Expiry = 'access-tokens' | 'sign-ins';

export interface IdentityProvider {
  /** Answers everything below the issuer; never throws on what a client sends. */
  handle(request: Request): Promise<Response>;
  /** Whose access token this is; undefined for one that is unknown, over or revoked. */
  verifyAccessToken(accessToken: string): Promise<{ personId: string } | undefined>;
  expire(what: Expiry): void;
}

const SCOPES = ['openid', 'profile', 'fhirUser', 'offline_access', 'user/*.*'] as const;

const ROUND = 'token-round';

const accessClaimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  grant: z.string(),
  round: z.number(),
});

/** An OpenID provider for public clients: authorization code with PKCE, rotating refresh tokens, no passwords. */
export function createIdentityProvider(options: IdentityProviderOptions): IdentityProvider {
  const { issuer, storage } = options;
  const milliseconds = () => options.now().epochMilliseconds;
  const parts: ProviderParts = {
    options,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 300,
    keys: signingKeys(storage),
    sessions: createSessions(storage, options.session, milliseconds),
    grants: createGrants(storage, milliseconds),
    tokenRound: () => Number(storage.get(ROUND) ?? 0),
  };
  const { keys, sessions, grants, tokenRound } = parts;

  const endpoints: Readonly<Record<string, Endpoint>> = {
    '/.well-known/openid-configuration': { methods: ['GET'], answer: async () => open(discovery(options)) },
    '/jwks': { methods: ['GET'], answer: async () => open(await keys.publicJwks()) },
    '/authorize': { methods: ['GET', 'POST'], answer: (request) => authorize(request, parts) },
    '/token': { methods: ['POST'], answer: (request) => token(request, parts) },
    '/revoke': { methods: ['POST'], answer: (request) => revoke(request, parts) },
    '/logout': { methods: ['GET', 'POST'], answer: (request) => logout(request, parts) },
    '/sign-in.css': { methods: ['GET'], answer: async () => stylesheet() },
  };

  return {
    async handle(request) {
      const { origin, pathname } = new URL(request.url);
      const endpoint = endpoints[`${origin}${pathname}`.slice(issuer.length)];
      if (endpoint === undefined) {
        return new Response('Not found', { status: 404 });
      }
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      if (!endpoint.methods.includes(method)) {
        const allow = endpoint.methods.join(', ');
        return new Response('Method not allowed', { status: 405, headers: { allow } });
      }
      return endpoint.answer(request);
    },

    async verifyAccessToken(accessToken) {
      const at = new Date(milliseconds());
      const claims = accessClaimsSchema.safeParse(await keys.verify(accessToken, ACCESS_TOKEN, at)).data;
      return claims !== undefined &&
        claims.iss === issuer &&
        claims.round === tokenRound() &&
        grants.isLive(claims.grant)
        ? { personId: claims.sub }
        : undefined;
    },

    expire(what) {
      storage.set(ROUND, String(tokenRound() + 1));
      if (what === 'sign-ins') {
        grants.endAll();
        sessions.endAll();
      }
    },
  };
}

interface Endpoint {
  readonly methods: readonly string[];
  readonly answer: (request: Request) => Promise<Response>;
}

function discovery({ issuer, pages }: IdentityProviderOptions) {
  return {
    issuer,
    authorization_endpoint: pages?.authorize ?? `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: pages?.logout ?? `${issuer}/logout`,
    revocation_endpoint: `${issuer}/revoke`,
    scopes_supported: SCOPES,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    prompt_values_supported: ['none', 'login', 'select_account'],
    claims_supported: ['sub', 'name', 'fhirUser', 'role', 'auth_time', 'nonce'],
    authorization_response_iss_parameter_supported: true,
  };
}

/** JSON that any page of any origin may read. */
function open(body: unknown): Response {
  return Response.json(body, {
    headers: { 'access-control-allow-origin': '*', 'cache-control': 'no-cache' },
  });
}

function stylesheet(): Response {
  return new Response(SIGN_IN_STYLE, {
    headers: { 'content-type': 'text/css', 'cache-control': 'no-cache' },
  });
}
