import { useIdentityState } from './identity-context.ts';
import type { SignedInPerson } from './person.ts';

/** The person whose clinic is on screen, also while the sign-in has run out; throws where nobody signed in. */
export function useSignedIn(): SignedInPerson {
  const state = useIdentityState();
  if (state.kind !== 'signed-in' && state.kind !== 'expired') throw new Error('Nobody is signed in');
  return state.person;
}
