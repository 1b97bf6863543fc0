import { describe, expect, test, vi } from 'vitest';

import { FhirError } from '#src/fhir/error.ts';

import type { IdentityParts } from './identity-state.ts';
import { createIdentity } from './identity.ts';
import type { TabMessage } from './other-tabs.ts';
import { type Grant, SignInError, type SignInProvider } from './sign-in-provider.ts';

const BASE = new URL('https://clinic.example/chairside/');
const CALLBACK = `${BASE.href}?code=c1&state=s1`;
const WAS_SIGNED_IN = 'chairside.was-signed-in';
const LOCKED = 'chairside.locked';
const USED = 'chairside.used';
const LOCK_AFTER = 600_000;
const T0 = 1_000_000;

const REFUSED = () => Promise.reject(new SignInError('refused', 'login_required'));
const NO_ANSWER = () => Promise.reject(new SignInError('no-answer', 'silence'));
const UNAVAILABLE = () => Promise.reject(new SignInError('unavailable', 'no network'));

function grant(accessToken: string, over: Partial<Grant> & { claims?: Grant['claims'] } = {}): Grant {
  return {
    accessToken,
    expiresAt: T0 + 300_000,
    refreshToken: `refresh-${accessToken}`,
    idToken: undefined,
    scope: undefined,
    claims: { sub: 'ruiz', name: 'Maribel Ruiz RN', role: 'nurse', fhirUser: 'Practitioner/ruiz' },
    ...over,
  };
}

function storageOf(entries: Map<string, string>) {
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
}

interface World {
  href?: string;
  signedInBefore?: boolean;
  /** What the tabs of this browser keep together. */
  shared?: Readonly<Record<string, string>>;
  provider?: Partial<SignInProvider>;
  readPractitionerRoles?: IdentityParts['readPractitionerRoles'];
}

function world({
  href = BASE.href,
  signedInBefore = false,
  shared: sharedBefore = {},
  provider = {},
  readPractitionerRoles,
}: World = {}) {
  const kept = new Map<string, string>(signedInBefore ? [[WAS_SIGNED_IN, 'yes']] : []);
  const shared = new Map<string, string>(Object.entries(sharedBefore));
  const clock = { now: T0 };
  const address = { href };
  const pageListeners: (() => void)[] = [];
  const tabListeners: ((message: TabMessage) => void)[] = [];
  const useListeners: (() => void)[] = [];
  const checkListeners: (() => void)[] = [];
  const tell = vi.fn<(message: TabMessage) => void>();
  const fake = {
    redirect: vi.fn<SignInProvider['redirect']>(async () => undefined),
    pendingRequest: vi.fn<SignInProvider['pendingRequest']>(async () => ({
      returnTo: undefined,
      credentials: false,
    })),
    exchange: vi.fn<SignInProvider['exchange']>(async () => grant('t1')),
    silent: vi.fn<SignInProvider['silent']>(REFUSED),
    popup: vi.fn<SignInProvider['popup']>(REFUSED),
    refresh: vi.fn<SignInProvider['refresh']>(REFUSED),
    signOut: vi.fn<SignInProvider['signOut']>(async () => true),
  };
  for (const [name, implementation] of Object.entries(provider)) {
    Object.assign(fake, { [name]: vi.fn(implementation) });
  }
  const identity = createIdentity({
    config: {
      issuer: 'https://login.example',
      clientId: 'chairside',
      scopes: ['openid'],
      name: 'Example',
      contact: 'the front desk',
      roleClaim: 'role',
      roles: {
        nurse: ['nurse'],
        administrator: ['administrator'],
        manager: ['manager'],
        clinician: ['clinician'],
      },
    },
    fhirBaseUrl: 'https://fhir.example/R4',
    base: BASE,
    provider: fake,
    page: {
      href: () => address.href,
      replace: (next) => {
        address.href = next;
      },
      onReturn: (listener) => void pageListeners.push(listener),
    },
    otherTabs: { tell, onTold: (listener) => void tabListeners.push(listener) },
    memory: storageOf(kept),
    shared: storageOf(shared),
    presence: {
      onUse: (listener) => void useListeners.push(listener),
      onCheck: (listener) => void checkListeners.push(listener),
    },
    limits: { lockAfterMs: LOCK_AFTER, warningMs: 60_000 },
    readPractitionerRoles: readPractitionerRoles ?? (async () => []),
    now: () => clock.now,
  });
  const seen: string[] = [];
  identity.subscribe(() => seen.push(identity.state().kind));
  const left = vi.fn(() => identity.state().kind);
  identity.onPersonLeft(left);
  return {
    identity,
    provider: fake,
    kept,
    clock,
    address,
    seen,
    /** Called when the person leaves, with the state as it still is. */
    left,
    shared,
    tell,
    told: (message: TabMessage) => tabListeners.forEach((listener) => listener(message)),
    leftElsewhere: (subject: string) =>
      tabListeners.forEach((listener) => listener({ about: 'left', subject })),
    use: () => useListeners.forEach((listener) => listener()),
    check: () => checkListeners.forEach((listener) => listener()),
    broughtBack: () => pageListeners.forEach((listener) => listener()),
  };
}

/** A world in which a nurse has just come back from signing in, with her first token some time old. */
async function signedIn(options: World = {}) {
  const at = world({ href: CALLBACK, ...options });
  await at.identity.accessToken();
  at.clock.now += 60_000;
  return at;
}

