/**
 * Who works here: one small store over the sign-in service. It starts once, holds the tokens of this tab in memory,
 * renews them, and says what the screen must show. No React, no browser: both are handed in.
 */
import { FhirError } from '#src/fhir/error.ts';

import { unlessAborted } from './abort.ts';
import {
  type IdentityParts,
  type IdentityState,
  NoAccessError,
  type SignedOutReason,
  type SignInAgainResult,
} from './identity-state.ts';
import { fhirUserFrom, nameFrom, roleFrom } from './person.ts';
import { safeReturnAddress } from './return-address.ts';
import { type Grant, SignInError } from './sign-in-provider.ts';

export type Identity = ReturnType<typeof createIdentity>;

const WAS_SIGNED_IN = 'chairside.was-signed-in';
const START_TIMEOUT_MS = 5_000;
const RENEW_TIMEOUT_MS = 10_000;
/** A token this near its end is renewed before it is used. */
const EXPIRING_MS = 30_000;

/** The identity of this tab. */
export function createIdentity(parts: IdentityParts) {
  const { base, config, memory, page, provider } = parts;
  const listeners = new Set<() => void>();
  const leaveListeners = new Set<() => void>();
  let state: IdentityState = { kind: 'starting' };
  let grant: Grant | undefined;
  let started: Promise<void> | undefined;
  /** Resolves when it is known who is here; never rejects. */
  let settled: Promise<void> = Promise.resolve();
  const renewals = new WeakMap<Grant, Promise<Grant>>();

  function show(next: IdentityState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  /** Nothing of the person is left here; who kept something is told to drop it. */
  function forget(): void {
    grant = undefined;
    memory.removeItem(WAS_SIGNED_IN);
    for (const listener of leaveListeners) listener();
  }

  async function establish(next: Grant): Promise<void> {
    grant = next;
    const { claims } = next;
    const fhirUser = fhirUserFrom(claims, parts.fhirBaseUrl);
    let found = roleFrom(claims, config);
    if (found.role === undefined && fhirUser !== undefined) {
      try {
        found = roleFrom(claims, config, await parts.readPractitionerRoles(fhirUser, next.accessToken));
      } catch {
        if (grant !== next) return;
        return show({
          kind: 'failed',
          problem: {
            kind: 'roles-unreadable',
            detail: 'The clinic’s server did not say which role you have',
          },
        });
      }
    }
    if (grant !== next) return;
    memory.setItem(WAS_SIGNED_IN, 'yes');
    show({ kind: 'signed-in', person: { subject: claims.sub, name: nameFrom(claims), fhirUser, ...found } });
  }

  /** Establishes what `ask` grants; `refused` says what is shown where the service says no. */
  async function establishBy(
    ask: () => Promise<Grant>,
    refused: (error: SignInError) => SignedOutReason | undefined,
  ): Promise<void> {
    let next: Grant;
    try {
      next = await ask();
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      return show(
        error.kind === 'refused'
          ? { kind: 'signed-out', reason: refused(error) }
          : { kind: 'failed', problem: { kind: 'provider-unavailable', detail: error.message } },
      );
    }
    await establish(next);
  }

  /** A reload signs in again without a word; a first visit is not made to wait for a service that knows nobody. */
  async function resume(): Promise<void> {
    if (memory.getItem(WAS_SIGNED_IN) === null) {
      return show({ kind: 'signed-out', reason: undefined });
    }
    await establishBy(
      () => provider.silent(START_TIMEOUT_MS),
      () => undefined,
    );
  }

  /**
   * Begins, once however often it is called. Resolves without waiting for the network as soon as the window shows its
   * real address; the code is exchanged meanwhile.
   */
  function start(): Promise<void> {
    started ??= (async () => {
      const href = page.href();
      if (!isCallback(href, base)) {
        settled = resume();
        return;
      }
      const pending = await provider.pendingRequest(href);
      page.replace(safeReturnAddress(pending?.returnTo, base));
      // An answer that this tab did not ask for, or has had already, is worth nothing.
      settled =
        pending === undefined
          ? resume()
          : establishBy(
              () => provider.exchange(href),
              ({ message }) => ({ kind: 'refused', detail: message }),
            );
    })();
    return started;
  }

  /** Tries again after `failed`. */
  function retry(): Promise<void> {
    show({ kind: 'starting' });
    settled = grant === undefined ? resume() : establish(grant);
    return settled;
  }

  /** Leaves for the sign-in service, to come back to `returnTo`. */
  async function signIn(returnTo: string): Promise<void> {
    try {
      await provider.redirect(safeReturnAddress(returnTo, base));
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      show({ kind: 'failed', problem: { kind: 'provider-unavailable', detail: error.message } });
    }
  }

  /**
   * Signs in through a popup, so that what is on screen stays; to be called in the turn of a click. Another person is
   * let in too, after everything of the first has been dropped.
   */
  async function signInAgain(): Promise<SignInAgainResult> {
    let next: Grant;
    try {
      next = await provider.popup();
    } catch (error) {
      if (error instanceof SignInError) return error.kind;
      throw error;
    }
    if (
      (state.kind === 'signed-in' || state.kind === 'expired') &&
      state.person.subject === next.claims.sub
    ) {
      grant = next;
      show({ kind: 'signed-in', person: state.person });
      return 'signed-in';
    }
    forget();
    show({ kind: 'starting' });
    settled = establish(next);
    await settled;
    return 'person-changed';
  }

  /** Signs out here and, where the service can be told, there. */
  async function signOut(): Promise<void> {
    const last = grant;
    forget();
    show({ kind: 'signed-out', reason: undefined });
    const left = last !== undefined && (await provider.signOut(last).catch(() => false));
    if (!left) show({ kind: 'signed-out', reason: { kind: 'here-only' } });
  }

  async function renew(old: Grant): Promise<Grant> {
    const next = await renewed(old);
    if (grant !== old) throw new NoAccessError('signed-out');
    grant = next;
    return next;
  }

  async function renewed(old: Grant): Promise<Grant> {
    const attempts = [
      ...(old.refreshToken === undefined ? [] : [() => provider.refresh(old)]),
      () => provider.silent(RENEW_TIMEOUT_MS),
    ];
    for (const attempt of attempts) {
      try {
        const next = await attempt();
        // At the service somebody else may have signed in since: that is never taken over unasked.
        if (next.claims.sub === old.claims.sub) return next;
      } catch (error) {
        // Without an answer nothing has expired: the next request tries again.
        if (!(error instanceof SignInError && error.kind === 'refused')) throw error;
      }
    }
    if (grant === old && state.kind === 'signed-in') show({ kind: 'expired', person: state.person });
    throw new NoAccessError('expired');
  }

  /**
   * The token for one request to the clinic's server. While it is being found out who is here, the request waits;
   * without a role none is given. `renew`: the server refused the last one.
   * @throws NoAccessError; FhirError `unreachable` where it could not be renewed just now, which ends nothing
   */
  async function accessToken(
    request: { renew?: boolean; signal?: AbortSignal | undefined } = {},
  ): Promise<string> {
    const { renew: asked = false, signal } = request;
    await unlessAborted(
      start().then(() => settled),
      signal,
    );
    if (state.kind !== 'signed-in' || grant === undefined) {
      throw new NoAccessError(state.kind === 'expired' ? 'expired' : 'signed-out');
    }
    if (state.person.role === undefined) throw new NoAccessError('no-role');
    const held = grant;
    const left = (held.expiresAt ?? Infinity) - parts.now();
    const wanted = asked || left < EXPIRING_MS;
    if (!wanted) return held.accessToken;
    const renewal = renewals.get(held) ?? renew(held).finally(() => renewals.delete(held));
    renewals.set(held, renewal);
    try {
      return (await unlessAborted(renewal, signal)).accessToken;
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      if (!asked && left > 0) return held.accessToken;
      throw new FhirError('unreachable', { method: 'POST', path: 'token', sentence: error.message });
    }
  }

  return {
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Called before the state changes when the person leaves: by signing out, or for another person. */
    onPersonLeft(listener: () => void): () => void {
      leaveListeners.add(listener);
      return () => leaveListeners.delete(listener);
    },
    start,
    retry,
    signIn,
    signInAgain,
    signOut,
    accessToken,
  };
}

function isCallback(href: string, base: URL): boolean {
  const { pathname, searchParams } = new URL(href);
  return (
    pathname === base.pathname &&
    searchParams.has('state') &&
    (searchParams.has('code') || searchParams.has('error'))
  );
}
