import { createRouter, type RouterHistory } from '@tanstack/react-router';
import { forgetEntriesFrom } from '#src/lib/history-memory.ts';
import { PageError } from './PageError.tsx';
import { routeTree } from './route-tree.gen.ts';
import type { RouterContext } from './router-context.ts';

export type AppRouter = ReturnType<typeof createAppRouter>;

/** The router over the given history; `basepath` is the path of index.html. */
export function createAppRouter(context: RouterContext, history: RouterHistory, basepath: string) {
  const router = createRouter({
    routeTree,
    context,
    history,
    basepath,
    // The cache decides what is fresh; the router would ask a second time.
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
  });
  history.subscribe(({ action, location }) => {
    if (action.type === 'PUSH') forgetEntriesFrom(location.state.__TSR_index);
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
