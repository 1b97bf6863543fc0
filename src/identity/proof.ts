/** Whether recognising a browser is enough to let somebody in, or credentials must prove who it is. */
import { gaveCredentials } from './credentials.ts';
import type { IdentityParts } from './identity-state.ts';
import { type Grant, type SignInDemand, SignInError } from './sign-in-provider.ts';

/** Stands, for all tabs, until somebody has given credentials; says not who was here. */
const LOCKED = 'chairside.locked';

/** The proof that a lock demands; `wasLeft`: whether somebody left this browser without signing out. */
export function createProof(
  { shared, otherTabs }: Pick<IdentityParts, 'shared' | 'otherTabs'>,
  wasLeft: () => boolean,
) {
  const isDemanded = () => shared.getItem(LOCKED) !== null || wasLeft();

  /** Whether a grant that was asked for so opens what is locked. */
  function opens({ claims }: Grant, demand: SignInDemand): boolean {
    return demand.credentials ? gaveCredentials(claims) : !isDemanded();
  }

  /** Somebody gave credentials: the other tabs of that person open too, those of another give way. */
  function given({ claims }: Grant): void {
    shared.removeItem(LOCKED);
    otherTabs.tell({ about: 'proved', subject: claims.sub });
  }

  return {
    isDemanded,
    opens,
    given,
    /** From now on, until it is given. */
    demand: () => shared.setItem(LOCKED, '1'),
    /** @throws SignInError where a lock stays closed to the grant */
    admit(next: Grant, demand: SignInDemand): Grant {
      if (!opens(next, demand)) {
        throw new SignInError(
          'refused',
          'The sign-in service did not ask who you are, and this screen is locked',
        );
      }
      if (demand.credentials) given(next);
      return next;
    },
  };
}
