/** What every door of the made-up clinic agrees on about its sign-in. */
import { STAFF } from '#mocks/clinic/staff.ts';
import { webStorage } from './key-value-storage.ts';
import type { IdentityProviderOptions } from './provider-parts.ts';
import { createIdentityProvider, type IdentityProvider } from './provider.ts';
import { storedCarrier } from './sessions.ts';

/** The sign-in of the made-up clinic; its one application may return to its own origin or to this machine. */
export function harborRowProvider(
  options: Omit<IdentityProviderOptions, 'people' | 'clients'>,
  clientId: string,
): IdentityProvider {
  return createIdentityProvider({
    ...options,
    people: STAFF,
    clients: [{ clientId, redirectUris: 'any-loopback-or-same-origin' }],
  });
}

/**
 * What the provider works with where a page of the browser plays it: the application's page and the sign-in page
 * share one storage, so that a code of the one can be exchanged in the other.
 */
export function browserParts() {
  const storage = webStorage(window.localStorage, 'mock-idp:');
  return { storage, session: storedCarrier(storage), now: () => Temporal.Now.instant() };
}
