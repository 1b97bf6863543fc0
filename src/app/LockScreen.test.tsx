import { describe, expect, test, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import type { IdentityState, LockedState, SignInAgainResult } from '#src/identity/identity-state.ts';
import { NOW, testClinic } from '#tests/support/browser-clinic.ts';
import { PEOPLE, renderScreen } from '#tests/support/render-screen.tsx';

const UNLOCK = { name: 'Unlock as Maribel Ruiz RN' };
const SIGNED_IN: IdentityState = { kind: 'signed-in', person: PEOPLE.nurse };

const lockedState = (over: Partial<LockedState> = {}): LockedState => ({
  kind: 'locked',
  person: PEOPLE.nurse,
  since: NOW.subtract({ minutes: 11 }).epochMilliseconds,
  reason: 'inactivity',
  ...over,
});

async function locked(over: Partial<LockedState> = {}) {
  const screen = await renderScreen();
  await expect.element(screen.getByText('No patients yet.')).toBeVisible();
  screen.identity.become(lockedState(over));
  const dialog = screen.getByRole('dialog', { name: 'Locked' });
  await expect.element(dialog.getByRole('button', UNLOCK)).toHaveFocus();
  return { ...screen, dialog };
}

test('says since when and why, whose work it is, and what time it is at the clinic', async () => {
  const { dialog } = await locked();
  await expect.element(dialog).toMatchTextContent('since 10:31, after 10 minutes without use');
  await expect.element(dialog).toMatchTextContent('Nurse, Harbor Row Clinic');
  await expect.element(dialog).toMatchTextContent('10:42Monday 23 November 2026, EST');
  await expect.element(dialog).toMatchTextContent('Somebody else sees none of this work.');
});

test.each<[string, Partial<LockedState>, string]>([
  ['by hand', { reason: 'asked' }, 'since 10:31, locked by you'],
  [
    'on another day',
    { since: Temporal.Instant.from('2026-11-20T22:30:00Z').epochMilliseconds },
    'since Fri 20 Nov 17:30, after 10 minutes without use',
  ],
])('locked %s: says so', async (_, over, text) => {
  const { dialog } = await locked(over);
  await expect.element(dialog).toMatchTextContent(text);
});

test('lets nobody past it: not by Escape, not by Tab, not where a browser closes it', async () => {
  const { dialog } = await locked();
  await userEvent.keyboard('{Escape}{Escape}{Escape}');
  await expect.element(dialog).toBeVisible();
  for (let step = 0; step < 4; step++) {
    await userEvent.tab();
    const { activeElement } = document;
    expect(activeElement === document.body || dialog.element().contains(activeElement)).toBe(true);
  }
  const element = dialog.element();
  if (!(element instanceof HTMLDialogElement)) throw new Error('No dialog');
  element.close();
  await expect.poll(() => element.matches(':modal')).toBe(true);
});

describe('what is underneath', () => {
  test('is not drawn: neither what makes itself visible, nor what stands beside the application', async () => {
    const { getByText } = await locked();
    const text = getByText('No patients yet.').element();
    const beside = document.createElement('p');
    beside.textContent = 'OKAFOR Adaeze';
    document.body.append(beside);
    expect(text.getClientRects()).toHaveLength(0);
    expect(text.checkVisibility()).toBe(false);
    expect(text.closest('[inert]')).not.toBeNull();
    expect(beside.checkVisibility()).toBe(false);
    beside.remove();
  });

  test('is not printed, nor is the lock', async () => {
    const { dialog, getByText } = await locked();
    const curtain = dialog.element();
    await cdp().send('Emulation.setEmulatedMedia', { media: 'print' });
    expect(getByText('No patients yet.').element().getClientRects()).toHaveLength(0);
    expect(curtain.getClientRects()).toHaveLength(0);
    await cdp().send('Emulation.setEmulatedMedia', { media: '' });
  });

  test('comes back as it was, asks again for what grew old, and shows no failure', async () => {
    const clinic = testClinic();
    const screen = await renderScreen({ clinic });
    const search = screen.getByRole('searchbox');
    await search.fill('oka');
    await expect.poll(() => clinic.asked.join('\n')).toContain('oka');
    await clinic.settled();
    screen.identity.become(lockedState());
    await expect.element(screen.getByRole('button', UNLOCK)).toHaveFocus();
    const asked = clinic.asked.length;
    screen.application.queryClient.setDefaultOptions({ queries: { staleTime: 0 } });
    await screen.application.queryClient.invalidateQueries({ refetchType: 'none' });
    screen.identity.become(SIGNED_IN);
    await expect.element(search).toHaveFocus();
    await expect.element(search).toHaveValue('oka');
    await expect.poll(() => clinic.asked.length).toBeGreaterThan(asked);
    await clinic.settled();
  });
});

describe('unlocking', () => {
  test.each<[SignInAgainResult, RegExp]>([
    ['blocked', /Allow pop-ups for this page/],
    ['not-asked', /asked for no credentials, so this stays locked/],
    ['unavailable', /Try again in a moment/],
  ])('that ends %s is explained, and one may sign out instead', async (result, text) => {
    const { dialog, identity } = await locked();
    vi.mocked(identity.signInAgain).mockResolvedValue(result);
    await expect.element(dialog.getByRole('button', { name: 'Sign out' })).not.toBeInTheDocument();
    await dialog.getByRole('button', UNLOCK).click();
    await expect.element(dialog.getByRole('alert')).toMatchTextContent(text);
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    expect(identity.signOut).toHaveBeenCalledTimes(1);
  });

  test('waits in words, and another window may be had', async () => {
    const { dialog, identity } = await locked();
    vi.mocked(identity.signInAgain).mockReturnValue(new Promise(() => {}));
    await dialog.getByRole('button', { name: 'Sign in as somebody else' }).click();
    await expect.element(dialog.getByRole('status')).toMatchTextContent(/in the window that opened/);
    await dialog.getByRole('button', { name: 'Open the window again' }).click();
    expect(identity.signInAgain).toHaveBeenCalledTimes(2);
  });
});

test('another person begins at the start, not where the first one was', async () => {
  const screen = await renderScreen({ path: '/patients?view=due' });
  await expect.element(screen.getByRole('table', { name: 'Patients, Due' })).toBeVisible();
  screen.identity.become(lockedState());
  screen.identity.become({ kind: 'signed-in', person: PEOPLE.administrator });
  await expect.element(screen.getByRole('link', { name: 'All', exact: true })).toBeVisible();
  await expect.poll(() => screen.application.router.latestLocation.href).toBe('/patients');
});

test('the lock is readable on a phone', async () => {
  await page.viewport(390, 844);
  const { dialog } = await locked();
  const { scrollWidth, clientWidth } = dialog.element();
  expect(scrollWidth).toBe(clientWidth);
  await page.viewport(1280, 800);
});
