import { QueryClient } from '@tanstack/react-query';

/** How long an answer counts as fresh: going back and forth within it asks nothing. */
const FRESH_MS = 30_000;

/** The cache of what the server said. Retries are the FHIR client's: here they would multiply. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        staleTime: FRESH_MS,
        gcTime: 10 * 60_000,
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
