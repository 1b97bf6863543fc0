/**
 * OpenID Connect, authorization code with PKCE, by oidc-client-ts. Its OidcClient alone: the UserManager around it
 * would weigh more than everything else here and wants to keep the tokens itself.
 */
import {
  ErrorResponse,
  OidcClient,
  type OidcMetadata,
  type SigninResponse,
  WebStorageStateStore,
} from 'oidc-client-ts';
import * as z from 'zod/mini';

import { type Grant, type SignInDemand, SignInError, type SignInProvider } from './sign-in-provider.ts';
import type { SignInWindows } from './sign-in-window.ts';

export interface OidcProviderParts {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** SMART servers refuse a request that does not name the FHIR server it is for; others ignore it. */
  readonly fhirBaseUrl: string;
  /** The application's own address, to which the service returns. */
  readonly base: URL;
  /** For requests under way, of this tab alone: `sessionStorage`. */
  readonly storage: Storage;
  readonly windows: SignInWindows;
}

const REQUEST_TIMEOUT_SECONDS = 15;
const METADATA_KEY = 'chairside.provider';

const metadataSchema = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
});
const requestStateSchema = z.object({ returnTo: z.unknown(), credentials: z.boolean() });

/** The sign-in service of the configuration. */
export function oidcProvider(parts: OidcProviderParts): SignInProvider {
  const { base, clientId, storage, windows } = parts;
  const callbackPage = new URL('silent-callback.html', base).href;
  const metadata = takeMetadata(storage, parts.issuer);
  const client = new OidcClient({
    authority: parts.issuer,
    client_id: clientId,
    redirect_uri: base.href,
    post_logout_redirect_uri: base.href,
    scope: parts.scopes.join(' '),
    extraQueryParams: { aud: parts.fhirBaseUrl },
    // Keeps `auth_time`, by which a lock tells credentials from a session.
    filterProtocolClaims: false,
    stateStore: new WebStorageStateStore({ store: storage, prefix: 'chairside.oidc.' }),
    requestTimeoutInSeconds: REQUEST_TIMEOUT_SECONDS,
    ...(metadata === undefined ? {} : { metadata }),
  });

  async function grantOf(response: SigninResponse, previous?: Grant): Promise<Grant> {
    const { profile } = response;
    // The library trusts the connection and compares neither.
    const issuer = await client.metadataService.getIssuer();
    if (profile.iss !== issuer || ![profile.aud].flat().includes(clientId)) {
      throw new SignInError('refused', 'The sign-in service answered for another application');
    }
    if (response.access_token === '') {
      throw new SignInError('refused', 'The sign-in service gave no access token');
    }
    return {
      accessToken: response.access_token,
      expiresAt: response.expires_at === undefined ? undefined : response.expires_at * 1000,
      // A service that does not rotate sends no new one.
      refreshToken: response.refresh_token ?? previous?.refreshToken,
      idToken: response.id_token,
      scope: response.scope,
      claims: profile,
    };
  }

  const exchange = (callbackUrl: string) =>
    named(async () => grantOf(await client.processSigninResponse(callbackUrl)));

  return {
    redirect: (returnTo, demand) =>
      named(async () => {
        const { url } = await client.createSigninRequest({
          state: { returnTo, ...demand },
          ...asking(demand),
        });
        // Saves the way back a round trip before the code can be exchanged.
        const found = await client.metadataService.getMetadata();
        storage.setItem(METADATA_KEY, JSON.stringify({ authority: parts.issuer, metadata: found }));
        windows.leave(url);
      }),

    async pendingRequest(callbackUrl) {
      try {
        const { state } = await client.readSigninResponseState(callbackUrl);
        const asked = requestStateSchema.safeParse(state.data).data;
        return { returnTo: asked?.returnTo, credentials: asked?.credentials ?? false };
      } catch {
        return undefined;
      }
    },

    exchange,

    silent: (timeoutMs) =>
      named(async () => {
        const request = await client.createSigninRequest({ prompt: 'none', redirect_uri: callbackPage });
        return exchange(await windows.frame(request.url, request.state.id, timeoutMs));
      }),

    popup: (end, demand) =>
      named(async () => {
        const popup = windows.popup(end);
        if (popup === undefined) {
          throw new SignInError('blocked', 'The browser opened no window. Allow this site to open windows.');
        }
        try {
          const request = await client.createSigninRequest({
            display: 'popup',
            redirect_uri: callbackPage,
            ...asking(demand),
          });
          return await exchange(await popup.answer(request.url, request.state.id));
        } catch (error) {
          // A window that another attempt took over is that attempt's to close.
          const takenOver = error instanceof SignInError && error.kind === 'abandoned' && !end.aborted;
          if (!takenOver) popup.close();
          throw error;
        }
      }),

    refresh: (grant) =>
      named(async () => {
        if (grant.refreshToken === undefined) {
          throw new SignInError('refused', 'The sign-in service gave no refresh token');
        }
        const response = await client.useRefreshToken({
          state: {
            refresh_token: grant.refreshToken,
            session_state: null,
            profile: { iss: '', aud: '', exp: 0, iat: 0, ...grant.claims },
            ...(grant.idToken === undefined ? {} : { id_token: grant.idToken }),
            ...(grant.scope === undefined ? {} : { scope: grant.scope }),
          },
          timeoutInSeconds: REQUEST_TIMEOUT_SECONDS,
        });
        return grantOf(response, grant);
      }),

    signOut: ({ idToken }) =>
      named(async () => {
        if ((await client.metadataService.getEndSessionEndpoint()) === undefined) return false;
        const { url } = await client.createSignoutRequest(
          idToken === undefined ? {} : { id_token_hint: idToken },
        );
        windows.leave(url);
        return true;
      }),
  };
}

/** `max_age` makes the service say when the credentials were given; `prompt` has them asked for. */
function asking({ credentials }: SignInDemand): { prompt?: string; max_age?: number } {
  return credentials ? { prompt: 'login', max_age: 0 } : {};
}

/** What the service said of itself before this page was left; used once, so that it never grows old. */
function takeMetadata(storage: Storage, issuer: string): Partial<OidcMetadata> | undefined {
  const kept = storage.getItem(METADATA_KEY);
  storage.removeItem(METADATA_KEY);
  if (kept === null) return undefined;
  const schema = z.object({ authority: z.literal(issuer), metadata: metadataSchema });
  try {
    return schema.safeParse(JSON.parse(kept)).data?.metadata;
  } catch {
    return undefined;
  }
}

/** Runs a step and names its failure. Errors of the library are not passed on: they hold requests and tokens. */
async function named<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof SignInError) throw error;
    if (
      error instanceof ErrorResponse &&
      !/^(temporarily_unavailable|server_error)$/.test(error.error ?? '')
    ) {
      throw new SignInError('refused', `The sign-in service refused: ${wordsOf(error)}`);
    }
    throw new SignInError(
      'unavailable',
      'The sign-in service cannot be reached, or its answer cannot be used',
    );
  }
}

function wordsOf({ error, error_description: description }: ErrorResponse): string {
  return (description ?? error ?? 'no reason given').slice(0, 200);
}
