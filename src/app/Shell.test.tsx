import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderScreen } from '#tests/support/render-screen.tsx';

afterEach(() => localStorage.clear());

const SHORTCUTS = { name: 'Shortcuts' };

async function shell(path?: string) {
  const screen = await renderScreen(path === undefined ? {} : { path });
  await expect.element(screen.getByRole('heading', { level: 1 })).toBeVisible();
  return screen;
}

describe('shortcuts', () => {
  test('? lists them all, also those of this list', async () => {
    const screen = await shell();
    await userEvent.keyboard('?');
    const dialog = screen.getByRole('dialog', SHORTCUTS);
    await expect.element(dialog.getByText('Show the shortcuts')).toBeVisible();
    await expect.element(dialog.getByText('Go to Patients')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
  });

  test('the person’s panel leads there too, and the focus comes back to it', async () => {
    const screen = await shell();
    const person = screen.getByRole('button', { name: /^Maribel Ruiz RN/ });
    await person.click();
    await screen.getByRole('button', SHORTCUTS).click();
    await screen.getByRole('dialog', SHORTCUTS).getByRole('button', { name: 'Close' }).click();
    await expect.element(person).toHaveFocus();
  });

  test('are letters while one types', async () => {
    const screen = await shell();
    const search = screen.getByRole('searchbox');
    await search.click();
    await userEvent.keyboard('g p?/');
    await expect.element(search).toHaveValue('g p?/');
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  });

  test('g p goes to Patients, / to the search of the list', async () => {
    const screen = await shell('/nowhere');
    await userEvent.keyboard('gp');
    await expect.element(screen.getByText('No patients yet.')).toBeVisible();
    await userEvent.keyboard('/');
    await expect.element(screen.getByRole('searchbox')).toHaveFocus();
    await expect.element(screen.getByRole('searchbox')).toHaveValue('');
  });

  test('that are one key can be switched off', async () => {
    const screen = await shell();
    await userEvent.keyboard('?');
    await screen.getByRole('checkbox', { name: /pressed alone/ }).click();
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('?');
    await userEvent.keyboard('/');
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(screen.getByRole('searchbox')).not.toHaveFocus();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(screen.getByRole('dialog', { name: 'Find' })).toBeVisible();
  });

  test('do nothing behind a dialog, and Find takes its place', async () => {
    const screen = await shell();
    await userEvent.keyboard('?');
    await expect.element(screen.getByRole('dialog', SHORTCUTS)).toBeVisible();
    await userEvent.keyboard('/');
    await expect.element(screen.getByRole('searchbox', { includeHidden: true })).not.toHaveFocus();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(screen.getByRole('dialog', { name: 'Find' })).toBeVisible();
    await expect.element(screen.getByRole('dialog', SHORTCUTS)).not.toBeInTheDocument();
  });
});

test('going back takes a dialog away with the page that it stood over', async () => {
  const screen = await shell('/nowhere');
  await userEvent.keyboard('gp');
  await expect.element(screen.getByText('No patients yet.')).toBeVisible();
  await userEvent.keyboard('?');
  const dialog = screen.getByRole('dialog', SHORTCUTS);
  await expect.element(dialog).toBeVisible();
  screen.application.router.history.back();
  await expect.element(screen.getByText('No patients yet.')).not.toBeInTheDocument();
  await expect.element(dialog).not.toBeInTheDocument();
});

test('the lock stands beside the person', async () => {
  const screen = await shell();
  await screen.getByRole('button', { name: 'Lock' }).click();
  expect(screen.identity.lock).toHaveBeenCalledTimes(1);
});
