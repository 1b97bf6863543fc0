/** What the identity asks of a sign-in service, whatever the protocol. */
import type { Claims } from './person.ts';

/** What a sign-in gave. Kept in memory only. */
export interface Grant {
  readonly accessToken: string;
  /** Milliseconds since 1970; undefined where the service does not say. */
  readonly expiresAt: number | undefined;
  readonly refreshToken: string | undefined;
  readonly idToken: string | undefined;
  readonly scope: string | undefined;
  readonly claims: Claims;
}

/** Whether a person must prove who it is, even one whom the service still knows. */
export interface SignInDemand {
  readonly credentials: boolean;
}

export interface SignInProvider {
  /** Sends this window to the sign-in service. */
  redirect(returnTo: string, demand: SignInDemand): Promise<void>;
  /** What was asked in the request that `callbackUrl` answers; undefined if this tab asked nothing of the kind. */
  pendingRequest(callbackUrl: string): Promise<(SignInDemand & { readonly returnTo: unknown }) | undefined>;
  /** Exchanges the code of a callback. Works once per code. */
  exchange(callbackUrl: string): Promise<Grant>;
  /** Signs in without showing anything, by the session that the service still holds. */
  silent(timeoutMs: number): Promise<Grant>;
  /** Signs in through a window of its own, which closes when `end` is aborted. Must be called in the turn of a click. */
  popup(end: AbortSignal, demand: SignInDemand): Promise<Grant>;
  refresh(grant: Grant): Promise<Grant>;
  /** Ends the session at the service by leaving this page; false where the service has no such thing. */
  signOut(grant: Pick<Grant, 'idToken'>): Promise<boolean>;
}

/**
 * `refused`: the service said no, asking again in the same way is pointless. `unavailable`: no usable answer, asking
 * again may help. `no-answer`: a hidden frame stayed silent, as it does out of reach and where the service shows a page
 * for a person. `blocked`: the browser opened no window. `abandoned`: another attempt took over, or nobody is waiting.
 */
export type SignInErrorKind = 'refused' | 'unavailable' | 'no-answer' | 'blocked' | 'abandoned';

/** Its message may be shown: it holds no token and no part of a request. */
export class SignInError extends Error {
  readonly kind: SignInErrorKind;

  constructor(kind: SignInErrorKind, message: string) {
    super(message);
    this.name = 'SignInError';
    this.kind = kind;
  }
}