describe('start', () => {
  test('a first visit is signed out at once and asks the sign-in service nothing', async () => {
    const { identity, provider } = world();
    await identity.start();
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
    expect(provider.silent).not.toHaveBeenCalled();
  });

  test('the code is exchanged exactly once, however often the start is asked for', async () => {
    const { identity, provider } = world({ href: CALLBACK });
    await Promise.all([identity.start(), identity.start(), identity.accessToken(), identity.accessToken()]);
    await identity.start();
    expect(provider.exchange.mock.calls).toEqual([[CALLBACK]]);
    expect(identity.state()).toEqual({
      kind: 'signed-in',
      person: {
        subject: 'ruiz',
        name: 'Maribel Ruiz RN',
        fhirUser: 'Practitioner/ruiz',
        role: 'nurse',
        roleSource: 'claim',
      },
    });
  });

  test('the address is back before the code is exchanged', async () => {
    const { promise, resolve } = Promise.withResolvers<Grant>();
    const { identity, address } = world({
      href: CALLBACK,
      provider: {
        pendingRequest: async () => ({ returnTo: `${BASE.href}patients?view=all`, credentials: false }),
        exchange: () => promise,
      },
    });
    await identity.start();
    expect(address.href).toBe(`${BASE.href}patients?view=all`);
    expect(identity.state().kind).toBe('starting');
    resolve(grant('t1'));
    await expect(identity.accessToken()).resolves.toBe('t1');
  });

  test('never returns to another site', async () => {
    const { identity, address } = world({
      href: CALLBACK,
      provider: { pendingRequest: async () => ({ returnTo: 'https://evil.example/', credentials: false }) },
    });
    await identity.start();
    expect(address.href).toBe(BASE.href);
  });

  test('an answer that was not asked for is dropped', async () => {
    const { identity, provider, address } = world({
      href: CALLBACK,
      provider: { pendingRequest: async () => undefined },
    });
    await identity.start();
    expect(provider.exchange).not.toHaveBeenCalled();
    expect(address.href).toBe(BASE.href);
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
  });

  test('a list filtered by a state and a code is no answer', async () => {
    const { identity, provider } = world({ href: `${BASE.href}patients?state=booked&code=x` });
    await identity.start();
    expect(provider.pendingRequest).not.toHaveBeenCalled();
  });

  test('a refusal is shown', async () => {
    const { identity } = world({
      href: `${BASE.href}?error=access_denied&state=s1`,
      provider: { exchange: REFUSED },
    });
    await expect(identity.accessToken()).rejects.toMatchObject({
      name: 'NoAccessError',
      reason: 'signed-out',
    });
    expect(identity.state()).toEqual({
      kind: 'signed-out',
      reason: { kind: 'refused', detail: 'login_required' },
    });
  });

  test('a service that cannot be reached is a failure that can be tried again', async () => {
    const { identity, provider } = world({ signedInBefore: true, provider: { silent: UNAVAILABLE } });
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    expect(identity.state()).toEqual({
      kind: 'failed',
      problem: { kind: 'provider-unavailable', detail: 'no network' },
    });
    provider.silent.mockResolvedValueOnce(grant('t2'));
    await identity.retry();
    await expect(identity.accessToken()).resolves.toBe('t2');
  });

  test('a reload signs in again without a word', async () => {
    const { identity, provider } = world({
      signedInBefore: true,
      provider: { silent: async () => grant('t1') },
    });
    await expect(identity.accessToken()).resolves.toBe('t1');
    expect(provider.silent).toHaveBeenCalledTimes(1);
  });

  test('a reload that the service does not answer in a hidden frame leads to the visible sign-in', async () => {
    const { identity } = world({ signedInBefore: true, provider: { silent: NO_ANSWER } });
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
  });

  test('a reload after the session has ended asks for a new sign-in', async () => {
    const { identity, seen } = world({ signedInBefore: true });
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
    expect(seen).toEqual(['signed-out']);
  });
});

