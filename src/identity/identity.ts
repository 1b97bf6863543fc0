/**
 * Who works here: one small store over the sign-in service. It starts once, holds the tokens of this tab in memory,
 * renews them, and says what the screen must show. No React, no browser: both are handed in.
 */
import { FhirError } from '#src/fhir/error.ts';

import { createAccess } from './access.ts';
import {
  type IdentityParts,
  type IdentityState,
  type LockedState,
  NoAccessError,
  type SignedOutReason,
  type SignInAgainResult,
} from './identity-state.ts';
import { createInactivityWatch } from './inactivity-watch.ts';
import { fhirUserFrom, nameFrom, roleFrom, type SignedInPerson } from './person.ts';
import { createProof } from './proof.ts';
import { isExpiring, renewGrant } from './renewal.ts';
import { isCallback, safeReturnAddress } from './return-address.ts';
import { type Grant, SignInError } from './sign-in-provider.ts';

export type Identity = ReturnType<typeof createIdentity>;

const WAS_SIGNED_IN = 'chairside.was-signed-in';
const START_TIMEOUT_MS = 5_000;

/** The identity of this tab. */
export function createIdentity(parts: IdentityParts) {
  const { base, config, memory, otherTabs, page, provider } = parts;
  const listeners = new Set<() => void>();
  const leaveListeners = new Set<(heir: 'another' | undefined) => void>();
  let state: IdentityState = { kind: 'starting' };
  let grant: Grant | undefined;
  /** Opens nothing: by it the service knows whose session a sign-out from behind the lock ends. */
  let lockedIdToken: string | undefined;
  /** Resolves when the lock is open, or the person gone: until then requests wait. */
  let opened: PromiseWithResolvers<void> | undefined;
  let started: Promise<void> | undefined;
  /** Resolves when it is known who is here; never rejects. */
  let settled: Promise<void> = Promise.resolve();
  /** A token that the clinic's server did not accept when it was asked for roles. */
  let unaccepted: Grant | undefined;
  /** Ends when the person leaves or is locked out: a sign-in that was begun before and answers later is dropped. */
  let stay = new AbortController();
  /** Ends when the person leaves for good: a lock is not the end of what was begun. */
  let tenure = new AbortController();

  const watch = createInactivityWatch(
    parts,
    () => grant !== undefined,
    (since) => lock('inactivity', since),
  );
  const proof = createProof(parts, watch.wasLeft);

  function show(next: IdentityState): void {
    state = next;
    if (next.kind === 'locked') {
      opened ??= Promise.withResolvers();
    } else {
      opened?.resolve();
      opened = undefined;
    }
    for (const listener of listeners) listener();
  }

  /** Whose tab this is, also while it is locked. */
  function subjectHere(): string | undefined {
    return state.kind === 'locked' ? state.person.subject : grant?.claims.sub;
  }

  function endStay(): void {
    stay.abort();
    stay = new AbortController();
  }

  function dropTokens(): void {
    grant = undefined;
    lockedIdToken = undefined;
    endStay();
  }

  /** Nothing of the person is left here; who kept something is told to drop it. */
  function forget(heir?: 'another'): void {
    dropTokens();
    memory.removeItem(WAS_SIGNED_IN);
    tenure.abort();
    tenure = new AbortController();
    for (const listener of leaveListeners) listener(heir);
  }

  /** Puts everything out of sight and out of reach, in this tab. */
  function hide(since: number, reason: LockedState['reason']): void {
    const idToken = grant?.idToken;
    dropTokens();
    if ((state.kind === 'signed-in' || state.kind === 'expired') && state.person.role !== undefined) {
      lockedIdToken = idToken;
      return show({ kind: 'locked', person: state.person, since, reason });
    }
    forget();
    show({ kind: 'signed-out', reason: { kind: 'locked' } });
  }

  /** Locks every tab of the person; only credentials open it again. */
  function lock(reason: LockedState['reason'] = 'asked', since = parts.now()): void {
    if (grant === undefined) return;
    const subject = grant.claims.sub;
    try {
      proof.demand();
    } finally {
      // Also where the browser's storage is full.
      hide(since, reason);
      otherTabs.tell({ about: 'locked', subject, since, reason });
    }
  }

  /** After the person opened another tab: by the session that this renewed, with tokens of its own. */
  async function follow(locked: LockedState): Promise<void> {
    let next: Grant;
    try {
      next = await provider.silent(START_TIMEOUT_MS);
    } catch (error) {
      if (error instanceof SignInError) return;
      throw error;
    }
    const opens = state === locked && !proof.isDemanded();
    if (!opens || next.claims.sub !== locked.person.subject) return;
    // A window that was opened from behind this lock has nothing left to open.
    endStay();
    await goOn(next, locked.person);
  }

  async function establish(next: Grant): Promise<void> {
    grant = next;
    watch.begin();
    const { claims } = next;
    const fhirUser = fhirUserFrom(claims, parts.fhirBaseUrl);
    let found = roleFrom(claims, config);
    if (found.role === undefined && fhirUser !== undefined) {
      try {
        found = roleFrom(claims, config, await parts.readPractitionerRoles(fhirUser, next.accessToken));
      } catch (error) {
        if (grant !== next) return;
        unaccepted = error instanceof FhirError && error.kind === 'unauthenticated' ? next : undefined;
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

  /** Drops everything of whoever was here, then establishes. */
  async function beginAnew(next: Grant): Promise<void> {
    forget(subjectHere() === next.claims.sub ? undefined : 'another');
    show({ kind: 'starting' });
    settled = establish(next);
    await settled;
  }

  /**
   * Goes on with new tokens of the person who is here. Another role sees other things, so with one everything begins
   * anew; a role that came from the clinic's records is not read again.
   */
  async function goOn(next: Grant, person: SignedInPerson): Promise<void> {
    const { role } = roleFrom(next.claims, config);
    if (role !== person.role && (role !== undefined || person.roleSource === 'claim')) return beginAnew(next);
    grant = next;
    if (state.kind === 'locked') watch.begin();
    if (state.kind === 'expired' || state.kind === 'locked') show({ kind: 'signed-in', person });
  }

  function leave(): void {
    forget();
    show({ kind: 'signed-out', reason: undefined });
  }

  /**
   * Establishes what `ask` grants; `reason` says what is shown where the service says no. An answer for somebody who
   * was locked out or left meanwhile comes too late.
   */
  async function establishBy(
    ask: () => Promise<Grant>,
    reason: (error: SignInError) => SignedOutReason | undefined,
  ): Promise<void> {
    const { signal } = stay;
    let next: Grant;
    try {
      next = await ask();
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      if (signal.aborted) return;
      // Where a frame stays silent, the way in is to be asked for a sign-in that can be seen.
      if (error.kind !== 'refused' && error.kind !== 'no-answer') {
        return show({ kind: 'failed', problem: { kind: 'provider-unavailable', detail: error.message } });
      }
      grant = undefined;
      return show({ kind: 'signed-out', reason: reason(error) });
    }
    if (!signal.aborted) await establish(next);
  }

  /** A reload signs in again without a word; a first visit is not made to wait for a service that knows nobody. */
  async function resume(): Promise<void> {
    if (proof.isDemanded()) return show({ kind: 'signed-out', reason: { kind: 'locked' } });
    if (memory.getItem(WAS_SIGNED_IN) === null) {
      return show({ kind: 'signed-out', reason: undefined });
    }
    await establishBy(
      async () => proof.admit(await provider.silent(START_TIMEOUT_MS), { credentials: false }),
      () => (proof.isDemanded() ? { kind: 'locked' } : undefined),
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
              async () => proof.admit(await provider.exchange(href), pending),
              ({ message }) =>
                proof.isDemanded() && !pending.credentials
                  ? { kind: 'locked' }
                  : { kind: 'refused', detail: message },
            );
    })();
    return started;
  }

  /** Tries again after `failed`. */
  function retry(): Promise<void> {
    const held = grant;
    show({ kind: 'starting' });
    settled =
      held === undefined
        ? resume()
        : establishBy(
            () =>
              held === unaccepted || isExpiring(held, parts.now())
                ? renewGrant(provider, held)
                : Promise.resolve(held),
            () => undefined,
          );
    return settled;
  }

  /** Leaves for the sign-in service, to come back to `returnTo`; after a lock to the start, whoever it may be. */
  async function signIn(returnTo: string): Promise<void> {
    const credentials = proof.isDemanded();
    try {
      await provider.redirect(credentials ? base.href : safeReturnAddress(returnTo, base), { credentials });
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
    const { signal } = stay;
    const demand = { credentials: state.kind === 'locked' || proof.isDemanded() };
    let next: Grant;
    try {
      next = await provider.popup(signal, demand);
    } catch (error) {
      if (error instanceof SignInError) return error.kind;
      throw error;
    }
    if (signal.aborted) return 'abandoned';
    if (!proof.opens(next, demand)) return 'not-asked';
    const first = subjectHere();
    if (first !== undefined && first !== next.claims.sub) otherTabs.tell({ about: 'left', subject: first });
    if (demand.credentials) proof.given(next);
    if ('person' in state && state.person.subject === next.claims.sub) {
      await goOn(next, state.person);
      return 'signed-in';
    }
    await beginAnew(next);
    return 'person-changed';
  }

  /** Signs out in every tab of the person and, where the service can be told, there. */
  async function signOut(): Promise<void> {
    const subject = subjectHere();
    const idToken = grant?.idToken ?? lockedIdToken;
    leave();
    watch.end();
    if (subject !== undefined) otherTabs.tell({ about: 'left', subject });
    const told = subject !== undefined && (await provider.signOut({ idToken }).catch(() => false));
    if (told || state.kind !== 'signed-out') return;
    // The service would let the next person in as this one.
    proof.demand();
    show({ kind: 'signed-out', reason: { kind: 'here-only' } });
  }

  /** The server of the clinic accepts no token of this sign-in, not even a new one. */
  function refused(): void {
    if (state.kind !== 'signed-in' || state.person.role === undefined) return;
    show({ kind: 'expired', person: state.person });
  }

  /** The tokens of somebody who is signed in and has a role. */
  function usableGrant(): Grant {
    if (state.kind !== 'signed-in' || grant === undefined) {
      throw new NoAccessError(
        state.kind === 'expired' || state.kind === 'locked' ? state.kind : 'signed-out',
      );
    }
    if (state.person.role === undefined) throw new NoAccessError('no-role');
    return grant;
  }

  const accessToken = createAccess({
    provider,
    now: parts.now,
    async ready() {
      await start();
      await settled;
      await opened?.promise;
      // Whoever opened it may have a role that is still being read.
      await settled;
    },
    subject: subjectHere,
    usableGrant,
    async renewed(old, next) {
      if (grant === old && state.kind === 'signed-in') await goOn(next, state.person);
    },
    refused(old) {
      if (grant === old) refused();
    },
  });

  otherTabs.onTold((message) => {
    const mine = message.subject === subjectHere();
    if (message.about === 'left' && mine) leave();
    if (message.about === 'locked' && mine && grant !== undefined) hide(message.since, message.reason);
    if (message.about !== 'proved') return;
    if (mine && state.kind === 'locked') void follow(state);
    // Also where this tab slept through the lock: the one who came keeps it awake.
    if (!mine && subjectHere() !== undefined) leave();
  });
  // Meanwhile the person may have left in another tab: like a reload, this begins with asking who is here.
  page.onReturn(() => {
    if (state.kind !== 'signed-in' && state.kind !== 'expired') return;
    forget();
    memory.setItem(WAS_SIGNED_IN, 'yes');
    show({ kind: 'starting' });
    settled = resume();
  });

  return {
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Called before the state changes when the person leaves: by signing out, or for another person. */
    onPersonLeft(listener: (heir: 'another' | undefined) => void): () => void {
      leaveListeners.add(listener);
      return () => leaveListeners.delete(listener);
    },
    /** Aborted when whoever is here leaves: what they asked for is never done in the name of the next. */
    personLeft: () => tenure.signal,
    start,
    retry,
    signIn,
    signInAgain,
    signOut,
    refused,
    /** Locks at once, as the person asks. */
    lock: () => lock(),
    /** The warning before the lock. */
    inactivity: {
      /** When the lock falls, in milliseconds since 1970, once it is time to warn. */
      locksAt: watch.warning,
      subscribe: watch.subscribe,
      /** Goes on from now, as any use of the application does. */
      stay: watch.begin,
    },
    accessToken,
  };
}
