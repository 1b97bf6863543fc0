import { expect, test } from 'vitest';
import { NOW } from '#tests/support/browser-clinic.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';

const IN_A_MINUTE = NOW.add({ seconds: 59 }).epochMilliseconds;
const SOON = { name: 'Chairside locks soon' };

async function warned() {
  const screen = await renderScreen();
  await screen.getByRole('searchbox').fill('oka');
  screen.identity.warn(IN_A_MINUTE);
  const warning = screen.getByRole('alertdialog', SOON);
  await expect.element(warning).toBeVisible();
  return { ...screen, warning };
}

test('says how long it still is, once aloud, and leaves the focus where somebody types', async () => {
  const { warning, getByRole } = await warned();
  await expect.element(warning).toMatchTextContent(/Locks in 0:59/);
  await expect
    .element(warning.getByRole('alert'))
    .toHaveTextContent('Chairside locks in 60 seconds. Press any key to stay signed in.');
  expect(warning.getByText('Locks in 0:59').element().closest('[aria-hidden]')).not.toBeNull();
  await expect.element(getByRole('searchbox')).toHaveFocus();
});

test('one may stay; a click that comes too late still lands on it', async () => {
  const { warning, identity } = await warned();
  await warning.getByRole('button', { name: 'Stay signed in' }).click();
  expect(identity.inactivity.stay).toHaveBeenCalledTimes(1);
  identity.warn(undefined);
  await expect.element(warning).toMatchTextContent(/You stay signed in/);
  await expect.element(warning).not.toBeInTheDocument();
});

test('stands inside a dialog that is open, where it can be reached', async () => {
  const screen = await renderScreen();
  const dialog = document.createElement('dialog');
  document.body.append(dialog);
  dialog.showModal();
  screen.identity.warn(IN_A_MINUTE);
  await expect.element(screen.getByRole('alertdialog', SOON)).toBeVisible();
  expect(dialog.contains(screen.getByRole('alertdialog', SOON).element())).toBe(true);
  await screen.getByRole('button', { name: 'Stay signed in' }).click();
  expect(screen.identity.inactivity.stay).toHaveBeenCalledTimes(1);
  screen.identity.warn(undefined);
  await expect.element(screen.getByRole('alertdialog', SOON)).not.toBeInTheDocument();
  dialog.remove();
});
