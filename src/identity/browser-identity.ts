/** The identity of this tab, over the browser and the sign-in service of the configuration. */
import type { ClinicConfig } from '#src/config/config.ts';

import type { IdentityParts } from './identity-state.ts';
import { type Identity, createIdentity } from './identity.ts';
import { otherTabs } from './other-tabs.ts';
import { oidcProvider } from './oidc-provider.ts';
import { browserPresence } from './person-presence.ts';
import { browserWindows } from './sign-in-window.ts';

/** `base`: the address of index.html, with a slash at its end; registered at the sign-in service. */
export function browserIdentity(
  clinic: Pick<ClinicConfig, 'identity' | 'fhirBaseUrl' | 'inactivityMinutes' | 'inactivityWarningSeconds'>,
  base: URL,
  readPractitionerRoles: IdentityParts['readPractitionerRoles'],
): Identity {
  const { identity: config, fhirBaseUrl } = clinic;
  const { issuer, clientId, scopes } = config;
  const storage = window.sessionStorage;
  return createIdentity({
    config,
    fhirBaseUrl,
    base,
    provider: oidcProvider({
      issuer,
      clientId,
      scopes,
      fhirBaseUrl,
      base,
      storage,
      windows: browserWindows(),
    }),
    page: {
      href: () => window.location.href,
      replace: (href) => window.history.replaceState(null, '', href),
      onReturn: (listener) =>
        window.addEventListener('pageshow', ({ persisted }) => {
          if (persisted) listener();
        }),
    },
    otherTabs: otherTabs(issuer),
    memory: storage,
    shared: window.localStorage,
    presence: browserPresence(),
    limits: {
      lockAfterMs: clinic.inactivityMinutes * 60_000,
      warningMs: clinic.inactivityWarningSeconds * 1_000,
    },
    readPractitionerRoles,
    now: () => Date.now(),
  });
}
