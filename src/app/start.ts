import { createBrowserHistory, createHashHistory, type RouterHistory } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import type { Clinic } from '#src/config/clinic.ts';
import type { ClinicConfig } from '#src/config/config.ts';
import { forgetOpened } from '#src/features/patients/recent-patients.ts';
import { createFhirClient } from '#src/fhir/client.ts';
import { browserIdentity } from '#src/identity/browser-identity.ts';
import type { Identity } from '#src/identity/identity.ts';
import { readPractitionerRoles } from '#src/identity/practitioner-roles.ts';
import { forgetHistoryMemory } from '#src/lib/history-memory.ts';
import { connection } from './connection.ts';
import { createQueryClient } from './query-client.ts';
import { createAppRouter, type AppRouter } from './router.ts';

/** The parts of the running application. */
export interface Application {
  readonly clinic: Clinic;
  readonly identity: Identity;
  readonly queryClient: QueryClient;
  readonly router: AppRouter;
}

/**
 * Puts the application together. `base` is the address of its index.html. A build with a relative base does not know
 * its own path, so there the page's place stands behind the `#`, and any static host can serve it.
 */
export async function startApplication(config: ClinicConfig, base: URL): Promise<Application> {
  const client = (accessToken: Parameters<typeof createFhirClient>[0]['accessToken']) =>
    createFhirClient({
      baseUrl: config.fhirBaseUrl,
      capabilities: config.serverProfile,
      accessToken,
      onReachable: connection.setReachable,
    });
  const identity = browserIdentity(config, base, (fhirUser, token) =>
    readPractitionerRoles(
      client(() => Promise.resolve(token)),
      fhirUser,
    ),
  );
  const clinic: Clinic = {
    fhir: client((request) => identity.accessToken(request)),
    config,
    now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()),
  };
  await identity.start();
  const relative = import.meta.env.BASE_URL === './';
  const application = assembleApplication(
    { clinic, identity },
    relative ? createHashHistory() : createBrowserHistory(),
    relative ? '/' : base.pathname,
  );
  // Code and data of the page start now, beside the exchange of the sign-in code; requests wait for their token.
  if (identity.state().kind === 'starting') void preloadPage(application.router);
  return application;
}

/** Cache and router around a clinic and whoever works there. When that person leaves, nothing read stays behind. */
export function assembleApplication(
  { clinic, identity }: Pick<Application, 'clinic' | 'identity'>,
  history: RouterHistory,
  basepath: string,
): Application {
  const queryClient = createQueryClient();
  identity.onPersonLeft(() => {
    queryClient.clear();
    forgetHistoryMemory();
    forgetOpened();
  });
  return {
    clinic,
    identity,
    queryClient,
    router: createAppRouter({ clinic, queryClient }, history, basepath),
  };
}

/** Fetches the code of the page in the address, and starts its data, without showing it yet. */
async function preloadPage(router: AppRouter): Promise<void> {
  const { pathname, search } = router.latestLocation;
  await router.preloadRoute({ to: pathname, search });
}
