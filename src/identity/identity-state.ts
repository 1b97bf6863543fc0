/** What the identity of a tab can be, and what it is made of. */
import type { IdentityConfig } from '#src/config/config.ts';

import type { InactivityWatchParts } from './inactivity-watch.ts';
import type { OtherTabs } from './other-tabs.ts';
import type { SignedInPerson } from './person.ts';
import type { SignInErrorKind, SignInProvider } from './sign-in-provider.ts';

export type IdentityState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'signed-out'; readonly reason: SignedOutReason | undefined }
  | { readonly kind: 'signed-in'; readonly person: SignedInPerson }
  /** The sign-in has run out: what is on screen stays, and signing in again goes on with it. */
  | { readonly kind: 'expired'; readonly person: SignedInPerson }
  | LockedState
  | { readonly kind: 'failed'; readonly problem: IdentityProblem };

/** Out of sight, and without tokens, until the person proves again who it is: what is on screen stays underneath. */
export interface LockedState {
  readonly kind: 'locked';
  readonly person: SignedInPerson;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly reason: LockReason;
}

type LockReason = 'inactivity' | 'asked';

export type SignedOutReason =
  | { readonly kind: 'refused'; readonly detail: string }
  /** Nobody was here for too long, or somebody locked: the next sign-in asks for credentials. */
  | { readonly kind: 'locked' }
  /** Signed out of this application, but not of the sign-in service: whoever comes next may get in unasked. */
  | { readonly kind: 'here-only' };

export interface IdentityProblem {
  readonly kind: 'provider-unavailable' | 'roles-unreadable';
  readonly detail: string;
}

/** `not-asked`: the service let somebody in without credentials, which opens no lock. */
export type SignInAgainResult = 'signed-in' | 'person-changed' | 'not-asked' | SignInErrorKind;

export interface IdentityParts extends InactivityWatchParts {
  readonly config: IdentityConfig;
  readonly fhirBaseUrl: string;
  /** The application's own address; the sign-in service returns exactly here. */
  readonly base: URL;
  readonly provider: SignInProvider;
  readonly page: {
    /** The address of this window: read, and replaced without loading. */
    readonly href: () => string;
    readonly replace: (href: string) => void;
    /** The page was left and is brought back as it was, by the browser's Back, after any length of time. */
    readonly onReturn: (listener: () => void) => void;
  };
  readonly otherTabs: OtherTabs;
  /** Of this tab alone: `sessionStorage`. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** The codes (`system|code`) of somebody's active PractitionerRole. Rejects only where asking again may help. */
  readonly readPractitionerRoles: (fhirUser: string, accessToken: string) => Promise<readonly string[]>;
}

/** Why there is no token for a request. The screen already says so: it is no news to report again. */
export class NoAccessError extends Error {
  readonly reason: 'signed-out' | 'expired' | 'locked' | 'no-role';

  constructor(reason: NoAccessError['reason']) {
    super(`No access token: ${reason}`);
    this.name = 'NoAccessError';
    this.reason = reason;
  }
}
