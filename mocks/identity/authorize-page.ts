/**
 * The sign-in service as a page, for standalone builds: a service worker does not answer navigations, so the browser
 * comes here and the provider runs in the page. `?page=logout` makes it the page for signing out.
 */
import config from '../config.json';
import { browserParts, harborRowProvider } from './harbor-row.ts';
import type { IdentityProvider } from './provider.ts';
import { SIGN_IN_STYLE } from './sign-in-page.ts';

if (!('Temporal' in globalThis)) {
  await import('temporal-polyfill/global');
}

// This page lies two folders below the application, whose configuration names the issuer beside it.
const issuer = new URL(config.identity.issuer, new URL('../../', location.href)).href;
const provider = harborRowProvider({ issuer, ...browserParts() }, config.identity.clientId);

// An adopted stylesheet passes a policy that forbids inline styles.
const sheet = new CSSStyleSheet();
sheet.replaceSync(SIGN_IN_STYLE);
document.adoptedStyleSheets = [sheet];

const asked = new URL(location.href).searchParams;
const endpoint = asked.get('page') === 'logout' ? 'logout' : 'authorize';
asked.delete('page');
await show(new Request(`${issuer}/${endpoint}?${asked}`), provider);

async function show(request: Request, { handle }: IdentityProvider): Promise<void> {
  const response = await handle(request);
  const location = response.headers.get('location');
  if (location !== null) {
    // Nobody wants to come back to a request that was answered.
    window.location.replace(location);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  document.body.replaceChildren(...page.body.childNodes);
  document.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(event.target, event.submitter)) {
      if (typeof value === 'string') body.append(name, value);
    }
    void show(new Request(event.target.action, { method: 'POST', body }), provider);
  });
}
