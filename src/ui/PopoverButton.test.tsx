import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderUi } from '#tests/support/browser-ui.ts';
import { PopoverButton } from './PopoverButton.tsx';

function Page() {
  return (
    <>
      <PopoverButton label="Save view" panelLabel="Save this view">
        {(close) => (
          <>
            <input aria-label="Name" data-autofocus />
            <button type="button" onClick={close}>
              Save
            </button>
          </>
        )}
      </PopoverButton>
      <p>Elsewhere</p>
    </>
  );
}

async function opened() {
  const screen = await renderUi(<Page />);
  const button = screen.getByRole('button', { name: 'Save view' });
  const panel = screen.getByRole('dialog', { name: 'Save this view' });
  await expect.element(panel).not.toBeInTheDocument();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.element(panel).toBeVisible();
  return { screen, button, panel };
}

describe('the panel', () => {
  test('opens with the focus where one goes on', async () => {
    const { screen } = await opened();
    await expect.element(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus();
  });

  test('closes by Escape and gives the focus back', async () => {
    const { button, panel } = await opened();
    await userEvent.keyboard('{Escape}');
    await expect.element(panel).not.toBeInTheDocument();
    await expect.element(button).toHaveFocus();
  });

  test('closes by what is in it and gives the focus back', async () => {
    const { screen, button, panel } = await opened();
    await screen.getByRole('button', { name: 'Save' }).click();
    await expect.element(panel).not.toBeInTheDocument();
    await expect.element(button).toHaveFocus();
  });

  test('closes by a click elsewhere', async () => {
    const { screen, panel } = await opened();
    await screen.getByText('Elsewhere').click();
    await expect.element(panel).not.toBeInTheDocument();
  });
});
