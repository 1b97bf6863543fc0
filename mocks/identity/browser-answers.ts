/** What the endpoints that a browser visits have in common: their requests, pages and redirects. */
import type { IdentityClient, IdentityProviderOptions } from './provider-parts.ts';
import { messagePage } from './sign-in-page.ts';

/** The parameters of a visit, from the query or the form; undefined where one stands there twice. */
export async function parametersOf(request: Request): Promise<ReadonlyMap<string, string> | undefined> {
  const search =
    request.method === 'POST' ? new URLSearchParams(await request.text()) : new URL(request.url).searchParams;
  const parameters = new Map(search);
  return parameters.size === search.size ? parameters : undefined;
}

/** Whether a client may have its answer sent to `uri`. */
export function mayReturnTo({ redirectUris }: IdentityClient, uri: string, issuer: string): boolean {
  if (redirectUris !== 'any-loopback-or-same-origin') return redirectUris.includes(uri);
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, origin, hash, username } = new URL(uri);
  return (
    hash === '' &&
    username === '' &&
    /^https?:$/.test(protocol) &&
    (origin === new URL(issuer).origin || ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  );
}

export function stylesheetOf({ issuer }: IdentityProviderOptions): string {
  return `${issuer}/sign-in.css`;
}

/** `leadsTo`: the origin to which a form on the page redirects; browsers hold that against the policy, too. */
export function htmlAnswer(html: string, status: number, leadsTo?: string): Response {
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; " +
        `form-action ${leadsTo === undefined ? "'none'" : `'self' ${leadsTo}`}`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** For a mistake that must not be sent on to an address that nobody vouches for. */
export function refusal(reason: string, options: IdentityProviderOptions): Response {
  return htmlAnswer(messagePage('This sign-in cannot go on', reason, stylesheetOf(options)), 400);
}

/** Sends the browser on; 303, so that a form is not sent along. */
export function redirect(uri: string, parameters: Readonly<Record<string, string | undefined>>): Response {
  const location = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) location.searchParams.set(name, value);
  }
  return new Response(null, {
    status: 303,
    headers: { location: location.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
}