describe('role', () => {
  const CLAIMS = { sub: 'abara', name: 'Tobi Abara RN', fhirUser: 'Practitioner/abara' };

  test('comes from the record where the claim says nothing', async () => {
    const readPractitionerRoles = vi.fn(async () => ['http://codes.example|nurse']);
    const { identity } = world({
      href: CALLBACK,
      provider: { exchange: async () => grant('t1', { claims: CLAIMS }) },
      readPractitionerRoles,
    });
    await identity.accessToken();
    expect(readPractitionerRoles.mock.calls).toEqual([['Practitioner/abara', 't1']]);
    expect(identity.state()).toMatchObject({ person: { role: 'nurse', roleSource: 'practitioner-role' } });
  });

  test('none: signed in, but no request gets a token', async () => {
    const { identity } = world({
      href: CALLBACK,
      provider: { exchange: async () => grant('t1', { claims: { sub: 'whitlock' } }) },
    });
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'no-role' });
    expect(identity.state()).toMatchObject({
      kind: 'signed-in',
      person: { role: undefined, roleSource: 'none' },
    });
  });

  test('unreadable: a failure, and asking again does not sign in again', async () => {
    const readPractitionerRoles = vi
      .fn<IdentityParts['readPractitionerRoles']>()
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValueOnce(['nurse']);
    const { identity, provider } = world({
      href: CALLBACK,
      provider: { exchange: async () => grant('t1', { claims: CLAIMS }) },
      readPractitionerRoles,
    });
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    expect(identity.state()).toMatchObject({ kind: 'failed', problem: { kind: 'roles-unreadable' } });
    await identity.retry();
    await expect(identity.accessToken()).resolves.toBe('t1');
    expect(provider.exchange).toHaveBeenCalledTimes(1);
    expect(provider.refresh).not.toHaveBeenCalled();
  });

  test.each([
    ['was refused', 0, new FhirError('unauthenticated', { method: 'GET', path: 'PractitionerRole' })],
    ['is over', 300_000, new Error('offline')],
  ])('unreadable with a token that %s: the next try has another', async (_, later, failure) => {
    const readPractitionerRoles = vi
      .fn<IdentityParts['readPractitionerRoles']>()
      .mockRejectedValueOnce(failure)
      .mockResolvedValueOnce(['nurse']);
    const { identity, clock } = world({
      href: CALLBACK,
      provider: {
        exchange: async () => grant('t1', { claims: CLAIMS }),
        refresh: async () => grant('t2', { claims: CLAIMS, expiresAt: T0 + 900_000 }),
      },
      readPractitionerRoles,
    });
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    clock.now += later;
    await identity.retry();
    expect(readPractitionerRoles.mock.calls.map(([, token]) => token)).toEqual(['t1', 't2']);
    await expect(identity.accessToken()).resolves.toBe('t2');
  });

  test('unreadable with a sign-in that is over: one signs in anew, or leaves', async () => {
    const at = world({
      href: CALLBACK,
      provider: { exchange: async () => grant('t1', { claims: CLAIMS }) },
      readPractitionerRoles: () => Promise.reject(new Error('offline')),
    });
    await expect(at.identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    at.clock.now += 300_000;
    await at.identity.retry();
    expect(at.identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
    await at.identity.signOut();
    expect(at.provider.signOut).not.toHaveBeenCalled();
  });

  test('unreadable: signing out ends the session of the service too', async () => {
    const at = world({
      href: CALLBACK,
      provider: { exchange: async () => grant('t1', { claims: CLAIMS }) },
      readPractitionerRoles: () => Promise.reject(new Error('offline')),
    });
    await expect(at.identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    await at.identity.signOut();
    expect(at.provider.signOut).toHaveBeenCalledTimes(1);
    expect(at.identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
  });
});

describe('renewal', () => {
  test('a valid token is used as it is', async () => {
    const { identity, provider } = await signedIn();
    await expect(identity.accessToken()).resolves.toBe('t1');
    expect(provider.refresh).not.toHaveBeenCalled();
  });

  test.each([
    ['about to expire', 240_000, {}],
    ['refused by the server', 0, { renew: true }],
  ])('a token %s is refreshed once for all who ask', async (_name, later, request) => {
    const at = await signedIn({
      provider: { refresh: async () => grant('t2', { expiresAt: T0 + 600_000 }) },
    });
    at.clock.now += later;
    const tokens = await Promise.all([1, 2, 3].map(() => at.identity.accessToken(request)));
    expect(tokens).toEqual(['t2', 't2', 't2']);
    expect(at.provider.refresh).toHaveBeenCalledTimes(1);
    expect(at.identity.state().kind).toBe('signed-in');
  });

  test('goes by the session of the service where the refresh token is refused', async () => {
    const { identity, provider } = await signedIn({ provider: { silent: async () => grant('t2') } });
    await expect(identity.accessToken({ renew: true })).resolves.toBe('t2');
    expect(provider.refresh).toHaveBeenCalledTimes(1);
  });

  test('goes there at once without a refresh token', async () => {
    const { identity, provider } = await signedIn({
      provider: {
        exchange: async () => grant('t1', { refreshToken: undefined }),
        silent: async () => grant('t2'),
      },
    });
    await expect(identity.accessToken({ renew: true })).resolves.toBe('t2');
    expect(provider.refresh).not.toHaveBeenCalled();
  });

  test('refused everywhere: expired, with the person kept', async () => {
    const { identity, seen } = await signedIn();
    await expect(identity.accessToken({ renew: true })).rejects.toMatchObject({ reason: 'expired' });
    expect(identity.state()).toMatchObject({ kind: 'expired', person: { subject: 'ruiz' } });
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'expired' });
    expect(seen).toEqual(['signed-in', 'expired']);
  });

  test('no answer in a hidden frame is no refusal: the next request tries again', async () => {
    const { identity, provider } = await signedIn({
      provider: { exchange: async () => grant('t1', { refreshToken: undefined }), silent: NO_ANSWER },
    });
    await expect(identity.accessToken({ renew: true })).rejects.toMatchObject({ kind: 'unreachable' });
    expect(identity.state().kind).toBe('signed-in');
    provider.silent.mockResolvedValueOnce(grant('t2'));
    await expect(identity.accessToken({ renew: true })).resolves.toBe('t2');
  });

  test('a refused refresh token and then silence: expired, since the service was reached', async () => {
    const { identity } = await signedIn({ provider: { silent: NO_ANSWER } });
    await expect(identity.accessToken({ renew: true })).rejects.toMatchObject({ reason: 'expired' });
    expect(identity.state().kind).toBe('expired');
  });

  test('no token is accepted by the clinic’s server: expired, for somebody who has a role', async () => {
    const { identity } = await signedIn();
    identity.refused();
    expect(identity.state()).toMatchObject({ kind: 'expired', person: { subject: 'ruiz' } });
    const roleless = world({
      href: CALLBACK,
      provider: { exchange: async () => grant('t1', { claims: { sub: 'whitlock' } }) },
    });
    await expect(roleless.identity.accessToken()).rejects.toMatchObject({ reason: 'no-role' });
    roleless.identity.refused();
    expect(roleless.identity.state().kind).toBe('signed-in');
  });

  test('a new role is taken over, after what the old one saw is gone', async () => {
    const claims = { sub: 'ruiz', name: 'Maribel Ruiz RN', role: 'manager' };
    const { identity, left, seen } = await signedIn({
      provider: { refresh: async () => grant('t2', { claims }) },
    });
    await expect(identity.accessToken({ renew: true })).resolves.toBe('t2');
    expect(identity.state()).toMatchObject({ kind: 'signed-in', person: { role: 'manager' } });
    expect(left).toHaveBeenCalledTimes(1);
    expect(seen).toEqual(['signed-in', 'starting', 'signed-in']);
  });

  test('a role that is taken away ends what can be read', async () => {
    const { identity } = await signedIn({
      provider: { refresh: async () => grant('t2', { claims: { sub: 'ruiz' } }) },
    });
    await expect(identity.accessToken({ renew: true })).rejects.toMatchObject({ reason: 'no-role' });
    expect(identity.state()).toMatchObject({ kind: 'signed-in', person: { role: undefined } });
  });

  test('a role of the clinic’s records is not read again', async () => {
    const readPractitionerRoles = vi.fn(async () => ['nurse']);
    const claims = { sub: 'abara', fhirUser: 'Practitioner/abara' };
    const { identity } = await signedIn({
      provider: {
        exchange: async () => grant('t1', { claims }),
        refresh: async () => grant('t2', { claims }),
      },
      readPractitionerRoles,
    });
    await expect(identity.accessToken({ renew: true })).resolves.toBe('t2');
    expect(identity.state()).toMatchObject({ person: { role: 'nurse' } });
    expect(readPractitionerRoles).toHaveBeenCalledTimes(1);
  });

  test('what is under way goes on behind a lock, and ends when the person leaves', async () => {
    const { identity } = await signedIn({
      provider: {
        popup: async () => grant('t9', { claims: { sub: 'kaya', role: 'administrator' } }),
      },
    });
    const left = identity.personLeft();
    identity.lock();
    expect(left.aborted).toBe(false);
    await identity.signInAgain();
    expect(left.aborted).toBe(true);
    expect(identity.personLeft().aborted).toBe(false);
  });

  test('what one person asked for is not done in the name of another', async () => {
    const { promise, reject } = Promise.withResolvers<Grant>();
    const claims = { sub: 'kaya', role: 'administrator' };
    const { identity, provider } = await signedIn({
      provider: { refresh: () => promise, popup: async () => grant('t9', { claims }) },
    });
    const renewing = identity.accessToken({ renew: true });
    const outcome = expect(renewing).rejects.toMatchObject({ name: 'FhirError', kind: 'unauthenticated' });
    await vi.waitFor(() => expect(provider.refresh).toHaveBeenCalled());
    const waiting = expect(identity.accessToken()).rejects.toMatchObject({ kind: 'unauthenticated' });
    await identity.signInAgain();
    await waiting;
    reject(new SignInError('refused', ''));
    await outcome;
    expect(identity.state()).toMatchObject({ kind: 'signed-in', person: { subject: 'kaya' } });
  });

  test('a session that is somebody else’s by now is not taken over', async () => {
    const { identity } = await signedIn({
      provider: { silent: async () => grant('t2', { claims: { sub: 'kaya', role: 'administrator' } }) },
    });
    await expect(identity.accessToken({ renew: true })).rejects.toMatchObject({ reason: 'expired' });
    expect(identity.state()).toMatchObject({ kind: 'expired', person: { subject: 'ruiz' } });
  });

  test('without a network nothing expires, and a token that still holds is used', async () => {
    const at = await signedIn({ provider: { refresh: UNAVAILABLE } });
    await expect(at.identity.accessToken({ renew: true })).rejects.toMatchObject({
      name: 'FhirError',
      kind: 'unreachable',
    });
    at.clock.now = T0 + 280_000;
    await expect(at.identity.accessToken()).resolves.toBe('t1');
    at.clock.now = T0 + 301_000;
    await expect(at.identity.accessToken()).rejects.toMatchObject({ name: 'FhirError', kind: 'unreachable' });
    expect(at.identity.state().kind).toBe('signed-in');
  });

  test('what arrives after signing out is dropped', async () => {
    const { promise, resolve } = Promise.withResolvers<Grant>();
    const { identity } = await signedIn({ provider: { refresh: () => promise } });
    const token = identity.accessToken({ renew: true });
    const outcome = expect(token).rejects.toMatchObject({ reason: 'signed-out' });
    await identity.signOut();
    resolve(grant('t2'));
    await outcome;
    expect(identity.state().kind).toBe('signed-out');
  });

  test('an aborted request waits no longer', async () => {
    const { identity } = world({
      href: CALLBACK,
      provider: { exchange: () => new Promise(() => undefined) },
    });
    const controller = new AbortController();
    const token = identity.accessToken({ signal: controller.signal });
    controller.abort();
    await expect(token).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('signing in again', () => {
  async function expired(popup: SignInProvider['popup']) {
    const at = await signedIn({ provider: { popup } });
    await expect(at.identity.accessToken({ renew: true })).rejects.toMatchObject({ reason: 'expired' });
    return at;
  }

  test('the same person goes on', async () => {
    const { identity, left } = await expired(async () => grant('t9'));
    await expect(identity.signInAgain()).resolves.toBe('signed-in');
    await expect(identity.accessToken()).resolves.toBe('t9');
    expect(left).not.toHaveBeenCalled();
  });

  test('another person starts afresh, after the first one’s things are gone', async () => {
    const claims = { sub: 'kaya', name: 'Deniz Kaya', role: 'administrator' };
    const { identity, left, seen } = await expired(async () => grant('t9', { claims }));
    await expect(identity.signInAgain()).resolves.toBe('person-changed');
    expect(left.mock.results).toEqual([{ type: 'return', value: 'expired' }]);
    expect(seen).toEqual(['signed-in', 'expired', 'starting', 'signed-in']);
    expect(identity.state()).toMatchObject({ person: { subject: 'kaya', role: 'administrator' } });
  });

  test('the same person in another role starts afresh', async () => {
    const claims = { sub: 'ruiz', name: 'Maribel Ruiz RN', role: 'clinician' };
    const { identity, left, seen } = await expired(async () => grant('t9', { claims }));
    await expect(identity.signInAgain()).resolves.toBe('signed-in');
    expect(identity.state()).toMatchObject({ kind: 'signed-in', person: { role: 'clinician' } });
    expect(left).toHaveBeenCalledTimes(1);
    expect(seen).toEqual(['signed-in', 'expired', 'starting', 'signed-in']);
  });

  test('signing out gives the window up, and whoever signs in there comes too late', async () => {
    const { promise, resolve } = Promise.withResolvers<Grant>();
    const { identity, provider } = await expired(() => promise);
    const outcome = identity.signInAgain();
    expect(provider.popup.mock.calls[0]?.[0].aborted).toBe(false);
    await identity.signOut();
    expect(provider.popup.mock.calls[0]?.[0].aborted).toBe(true);
    resolve(grant('t9'));
    await expect(outcome).resolves.toBe('abandoned');
    expect(identity.state().kind).toBe('signed-out');
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
  });

  test.each(['blocked', 'refused', 'unavailable', 'abandoned'] as const)(
    '%s: still expired',
    async (kind) => {
      const { identity } = await expired(() => Promise.reject(new SignInError(kind, '')));
      await expect(identity.signInAgain()).resolves.toBe(kind);
      expect(identity.state()).toMatchObject({ kind: 'expired', person: { subject: 'ruiz' } });
    },
  );
});

describe('signing in and out', () => {
  test('comes back to where it was asked for, inside the application', async () => {
    const { identity, provider } = world();
    await identity.signIn(`${BASE.href}patients`);
    await identity.signIn('https://evil.example/');
    expect(provider.redirect.mock.calls).toEqual([
      [`${BASE.href}patients`, { credentials: false }],
      [BASE.href, { credentials: false }],
    ]);
  });

  test('a service that cannot be reached is a failure', async () => {
    const { identity } = world({ provider: { redirect: UNAVAILABLE } });
    await identity.signIn(BASE.href);
    expect(identity.state()).toMatchObject({ kind: 'failed', problem: { kind: 'provider-unavailable' } });
  });

  test('out: everything is dropped before the service is told', async () => {
    const { identity, provider, kept, shared, left, tell } = await signedIn();
    await identity.signOut();
    expect(tell.mock.calls).toEqual([[{ about: 'left', subject: 'ruiz' }]]);
    expect(shared.size).toBe(0);
    expect(left.mock.results).toEqual([{ type: 'return', value: 'signed-in' }]);
    expect(provider.signOut.mock.calls).toEqual([[{ idToken: undefined }]]);
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
    expect(kept.size).toBe(0);
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
  });

  test.each([
    ['has no such thing', async () => false],
    ['cannot be reached', UNAVAILABLE],
  ])('out of here only, where the service %s', async (_name, signOut) => {
    const { identity, provider } = await signedIn({ provider: { signOut } });
    await identity.signOut();
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: { kind: 'here-only' } });
    // The service still knows the first person, so it is told to ask whoever comes next.
    await identity.signIn(BASE.href);
    expect(provider.redirect.mock.calls).toEqual([[BASE.href, { credentials: true }]]);
  });

  test('in another tab of the same person: out here as well', async () => {
    const { identity, left, leftElsewhere, kept, provider, tell } = await signedIn();
    leftElsewhere('kaya');
    expect(identity.state().kind).toBe('signed-in');
    leftElsewhere('ruiz');
    expect(left.mock.results).toEqual([{ type: 'return', value: 'signed-in' }]);
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
    expect(kept.size).toBe(0);
    // That tab has told the service, and the others.
    expect(provider.signOut).not.toHaveBeenCalled();
    expect(tell).not.toHaveBeenCalled();
  });

  test('in another tab while the sign-in here has expired: out here as well', async () => {
    const { identity, leftElsewhere } = await signedIn();
    identity.refused();
    leftElsewhere('ruiz');
    expect(identity.state().kind).toBe('signed-out');
  });
});

describe('a page that the browser brings back as it was', () => {
  test('shows nothing until it is known who is here', async () => {
    const { identity, broughtBack, provider, left, seen } = await signedIn({
      provider: { silent: async () => grant('t2') },
    });
    broughtBack();
    expect(identity.state().kind).toBe('starting');
    expect(left).toHaveBeenCalledTimes(1);
    await expect(identity.accessToken()).resolves.toBe('t2');
    expect(provider.silent).toHaveBeenCalledTimes(1);
    expect(seen).toEqual(['signed-in', 'starting', 'signed-in']);
  });

  test('is signed out where the person has left meanwhile', async () => {
    const { identity, broughtBack } = await signedIn();
    broughtBack();
    await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
  });

  test('where nobody was signed in, asks nothing', async () => {
    const { identity, broughtBack, provider } = world();
    await identity.start();
    broughtBack();
    expect(identity.state().kind).toBe('signed-out');
    expect(provider.silent).not.toHaveBeenCalled();
  });
});

describe('the lock', () => {
  const RUIZ = expect.objectContaining({ subject: 'ruiz' });
  const KAYA = { sub: 'kaya', name: 'Deniz Kaya', role: 'administrator' };
  const PROVED = { about: 'proved', subject: 'ruiz' } as const;
  const lockedFrom = (over: World = {}) =>
    signedIn(over).then((at) => {
      at.identity.lock();
      return at;
    });

  test('falls after the configured time without use, for all tabs', async () => {
    const { identity, check, clock, shared, tell, left, use } = await signedIn();
    use();
    clock.now += LOCK_AFTER - 1;
    check();
    expect(identity.state().kind).toBe('signed-in');
    clock.now += 1;
    check();
    const since = T0 + 60_000 + LOCK_AFTER;
    expect(identity.state()).toEqual({ kind: 'locked', person: RUIZ, since, reason: 'inactivity' });
    expect(tell.mock.calls).toEqual([[{ about: 'locked', subject: 'ruiz', since, reason: 'inactivity' }]]);
    expect(shared.get(LOCKED)).toBe('1');
    expect(left).not.toHaveBeenCalled();
  });

  test('falls before whoever wakes the machine is taken for its user', async () => {
    const { identity, clock, use } = await signedIn();
    clock.now += 8 * 3_600_000;
    use();
    expect(identity.state()).toMatchObject({ kind: 'locked', since: T0 + LOCK_AFTER });
  });

  test('stays away while any tab is used', async () => {
    const { identity, clock, check, shared } = await signedIn();
    clock.now += LOCK_AFTER;
    shared.set(USED, String(clock.now - 1_000));
    check();
    expect(identity.state().kind).toBe('signed-in');
  });

  test('is announced, and any use takes the announcement back', async () => {
    const { identity, clock, check, use } = await signedIn();
    const heard = vi.fn(() => identity.inactivity.locksAt());
    identity.inactivity.subscribe(heard);
    use();
    clock.now += LOCK_AFTER - 60_000;
    check();
    check();
    use();
    clock.now += LOCK_AFTER - 60_000;
    check();
    identity.inactivity.stay();
    const first = T0 + 60_000 + LOCK_AFTER;
    expect(heard.mock.results.map(({ value }): unknown => value)).toEqual([
      first,
      undefined,
      first + LOCK_AFTER - 60_000,
      undefined,
    ]);
  });

  test('holds requests back until it opens, and gives them the new token', async () => {
    const { identity, provider, kept } = await lockedFrom({ provider: { popup: async () => grant('t9') } });
    const answered = vi.fn();
    const token = identity.accessToken().then(answered);
    await expect(identity.signInAgain()).resolves.toBe('signed-in');
    expect(provider.popup.mock.calls[0]?.[1]).toEqual({ credentials: true });
    await token;
    expect(answered.mock.calls).toEqual([['t9']]);
    expect(kept.has(WAS_SIGNED_IN)).toBe(true);
  });

  test('keeps no token: a renewal under way brings none, and no request renews', async () => {
    const { promise, resolve } = Promise.withResolvers<Grant>();
    const at = await signedIn({ provider: { refresh: () => promise, popup: async () => grant('t9') } });
    const token = at.identity.accessToken({ renew: true });
    await vi.waitFor(() => expect(at.provider.refresh).toHaveBeenCalled());
    at.identity.lock();
    resolve(grant('t2'));
    await promise;
    expect(at.identity.state().kind).toBe('locked');
    await at.identity.signInAgain();
    await expect(token).resolves.toBe('t9');
    expect(at.provider.refresh).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['old ones', { auth_time: 1_000, iat: 1_600 }, 'not-asked'],
    ['fresh ones', { auth_time: 1_590, iat: 1_600 }, 'signed-in'],
    ['a service that does not say', { iat: 1_600 }, 'signed-in'],
  ])('opens by credentials alone: %s', async (_, times, result) => {
    const { identity, shared } = await lockedFrom({
      provider: { popup: async () => grant('t9', { claims: { sub: 'ruiz', role: 'nurse', ...times } }) },
    });
    await expect(identity.signInAgain()).resolves.toBe(result);
    expect(identity.state().kind).toBe(result === 'signed-in' ? 'signed-in' : 'locked');
    expect(shared.has(LOCKED)).toBe(result !== 'signed-in');
  });

  test('gives up a sign-in that was begun before it and asks for nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<Grant>();
    const { identity } = await signedIn({ provider: { popup: () => promise } });
    identity.refused();
    const outcome = identity.signInAgain();
    identity.lock();
    resolve(grant('t9'));
    await expect(outcome).resolves.toBe('abandoned');
    expect(identity.state().kind).toBe('locked');
  });

  test('another person gets in clean, and the first one’s tabs are told', async () => {
    const at = world({
      href: CALLBACK,
      provider: { popup: async () => grant('t9', { claims: KAYA }) },
    });
    const heirs: unknown[] = [];
    at.identity.onPersonLeft((heir) => heirs.push(heir));
    await at.identity.accessToken();
    at.identity.lock();
    await expect(at.identity.signInAgain()).resolves.toBe('person-changed');
    expect(heirs).toEqual(['another']);
    expect(at.tell.mock.calls.slice(1)).toEqual([
      [{ about: 'left', subject: 'ruiz' }],
      [{ about: 'proved', subject: 'kaya' }],
    ]);
    expect(at.identity.state()).toMatchObject({ kind: 'signed-in', person: { subject: 'kaya' } });
  });

  test('in another tab of the same person: here too, without an echo', async () => {
    const { identity, told, tell } = await signedIn();
    told({ about: 'locked', subject: 'kaya', since: 1, reason: 'asked' });
    expect(identity.state().kind).toBe('signed-in');
    told({ about: 'locked', subject: 'ruiz', since: 1, reason: 'asked' });
    expect(identity.state()).toEqual({ kind: 'locked', person: RUIZ, since: 1, reason: 'asked' });
    expect(tell).not.toHaveBeenCalled();
  });

  test('opened in another tab by the same person: here too, with tokens of its own', async () => {
    const at = await lockedFrom({ provider: { silent: async () => grant('t5') } });
    at.shared.delete(LOCKED);
    at.told(PROVED);
    await expect(at.identity.accessToken()).resolves.toBe('t5');
    expect(at.provider.silent).toHaveBeenCalledTimes(1);
  });

  test('opened in another tab and locked there again at once: stays', async () => {
    const { promise, resolve } = Promise.withResolvers<Grant>();
    const at = await lockedFrom({ provider: { silent: () => promise } });
    at.shared.delete(LOCKED);
    at.told(PROVED);
    at.shared.set(LOCKED, '1');
    resolve(grant('t5'));
    await promise;
    expect(at.identity.state().kind).toBe('locked');
  });

  test.each([
    ['nobody', REFUSED],
    ['somebody else', async () => grant('t5', { claims: KAYA })],
  ])('opened elsewhere, but the service knows %s here: stays', async (_, silent) => {
    const { identity, told, provider, shared } = await lockedFrom({ provider: { silent } });
    shared.delete(LOCKED);
    told(PROVED);
    await vi.waitFor(() => expect(provider.silent).toHaveBeenCalled());
    expect(identity.state().kind).toBe('locked');
  });

  test('opened in another tab by another person: nothing of the first stays here', async () => {
    const { identity, told, left, provider, shared } = await lockedFrom();
    shared.set(USED, '7');
    told({ about: 'proved', subject: 'kaya' });
    expect(shared.get(USED)).toBe('7');
    expect(left).toHaveBeenCalledTimes(1);
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
    expect(provider.silent).not.toHaveBeenCalled();
  });

  test('can be left by signing out, which the service and the other tabs hear of', async () => {
    const { identity, provider, tell } = await lockedFrom({
      provider: { exchange: async () => grant('t1', { idToken: 'id1' }) },
    });
    await identity.signOut();
    expect(provider.signOut.mock.calls).toEqual([[{ idToken: 'id1' }]]);
    expect(tell).toHaveBeenLastCalledWith({ about: 'left', subject: 'ruiz' });
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
  });

  test('opened in another tab: a window that was opened here has nothing left to open', async () => {
    let end: AbortSignal | undefined;
    const { promise, resolve } = Promise.withResolvers<Grant>();
    const at = await lockedFrom({
      provider: {
        silent: async () => grant('t5'),
        popup: (signal) => {
          end = signal;
          return promise;
        },
      },
    });
    const outcome = at.identity.signInAgain();
    at.shared.delete(LOCKED);
    at.told(PROVED);
    await expect(at.identity.accessToken()).resolves.toBe('t5');
    expect(end?.aborted).toBe(true);
    resolve(grant('t9', { claims: KAYA }));
    await expect(outcome).resolves.toBe('abandoned');
    expect(at.identity.state()).toMatchObject({ kind: 'signed-in', person: { subject: 'ruiz' } });
  });

  test('missed by a tab that slept, whose browser another person has opened: nothing stays here', async () => {
    const { identity, told, left } = await signedIn();
    told({ about: 'proved', subject: 'kaya' });
    expect(left).toHaveBeenCalledTimes(1);
    expect(identity.state()).toEqual({ kind: 'signed-out', reason: undefined });
  });

  test('falls where the browser’s storage is full, too', async () => {
    const { identity, shared, tell } = await signedIn();
    vi.spyOn(shared, 'set').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(() => identity.lock()).toThrow('full');
    expect(identity.state().kind).toBe('locked');
    expect(tell).toHaveBeenCalledTimes(1);
  });

  test('opened by another person whose role is still being read: what the first asked for is refused', async () => {
    const roles = Promise.withResolvers<readonly string[]>();
    const claims = { sub: 'abara', fhirUser: 'Practitioner/abara' };
    const at = await lockedFrom({
      provider: { popup: async () => grant('t9', { claims }) },
      readPractitionerRoles: () => roles.promise,
    });
    const held = at.identity.accessToken();
    const outcome = expect(held).rejects.toMatchObject({ name: 'FhirError', kind: 'unauthenticated' });
    const opened = at.identity.signInAgain();
    roles.resolve(['nurse']);
    await opened;
    await outcome;
    await expect(at.identity.accessToken()).resolves.toBe('t9');
  });

  test('while a role is read again: the answer comes too late', async () => {
    const { promise, resolve } = Promise.withResolvers<Grant>();
    const at = world({
      href: CALLBACK,
      provider: {
        exchange: async () => grant('t1', { claims: { sub: 'a', fhirUser: 'Practitioner/a' } }),
        refresh: () => promise,
      },
      readPractitionerRoles: () => Promise.reject(new Error('offline')),
    });
    await expect(at.identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    at.clock.now += 300_000;
    const retried = at.identity.retry();
    at.identity.lock();
    resolve(grant('t2', { claims: { sub: 'a', role: 'nurse' } }));
    await retried;
    expect(at.identity.state()).toEqual({ kind: 'signed-out', reason: { kind: 'locked' } });
    expect(at.provider.refresh).toHaveBeenCalledTimes(1);
  });

  test('a renewal that fails behind it gives no old token: the request waits for the new one', async () => {
    const { promise, reject } = Promise.withResolvers<Grant>();
    const at = await signedIn({ provider: { refresh: () => promise, popup: async () => grant('t9') } });
    at.clock.now = T0 + 280_000;
    const answered = vi.fn();
    const tokens = Promise.all([
      at.identity.accessToken().then(answered),
      at.identity.accessToken({ renew: true }).then(answered),
    ]);
    await vi.waitFor(() => expect(at.provider.refresh).toHaveBeenCalled());
    at.identity.lock();
    reject(new SignInError('unavailable', 'no network'));
    await expect(promise).rejects.toThrow('no network');
    expect(answered).not.toHaveBeenCalled();
    await at.identity.signInAgain();
    await tokens;
    expect(answered.mock.calls).toEqual([['t9'], ['t9']]);
  });

  test('of a page that the browser brings back stays', async () => {
    const { identity, broughtBack } = await lockedFrom();
    broughtBack();
    expect(identity.state().kind).toBe('locked');
  });

  test('of somebody whose role could not be read shows the way in', async () => {
    const at = world({
      href: CALLBACK,
      provider: { exchange: async () => grant('t1', { claims: { sub: 'a', fhirUser: 'Practitioner/a' } }) },
      readPractitionerRoles: () => Promise.reject(new Error('offline')),
    });
    await expect(at.identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
    at.clock.now += LOCK_AFTER;
    at.check();
    expect(at.identity.state()).toEqual({ kind: 'signed-out', reason: { kind: 'locked' } });
  });

  describe('and a page that is loaded anew', () => {
    const STARTS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['a lock', { [LOCKED]: '1' }],
      ['a browser that was left without signing out', { [USED]: String(T0 - LOCK_AFTER) }],
      ['one whose clock was set back since', { [USED]: String(T0 + LOCK_AFTER) }],
    ];

    test.each(STARTS)('%s: nobody gets in unasked', async (_, shared) => {
      const { identity, provider } = world({
        signedInBefore: true,
        shared,
        provider: { silent: async () => grant('t1') },
      });
      await identity.start();
      expect(identity.state()).toEqual({ kind: 'signed-out', reason: { kind: 'locked' } });
      expect(provider.silent).not.toHaveBeenCalled();
      await identity.signIn(`${BASE.href}patients/p1`);
      expect(provider.redirect.mock.calls).toEqual([[BASE.href, { credentials: true }]]);
    });

    test.each(STARTS)('%s: an answer to a sign-in that asked for none is not enough', async (_, shared) => {
      const { identity } = world({ href: CALLBACK, shared });
      await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
      expect(identity.state()).toEqual({ kind: 'signed-out', reason: { kind: 'locked' } });
    });

    test.each(STARTS)('%s: credentials open it, for other tabs too', async (_, shared) => {
      const at = world({
        href: CALLBACK,
        shared,
        provider: { pendingRequest: async () => ({ returnTo: undefined, credentials: true }) },
      });
      await expect(at.identity.accessToken()).resolves.toBe('t1');
      expect(at.tell.mock.calls).toEqual([[PROVED]]);
      expect([...at.shared]).toEqual([[USED, String(T0)]]);
    });

    test('credentials that were asked for and not given are refused', async () => {
      const claims = { sub: 'ruiz', role: 'nurse', auth_time: 1_000, iat: 5_000 };
      const { identity } = world({
        href: CALLBACK,
        shared: { [LOCKED]: '1' },
        provider: {
          pendingRequest: async () => ({ returnTo: undefined, credentials: true }),
          exchange: async () => grant('t1', { claims }),
        },
      });
      await expect(identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
      expect(identity.state()).toMatchObject({ kind: 'signed-out', reason: { kind: 'refused' } });
    });

    test('a lock that fell while the page was signing in silently counts', async () => {
      const { promise, resolve } = Promise.withResolvers<Grant>();
      const at = world({ signedInBefore: true, provider: { silent: () => promise } });
      await at.identity.start();
      at.shared.set(LOCKED, '1');
      resolve(grant('t1'));
      await expect(at.identity.accessToken()).rejects.toMatchObject({ reason: 'signed-out' });
      expect(at.identity.state()).toEqual({ kind: 'signed-out', reason: { kind: 'locked' } });
    });
  });
});
