import { useIdentityState } from './identity-context.ts';
import type { SignedInPerson } from './person.ts';

/** The person whose clinic is on screen, also while it is out of sight; throws where nobody signed in. */
export function useSignedIn(): SignedInPerson {
  const state = useIdentityState();
  if ('person' in state) return state.person;
  throw new Error('Nobody is signed in');
}
