/** The token for each request to the clinic's server: renewed in time, and once for all who ask. */
import { FhirError } from '#src/fhir/error.ts';

import { unlessAborted } from './abort.ts';
import { isExpiring, renewGrant } from './renewal.ts';
import { type Grant, SignInError, type SignInProvider } from './sign-in-provider.ts';

export interface AccessParts {
  readonly provider: Pick<SignInProvider, 'refresh' | 'silent'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves when it is known who is here, and nothing is locked. */
  readonly ready: () => Promise<void>;
  /** Whose request it is; undefined while that is being found out. */
  readonly subject: () => string | undefined;
  /** @throws NoAccessError */
  readonly usableGrant: () => Grant;
  /** There are new tokens in place of `old`. */
  readonly renewed: (old: Grant, next: Grant) => Promise<void>;
  /** There will be no more in place of `old`. */
  readonly refused: (old: Grant) => void;
}

interface AccessRequest {
  /** The server refused the last token. */
  readonly renew?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gives the token for one request. While it is being found out who is here, or the screen is locked, the request waits;
 * without a role none is given. Rejects with NoAccessError; with FhirError `unreachable` where it could not be renewed
 * just now, which ends nothing, and `unauthenticated` where another person came while it waited.
 */
export function createAccess(parts: AccessParts): (request?: AccessRequest) => Promise<string> {
  const { provider, now, ready, usableGrant } = parts;
  const renewals = new WeakMap<Grant, Promise<void>>();

  async function renew(old: Grant): Promise<void> {
    let next: Grant;
    try {
      next = await renewGrant(provider, old);
    } catch (error) {
      if (!(error instanceof SignInError && error.kind === 'refused')) throw error;
      return parts.refused(old);
    }
    await parts.renewed(old, next);
  }

  /** What one person asked for is never done in the name of another. */
  function grantOf(subject: string | undefined): Grant {
    const grant = usableGrant();
    if (subject === undefined || grant.claims.sub === subject) return grant;
    throw new FhirError('unauthenticated', { method: 'POST', path: 'token' });
  }

  async function readyGrantOf(subject: string | undefined, signal?: AbortSignal): Promise<Grant> {
    await unlessAborted(ready(), signal);
    return grantOf(subject);
  }

  return async ({ renew: asked = false, signal } = {}) => {
    const held = await readyGrantOf(parts.subject(), signal);
    if (!asked && !isExpiring(held, now())) return held.accessToken;
    const renewal = renewals.get(held) ?? renew(held).finally(() => renewals.delete(held));
    renewals.set(held, renewal);
    let failure: SignInError | undefined;
    try {
      await unlessAborted(renewal, signal);
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      failure = error;
    }
    // The screen may have been locked meanwhile.
    const current = await readyGrantOf(held.claims.sub, signal);
    const unusable = asked || (held.expiresAt ?? Infinity) <= now();
    if (failure !== undefined && current === held && unusable) {
      throw new FhirError('unreachable', { method: 'POST', path: 'token', sentence: failure.message });
    }
    return current.accessToken;
  };
}
