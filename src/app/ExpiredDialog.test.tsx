import { describe, expect, test, vi } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import type { SignInAgainResult } from '#src/identity/identity-state.ts';
import { testClinic } from '#tests/support/browser-clinic.ts';
import { PEOPLE, renderScreen } from '#tests/support/render-screen.tsx';

const AGAIN = { name: 'Sign in again' };

/** Whatever was set in motion is on screen. */
const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

async function expired(clinic = testClinic()) {
  const screen = await renderScreen({ clinic });
  await expect.element(screen.getByText('No patients yet.')).toBeVisible();
  screen.identity.become({ kind: 'expired', person: PEOPLE.nurse });
  const dialog = screen.getByRole('dialog', { name: 'Your sign-in has expired' });
  await expect.element(dialog).toBeVisible();
  return { ...screen, dialog };
}

test('names who is asked for, and has the focus on signing in again', async () => {
  const { dialog } = await expired();
  await expect.element(dialog).toMatchTextContent('Maribel Ruiz RN, sign in again to go on where you were.');
  await expect.element(dialog.getByRole('button', AGAIN)).toHaveFocus();
});

test('lets nobody past it: not by Escape, not by Tab', async () => {
  const { dialog } = await expired();
  await userEvent.keyboard('{Escape}{Escape}{Escape}');
  await expect.element(dialog).toBeVisible();
  for (let step = 0; step < 4; step++) {
    await userEvent.tab();
    const { activeElement } = document;
    expect(activeElement === document.body || dialog.element().contains(activeElement)).toBe(true);
  }
});

test('opens again where a browser closes it all the same', async () => {
  const { dialog } = await expired();
  const element = dialog.element();
  if (!(element instanceof HTMLDialogElement)) throw new Error('No dialog');
  element.close();
  await expect.poll(() => element.matches(':modal')).toBe(true);
});

describe('what is underneath', () => {
  test('is out of sight and out of reach, also on paper', async () => {
    const { getByText } = await expired();
    await expect.element(getByText('No patients yet.')).not.toBeVisible();
    expect(getByText('No patients yet.').element().closest('[inert]')).not.toBeNull();
    await cdp().send('Emulation.setEmulatedMedia', { media: 'print' });
    expect(getByText('No patients yet.').element().getClientRects()).toHaveLength(0);
    await cdp().send('Emulation.setEmulatedMedia', { media: '' });
  });

  test('comes back as it was, with the focus in its place', async () => {
    const screen = await renderScreen();
    const search = screen.getByRole('searchbox');
    await search.fill('oka');
    await expect.poll(() => screen.clinic.asked.join('\n')).toContain('oka');
    screen.identity.become({ kind: 'expired', person: PEOPLE.nurse });
    await expect.element(screen.getByRole('button', AGAIN)).toHaveFocus();
    screen.identity.become({ kind: 'signed-in', person: PEOPLE.nurse });
    await expect.element(search).toHaveFocus();
    await expect.element(search).toHaveValue('oka');
  });

  test('asks again for what failed meanwhile, and for nothing else', async () => {
    const clinic = testClinic();
    clinic.faults.scenario = 'expired';
    const screen = await renderScreen({ clinic });
    await expect.element(screen.getByText('The list could not be read.')).toBeVisible();
    screen.identity.become({ kind: 'expired', person: PEOPLE.nurse });
    clinic.faults.scenario = 'normal';
    await expect.element(screen.getByRole('dialog')).toBeVisible();
    screen.identity.become({ kind: 'signed-in', person: PEOPLE.nurse });
    await expect.element(screen.getByText('No patients yet.')).toBeVisible();
    await clinic.settled();
    const asked = clinic.asked.length;
    screen.identity.become({ kind: 'expired', person: PEOPLE.nurse });
    screen.identity.become({ kind: 'signed-in', person: PEOPLE.nurse });
    await clinic.settled();
    expect(clinic.asked).toHaveLength(asked);
  });
});

describe('signing in again', () => {
  test.each<[SignInAgainResult, string]>([
    ['blocked', 'The browser blocked the sign-in window. Allow pop-ups for this page, then try again.'],
    ['refused', 'The sign-in was refused.'],
    ['unavailable', 'The sign-in service does not answer. Try again in a moment.'],
  ])('that ends %s is explained, and may be tried again', async (result, text) => {
    const { dialog, identity } = await expired();
    vi.mocked(identity.signInAgain).mockResolvedValue(result);
    await dialog.getByRole('button', AGAIN).click();
    await expect.element(dialog.getByRole('alert')).toHaveTextContent(text);
    await dialog.getByRole('button', AGAIN).click();
    expect(identity.signInAgain).toHaveBeenCalledTimes(2);
  });

  test('may be begun anew while a window is open, and what becomes of the first is no news', async () => {
    const { dialog, identity } = await expired();
    const [first, second] = [0, 1].map(() => Promise.withResolvers<SignInAgainResult>());
    if (first === undefined || second === undefined) throw new Error('No attempts');
    vi.mocked(identity.signInAgain).mockReturnValueOnce(first.promise).mockReturnValueOnce(second.promise);
    await dialog.getByRole('button', AGAIN).click();
    await expect.element(dialog.getByRole('status')).toMatchTextContent(/open it again/);
    await dialog.getByRole('button', { name: 'Open the window again' }).click();
    expect(identity.signInAgain).toHaveBeenCalledTimes(2);
    first.resolve('abandoned');
    await painted();
    await expect.element(dialog.getByRole('button', { name: 'Open the window again' })).toBeEnabled();
    await expect.element(dialog.getByRole('alert')).not.toBeInTheDocument();
    second.resolve('refused');
    await expect.element(dialog.getByRole('alert')).toHaveTextContent('The sign-in was refused.');
    await expect.element(dialog.getByRole('button', AGAIN)).toBeEnabled();
  });

  test('ends it', async () => {
    const { dialog, identity } = await expired();
    await dialog.getByRole('button', AGAIN).click();
    identity.become({ kind: 'signed-in', person: PEOPLE.nurse });
    await expect.element(dialog).not.toBeInTheDocument();
  });
});

test('one may leave instead', async () => {
  const { dialog, identity } = await expired();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  expect(identity.signOut).toHaveBeenCalledTimes(1);
  expect(identity.signInAgain).not.toHaveBeenCalled();
});
