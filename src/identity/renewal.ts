/** New tokens for whoever is signed in, without a word. */
import { type Grant, SignInError, type SignInProvider } from './sign-in-provider.ts';

const RENEW_TIMEOUT_MS = 10_000;
/** A token this near its end is renewed before it is used. */
const EXPIRING_MS = 30_000;

/** Whether the token is over or soon will be; `now` in milliseconds since 1970. */
export function isExpiring({ expiresAt = Infinity }: Grant, now: number): boolean {
  return expiresAt - now < EXPIRING_MS;
}

/**
 * By the refresh token, else by the session that the service still holds; always for the same person.
 * @throws SignInError `refused`: the sign-in is over. `unavailable`, `no-answer`: nothing is known, so nothing is over
 */
export async function renewGrant(
  provider: Pick<SignInProvider, 'refresh' | 'silent'>,
  old: Grant,
): Promise<Grant> {
  let withinReach = false;
  if (old.refreshToken !== undefined) {
    try {
      return samePerson(old, await provider.refresh(old));
    } catch (error) {
      if (!isSignInError(error, 'refused')) throw error;
      withinReach = true;
    }
  }
  try {
    return samePerson(old, await provider.silent(RENEW_TIMEOUT_MS));
  } catch (error) {
    // A service that has just refused can be reached: where its frame is silent, it shows a page that nobody sees.
    if (withinReach && isSignInError(error, 'no-answer')) throw new SignInError('refused', error.message);
    throw error;
  }
}

/** At the service somebody else may have signed in since: that is never taken over unasked. */
function samePerson(old: Grant, next: Grant): Grant {
  if (next.claims.sub === old.claims.sub) return next;
  throw new SignInError('refused', 'Somebody else has signed in');
}

function isSignInError(error: unknown, kind: SignInError['kind']): error is SignInError {
  return error instanceof SignInError && error.kind === kind;
}
