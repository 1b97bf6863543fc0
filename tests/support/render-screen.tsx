import { createMemoryHistory } from '@tanstack/react-router';
import { vi } from 'vitest';
import { render, type RenderResult } from 'vitest-browser-react';
import { App } from '#src/app/App.tsx';
import { connection } from '#src/app/connection.ts';
import { assembleApplication, type Application } from '#src/app/start.ts';
import { forgetOpened } from '#src/features/patients/recent-patients.ts';
import type { Identity } from '#src/identity/identity.ts';
import type { IdentityState } from '#src/identity/identity-state.ts';
import type { SignedInPerson } from '#src/identity/person.ts';
import { forgetHistoryMemory } from '#src/lib/history-memory.ts';
import { testClinic, type PersonName, type TestClinic } from './browser-clinic.ts';

const person = (subject: string, name: string, role: SignedInPerson['role']): SignedInPerson => ({
  subject,
  name,
  role,
  fhirUser: `Practitioner/${subject}`,
  roleSource: role === undefined ? 'none' : 'claim',
});

/** People of the made-up clinic as the application knows them after their sign-in. */
export const PEOPLE: Readonly<Record<PersonName, SignedInPerson>> = {
  nurse: person('ruiz', 'Maribel Ruiz RN', 'nurse'),
  secondNurse: person('abara', 'Tobi Abara RN', 'nurse'),
  administrator: person('kaya', 'Deniz Kaya', 'administrator'),
  manager: person('osei', 'Helen Osei', 'manager'),
  clinician: person('iyer', 'Dr Sunita Iyer', 'clinician'),
};

/** An identity that is what a test says, and notes what the screen asked of it. */
export interface FakeIdentity extends Identity {
  /** Shows another state; the person of the one before stays or goes as the real identity would have it. */
  become(state: IdentityState): void;
  /** Warns that the lock falls at that time, in milliseconds since 1970; undefined takes the warning back. */
  warn(locksAt: number | undefined): void;
}

export function fakeIdentity(initial: IdentityState): FakeIdentity {
  let state = initial;
  const listeners = new Set<() => void>();
  const leaveListeners = new Set<(heir: 'another' | undefined) => void>();
  const warningListeners = new Set<() => void>();
  let locksAt: number | undefined;
  const on =
    <L,>(set: Set<L>) =>
    (listener: L) => {
      set.add(listener);
      return () => set.delete(listener);
    };
  return {
    state: () => state,
    subscribe: on(listeners),
    onPersonLeft: on(leaveListeners),
    start: vi.fn<Identity['start']>(async () => {}),
    retry: vi.fn<Identity['retry']>(async () => {}),
    signIn: vi.fn<Identity['signIn']>(async () => {}),
    signInAgain: vi.fn<Identity['signInAgain']>(async () => 'signed-in'),
    signOut: vi.fn<Identity['signOut']>(async () => {}),
    refused: vi.fn<Identity['refused']>(),
    lock: vi.fn<Identity['lock']>(),
    inactivity: {
      locksAt: () => locksAt,
      subscribe: on(warningListeners),
      stay: vi.fn<Identity['inactivity']['stay']>(),
    },
    personLeft: () => new AbortController().signal,
    accessToken: async () => '',
    become(next) {
      if (subjectOf(state) !== undefined && subjectOf(state) !== subjectOf(next)) {
        for (const listener of leaveListeners)
          listener(subjectOf(next) === undefined ? undefined : 'another');
      }
      state = next;
      for (const listener of listeners) listener();
    },
    warn(at) {
      locksAt = at;
      for (const listener of warningListeners) listener();
    },
  };
}

function subjectOf(state: IdentityState): string | undefined {
  return 'person' in state ? state.person.subject : undefined;
}

interface ScreenOptions {
  readonly person?: PersonName;
  /** Who is here, where it is nobody who is signed in. */
  readonly state?: IdentityState;
  readonly path?: string;
  readonly clinic?: TestClinic;
}

export interface RenderedScreen extends RenderResult {
  readonly application: Application;
  readonly identity: FakeIdentity;
  readonly clinic: TestClinic;
}

/** The whole application at a path, over a made-up clinic without a port. */
export async function renderScreen({
  person: name = 'nurse',
  state = { kind: 'signed-in', person: PEOPLE[name] },
  path = '/patients',
  clinic = testClinic(),
}: ScreenOptions = {}): Promise<RenderedScreen> {
  // What lives beside the application, in its modules, is that of a fresh page.
  forgetHistoryMemory();
  forgetOpened();
  connection.setReachable(true);
  const identity = fakeIdentity(state);
  const history = createMemoryHistory({ initialEntries: [path] });
  const application = assembleApplication({ clinic: clinic.open(name), identity }, history, '/');
  const screen = await render(<App application={application} />);
  return { ...screen, application, identity, clinic };
}
