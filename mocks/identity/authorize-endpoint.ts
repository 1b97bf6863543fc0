import { htmlAnswer, mayReturnTo, parametersOf, redirect, refusal, stylesheetOf } from './browser-answers.ts';
import type { IdentityProviderOptions, ProviderParts } from './provider-parts.ts';
import type { Session } from './sessions.ts';
import { choicePage } from './sign-in-page.ts';

/** Answers of the person on the page, not part of the request. */
const CHOICES = new Set(['person', 'cancel']);

/** The authorization endpoint: the page to choose on, its form, and the silent answer to `prompt=none`. */
export async function authorize(request: Request, parts: ProviderParts): Promise<Response> {
  const { options, sessions, grants } = parts;
  const parameters = await parametersOf(request);
  if (parameters === undefined) {
    return refusal('The application sent a parameter twice.', options);
  }
  const client = options.clients.find(({ clientId }) => clientId === parameters.get('client_id'));
  if (client === undefined) {
    return refusal('The application that asked is not known here.', options);
  }
  const redirectUri = parameters.get('redirect_uri') ?? '';
  if (!mayReturnTo(client, redirectUri, options.issuer)) {
    return refusal('The application asked to return to an address that is not registered for it.', options);
  }

  const answer = (result: Readonly<Record<string, string>>) =>
    redirect(redirectUri, { ...result, state: parameters.get('state'), iss: options.issuer });
  const fault = faultOf(parameters);
  if (fault !== undefined) {
    return answer({ error: fault[0], error_description: fault[1] });
  }

  const answerWithCode = ({ personId, authTime, id }: Session) =>
    answer({
      code: grants.issueCode({
        personId,
        authTime,
        sessionId: id,
        clientId: client.clientId,
        redirectUri,
        codeChallenge: parameters.get('code_challenge') ?? '',
        scope: parameters.get('scope') ?? '',
        nonce: parameters.get('nonce'),
      }),
    });

  if (request.method === 'POST') {
    if (parameters.has('cancel')) {
      return answer({ error: 'access_denied', error_description: 'Nobody signed in' });
    }
    const person = options.people.find(({ id, signsIn }) => signsIn && id === parameters.get('person'));
    if (person === undefined) {
      return refusal('Nobody was chosen who can sign in here.', options);
    }
    const session = sessions.start(person.id);
    const response = answerWithCode(session);
    sessions.carry(response.headers, session.id);
    return response;
  }

  const prompts = promptsOf(parameters);
  const session = sessions.current(request);
  const asksAnew = prompts.includes('login') || prompts.includes('select_account');
  if (session !== undefined && !asksAnew && isRecent(session, parameters.get('max_age'), options)) {
    return answerWithCode(session);
  }
  if (prompts.includes('none')) {
    return answer({ error: 'login_required', error_description: 'Nobody is signed in here' });
  }
  const html = choicePage(
    options.people.filter(({ signsIn }) => signsIn),
    new Map([...parameters].filter(([name]) => !CHOICES.has(name))),
    `${options.issuer}/authorize`,
    stylesheetOf(options),
  );
  return htmlAnswer(html, 200, new URL(redirectUri).origin);
}

/** What is wrong with a request whose answer may be sent back: error code and description. */
function faultOf(parameters: ReadonlyMap<string, string>): readonly [string, string] | undefined {
  if (parameters.has('request') || parameters.has('request_uri')) {
    return ['request_not_supported', 'Request objects are not supported'];
  }
  if (parameters.get('response_type') !== 'code') {
    return ['unsupported_response_type', 'response_type must be code'];
  }
  if ((parameters.get('response_mode') ?? 'query') !== 'query') {
    return ['invalid_request', 'response_mode must be query'];
  }
  if (parameters.get('code_challenge_method') !== 'S256') {
    return ['invalid_request', 'code_challenge_method must be S256'];
  }
  if (!/^[\w-]{43}$/.test(parameters.get('code_challenge') ?? '')) {
    return ['invalid_request', 'code_challenge must be a SHA-256 in base64url'];
  }
  if (!(parameters.get('scope') ?? '').split(' ').includes('openid')) {
    return ['invalid_scope', 'scope must name openid'];
  }
  if (!/^\d*$/.test(parameters.get('max_age') ?? '')) {
    return ['invalid_request', 'max_age must be a number of seconds'];
  }
  const prompts = promptsOf(parameters);
  if (prompts.includes('none') && prompts.length > 1) {
    return ['invalid_request', 'prompt=none stands alone'];
  }
  return undefined;
}

/** Whether somebody was asked no longer ago than the application wants; 0 wants everybody to be asked anew. */
function isRecent(
  { authTime }: Session,
  maxAge: string | undefined,
  { now }: IdentityProviderOptions,
): boolean {
  if (maxAge === undefined || maxAge === '') return true;
  return now().epochMilliseconds / 1000 - authTime < Number(maxAge);
}

function promptsOf(parameters: ReadonlyMap<string, string>): readonly string[] {
  return (parameters.get('prompt') ?? '').split(' ').filter((prompt) => prompt !== '');
}
