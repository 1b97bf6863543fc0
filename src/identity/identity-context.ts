/** The identity in React: what it shows, and the object to act on it. */
import { createContext, useContext, useSyncExternalStore } from 'react';

import type { IdentityState } from './identity-state.ts';
import type { Identity } from './identity.ts';

export const IdentityContext = createContext<Identity | undefined>(undefined);

/** Signing in, again, and out. */
export function useIdentity(): Identity {
  const identity = useContext(IdentityContext);
  if (identity === undefined) throw new Error('useIdentity needs an IdentityContext around it');
  return identity;
}

/** Who is here, now. */
export function useIdentityState(): IdentityState {
  const { subscribe, state } = useIdentity();
  return useSyncExternalStore(subscribe, state);
}
