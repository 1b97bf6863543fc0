import { createRootRouteWithContext } from '@tanstack/react-router';
import type { RouterContext } from '#src/app/router-context.ts';
import { Shell } from '#src/app/Shell.tsx';
import { NotFoundPage } from '#src/app/NotFoundPage.tsx';

export const Route = createRootRouteWithContext<RouterContext>()({
  // Each page keeps its own place in the browser's history: see lib/history-memory.ts.
  beforeLoad: ({ location }) => ({ historyIndex: location.state.__TSR_index }),
  component: Shell,
  notFoundComponent: NotFoundPage,
});
