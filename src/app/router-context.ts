import type { QueryClient } from '@tanstack/react-query';
import type { Clinic } from '#src/config/clinic.ts';

/** What every route is given. */
export interface RouterContext {
  readonly queryClient: QueryClient;
  readonly clinic: Clinic;
}
