import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { IdentityState } from '#src/identity/identity-state.ts';
import { testClinic, type TestClinic } from '#tests/support/browser-clinic.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';

const FIRST_VISIT: IdentityState = { kind: 'signed-out', reason: undefined };
const CONTINUE = { name: 'Continue to Harbor Row sign-in' };

let clinic: TestClinic;

beforeEach(() => {
  clinic = testClinic();
  // Whether the clinic's server answers is asked past the FHIR client, which would want a token.
  vi.spyOn(globalThis, 'fetch').mockImplementation(clinic.fetch);
});

const show = (state: IdentityState) => renderScreen({ state, clinic });

test('a first visit says where it leads, and blames nobody', async () => {
  const screen = await show(FIRST_VISIT);
  await expect.element(screen.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
  await expect.element(screen.getByText('clinic.test')).toBeVisible();
  await expect.element(screen.getByText('Mon 23 Nov 2026, 10:42 EST')).toBeVisible();
  await expect.element(screen.getByText('just now')).toBeVisible();
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  expect(document.title).toBe('Sign in · Chairside');
  expect(new Set(clinic.asked)).toEqual(new Set(['GET metadata?_summary=true']));
});

describe('why one stands here', () => {
  test.each<[string, IdentityState, string]>([
    [
      'the sign-in service refused',
      { kind: 'signed-out', reason: { kind: 'refused', detail: 'Your account is locked' } },
      'The sign-in was refused: Your account is locked',
    ],
    [
      'the sign-in service knows no sign-out',
      { kind: 'signed-out', reason: { kind: 'here-only' } },
      'Signed out here, but not of the clinic’s sign-in. Close the browser on a shared machine.',
    ],
    [
      'it was locked',
      { kind: 'signed-out', reason: { kind: 'locked' } },
      'Chairside was locked here. It opens for whoever signs in with credentials of their own.',
    ],
  ])('%s: says so, and lets one sign in', async (_, state, text) => {
    const screen = await show(state);
    await expect.element(screen.getByRole('alert')).toHaveTextContent(text);
    await screen.getByRole('button', CONTINUE).click();
    expect(screen.identity.signIn).toHaveBeenCalledExactlyOnceWith(window.location.href);
  });

  test.each([
    ['provider-unavailable', 'The sign-in service does not answer'],
    ['roles-unreadable', 'The clinic’s server did not say which role you have'],
  ] as const)('%s: says so, and tries again', async (kind, detail) => {
    const screen = await show({ kind: 'failed', problem: { kind, detail } });
    await expect.element(screen.getByRole('alert')).toHaveTextContent(detail);
    await expect.element(screen.getByRole('button', CONTINUE)).not.toBeInTheDocument();
    await screen.getByRole('button', { name: 'Try again' }).click();
    expect(screen.identity.retry).toHaveBeenCalledTimes(1);
  });

  test('somebody whose role cannot be read may leave', async () => {
    const screen = await show({ kind: 'failed', problem: { kind: 'roles-unreadable', detail: 'No role' } });
    await screen.getByRole('button', { name: 'Sign out' }).click();
    expect(screen.identity.signOut).toHaveBeenCalledTimes(1);
  });

  test('somebody who is not signed in has nothing to leave', async () => {
    const screen = await show({ kind: 'failed', problem: { kind: 'provider-unavailable', detail: 'Away' } });
    await expect.element(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Sign out' })).not.toBeInTheDocument();
  });
});

test('while the sign-in opens a second click opens no second one; where it does not open, one may try again', async () => {
  const screen = await show(FIRST_VISIT);
  const opening = Promise.withResolvers<void>();
  vi.mocked(screen.identity.signIn).mockReturnValue(opening.promise);
  const button = screen.getByRole('button', CONTINUE);
  await button.dblClick();
  await expect.element(button).toHaveAccessibleDescription('The sign-in is opening');
  expect(screen.identity.signIn).toHaveBeenCalledTimes(1);
  opening.resolve();
  await expect.element(button).not.toHaveAttribute('aria-disabled');
});

test.each(['failing', 'offline'] as const)(
  'a clinic system that is %s is said to give no answer',
  async (scenario) => {
    clinic.faults.scenario = scenario;
    const screen = await show(FIRST_VISIT);
    await expect.element(screen.getByText('no answer: check the network')).toBeVisible();
    await expect.element(screen.getByText('just now')).not.toBeInTheDocument();
    await expect.element(screen.getByRole('button', CONTINUE)).toBeEnabled();
  },
);

test('a clinic system that answers no more is said to since when, and is asked again', async () => {
  const screen = await show(FIRST_VISIT);
  await expect.element(screen.getByText('just now')).toBeVisible();
  clinic.faults.scenario = 'failing';
  const { queryClient } = screen.application;
  await queryClient.refetchQueries();
  await expect.element(screen.getByText('no answer since 10:42 EST: check the network')).toBeVisible();
  clinic.faults.scenario = 'normal';
  await queryClient.refetchQueries();
  await expect.element(screen.getByText('just now')).toBeVisible();
  const [query] = queryClient.getQueryCache().getAll();
  expect(query?.observers.map(({ options }) => options.refetchInterval)).toEqual([60_000]);
});
