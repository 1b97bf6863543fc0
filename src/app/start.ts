import { createBrowserHistory, createHashHistory, type RouterHistory } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import type { Clinic } from '#src/config/clinic.ts';
import type { ClinicConfig } from '#src/config/config.ts';
import { forgetOpened } from '#src/features/patients/recent-patients.ts';
import { createFhirClient, type FhirClientOptions } from '#src/fhir/client.ts';
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
  const client = (access: Pick<FhirClientOptions, 'accessToken' | 'onUnauthenticated' | 'personLeft'>) =>
    createFhirClient({
      baseUrl: config.fhirBaseUrl,
      capabilities: config.serverProfile,
      ...access,
      onReachable: connection.setReachable,
    });
  const identity = browserIdentity(config, base, (fhirUser, token) =>
    readPractitionerRoles(client({ accessToken: () => Promise.resolve(token) }), fhirUser),
  );
  const clinic: Clinic = {
    fhir: client({
      accessToken: identity.accessToken,
      onUnauthenticated: identity.refused,
      personLeft: identity.personLeft,
    }),
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
  const newRouter = () => createAppRouter({ clinic, queryClient }, history, basepath);
  let router = newRouter();
  identity.onPersonLeft((heir) => {
    queryClient.clear();
    forgetHistoryMemory();
    forgetOpened();
    if (heir !== 'another') return;
    // Not where the first person was, and without a page of theirs to show until the next has loaded.
    history.replace(router.buildLocation({ to: '/' }).href, undefined, { ignoreBlocker: true });
    router = newRouter();
  });
  refetchAfterSignIn(identity, queryClient);
  return {
    clinic,
    identity,
    queryClient,
    get router() {
      return router;
    },
  };
}

/** What failed for want of a sign-in is asked again as soon as there is one; behind a lock all has grown old. */
function refetchAfterSignIn(identity: Identity, queryClient: QueryClient): void {
  let before = identity.state().kind;
  identity.subscribe(() => {
    const { kind } = identity.state();
    const old = before === 'locked';
    if ((old || before === 'expired') && kind === 'signed-in') {
      void queryClient.refetchQueries(
        {
          type: 'active',
          predicate: (query) => query.state.status === 'error' || (old && query.isStale()),
        },
        // Requests that waited behind the lock go on by themselves.
        { cancelRefetch: false },
      );
    }
    before = kind;
  });
}

/** Fetches the code of the page in the address, and starts its data, without showing it yet. */
async function preloadPage(router: AppRouter): Promise<void> {
  const { pathname, search } = router.latestLocation;
  await router.preloadRoute({ to: pathname, search });
}
