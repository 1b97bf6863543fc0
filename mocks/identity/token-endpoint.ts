import { base64url } from 'jose';
import * as z from 'zod/mini';
import type { Grant, IssuedGrant } from './grants.ts';
import type { ProviderParts } from './provider-parts.ts';
import { readJson } from './stored-records.ts';

/** `typ` of access tokens (RFC 9068), so that an id token never passes for one. */
export const ACCESS_TOKEN = 'at+jwt';

const HEADERS = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' };
const FORM = 'application/x-www-form-urlencoded';

/** The token endpoint: codes and refresh tokens of public clients against fresh tokens. */
export async function token(request: Request, parts: ProviderParts): Promise<Response> {
  const form = await formOf(request);
  if (form === undefined) {
    return failure('invalid_request', `The body must be ${FORM}, each parameter once`);
  }
  const clientId = form.get('client_id');
  if (!parts.options.clients.some((client) => client.clientId === clientId)) {
    return failure('invalid_client', 'The client is not known here', 401);
  }
  switch (form.get('grant_type')) {
    case 'authorization_code': {
      const challenge = await challengeOf(form.get('code_verifier') ?? '');
      const matches = (grant: Grant) =>
        grant.clientId === clientId &&
        grant.redirectUri === form.get('redirect_uri') &&
        grant.codeChallenge === challenge;
      const grant = parts.grants.redeemCode(form.get('code') ?? '', matches);
      return grant === undefined
        ? failure('invalid_grant', 'The code is unknown, over, used before or of another request')
        : tokensOf(grant, grant.scope, grant.nonce, parts);
    }
    case 'refresh_token': {
      let scope = '';
      const matches = (grant: Grant) => {
        scope = form.get('scope') ?? grant.scope;
        return grant.clientId === clientId && includesAll(grant.scope, scope);
      };
      const grant = parts.grants.rotate(form.get('refresh_token') ?? '', matches);
      return grant === undefined
        ? failure('invalid_grant', 'The refresh token is unknown, over or was replaced')
        : // A refreshed id token repeats no nonce: nobody waits for it.
          tokensOf(grant, scope, undefined, parts);
    }
    default:
      return failure('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
  }
}

const grantClaimSchema = z.object({ grant: z.string() });

/** The revocation endpoint: ends the grant that a token belongs to. An unknown token is no mistake. */
export async function revoke(request: Request, { grants, keys }: ProviderParts): Promise<Response> {
  const form = await formOf(request);
  const revoked = form?.get('token');
  if (revoked === undefined) {
    return failure('invalid_request', `The body must be ${FORM} with a token`);
  }
  const claims = readJson((await keys.verifySignature(revoked)) ?? '', grantClaimSchema);
  grants.end(claims?.grant ?? grants.idOf(revoked));
  return new Response(null, { status: 200, headers: HEADERS });
}

async function tokensOf(
  grant: IssuedGrant,
  scope: string,
  nonce: string | undefined,
  { options, keys, tokenLifetimeSeconds, tokenRound }: ProviderParts,
): Promise<Response> {
  const { issuer, people } = options;
  const person = people.find(({ id }) => id === grant.personId);
  if (person === undefined) {
    return failure('invalid_grant', 'The person has left');
  }
  const scopes = scope.split(' ');
  const iat = Math.floor(options.now().epochMilliseconds / 1000);
  const common = { iss: issuer, sub: person.id, iat, exp: iat + tokenLifetimeSeconds };
  const [accessToken, idToken] = await Promise.all([
    keys.sign(
      {
        ...common,
        aud: new URL('/', issuer).href,
        client_id: grant.clientId,
        scope,
        jti: crypto.randomUUID(),
        grant: grant.id,
        round: tokenRound(),
      },
      ACCESS_TOKEN,
    ),
    keys.sign(
      {
        ...common,
        aud: grant.clientId,
        auth_time: grant.authTime,
        ...(nonce === undefined ? {} : { nonce }),
        ...(scopes.includes('profile') ? { name: person.displayName } : {}),
        ...(scopes.includes('fhirUser') ? { fhirUser: `Practitioner/${person.id}` } : {}),
        ...(person.roleFrom === 'claim' ? { role: person.role } : {}),
      },
      'JWT',
    ),
  ]);
  return Response.json(
    {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: tokenLifetimeSeconds,
      scope,
      id_token: idToken,
      ...(includesAll(grant.scope, 'offline_access') ? { refresh_token: grant.refreshToken } : {}),
    },
    { headers: HEADERS },
  );
}

async function formOf(request: Request): Promise<ReadonlyMap<string, string> | undefined> {
  if (request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() !== FORM) return undefined;
  const search = new URLSearchParams(await request.text());
  const form = new Map(search);
  return form.size === search.size ? form : undefined;
}

function failure(error: string, description: string, status = 400): Response {
  return Response.json({ error, error_description: description }, { status, headers: HEADERS });
}

function includesAll(granted: string, asked: string): boolean {
  const scopes = granted.split(' ');
  return asked.split(' ').every((scope) => scopes.includes(scope));
}

/** S256 of RFC 7636: the verifier's SHA-256 in base64url. */
async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url.encode(new Uint8Array(digest));
}
