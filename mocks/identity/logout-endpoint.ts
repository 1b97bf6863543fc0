import * as z from 'zod/mini';
import { htmlAnswer, mayReturnTo, parametersOf, redirect, refusal, stylesheetOf } from './browser-answers.ts';
import type { ProviderParts } from './provider-parts.ts';
import { messagePage } from './sign-in-page.ts';
import { readJson } from './stored-records.ts';

const hintSchema = z.object({ iss: z.string(), aud: z.string() });

/**
 * Ends the session of this browser with every grant that came from it, in all its tabs. Returns to
 * `post_logout_redirect_uri` if the client that asks is known by `id_token_hint` or `client_id`.
 */
export async function logout(request: Request, parts: ProviderParts): Promise<Response> {
  const { options, sessions, grants, keys } = parts;
  const parameters = await parametersOf(request);
  if (parameters === undefined) {
    return refusal('The application sent a parameter twice.', options);
  }
  const hint = parameters.get('id_token_hint');
  const clientId =
    hint === undefined
      ? parameters.get('client_id')
      : // An id token that is long over still says who asks.
        readJson((await keys.verifySignature(hint)) ?? '', hintSchema)?.aud;
  const returnTo = parameters.get('post_logout_redirect_uri');
  const client = options.clients.find((known) => known.clientId === clientId);
  if (returnTo !== undefined && (client === undefined || !mayReturnTo(client, returnTo, options.issuer))) {
    return refusal('The application asked to return to an address that is not registered for it.', options);
  }

  const session = sessions.current(request);
  if (session !== undefined) {
    sessions.end(session.id);
    grants.endSession(session.id);
  }
  const response =
    returnTo === undefined
      ? htmlAnswer(
          messagePage('You are signed out', 'This window can be closed.', stylesheetOf(options)),
          200,
        )
      : redirect(returnTo, { state: parameters.get('state') });
  sessions.carry(response.headers, undefined);
  return response;
}
