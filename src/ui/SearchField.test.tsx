import { useState } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderUi } from '#tests/support/browser-ui.ts';
import { SearchField } from './SearchField.tsx';

function Page({ initial = '' }: { readonly initial?: string }) {
  const [typed, setTyped] = useState(initial);
  return (
    <>
      <SearchField label="Name or MRN" value={typed} onChange={setTyped} />
      <label>
        Note <input />
      </label>
      <label>
        Remark <textarea />
      </label>
      <button type="button">Elsewhere</button>
    </>
  );
}

const SEARCH = { name: 'Name or MRN' };

describe('a slash', () => {
  test('goes to the search, and is not typed into it', async () => {
    const screen = await renderUi(<Page />);
    await screen.getByRole('button', { name: 'Elsewhere' }).click();
    await userEvent.keyboard('/oka');
    await expect.element(screen.getByRole('searchbox', SEARCH)).toHaveFocus();
    await expect.element(screen.getByRole('searchbox', SEARCH)).toHaveValue('oka');
  });

  test.each(['Note', 'Remark'])('is a letter while one types in the field %s', async (label) => {
    const screen = await renderUi(<Page />);
    const field = screen.getByRole('textbox', { name: label });
    await field.click();
    await userEvent.keyboard('1/2');
    await expect.element(field).toHaveValue('1/2');
    await expect.element(field).toHaveFocus();
  });

  test('is a letter in the search itself', async () => {
    const screen = await renderUi(<Page />);
    await screen.getByRole('searchbox', SEARCH).click();
    await userEvent.keyboard('4/3');
    await expect.element(screen.getByRole('searchbox', SEARCH)).toHaveValue('4/3');
  });

  test('with another key beside it is the browser’s', async () => {
    const screen = await renderUi(<Page />);
    await screen.getByRole('button', { name: 'Elsewhere' }).click();
    await userEvent.keyboard('{Control>}/{/Control}');
    await expect.element(screen.getByRole('button', { name: 'Elsewhere' })).toHaveFocus();
  });
});

test('Escape empties the search and stays in it', async () => {
  const screen = await renderUi(<Page initial="okafor" />);
  await screen.getByRole('searchbox', SEARCH).click();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('searchbox', SEARCH)).toHaveValue('');
  await expect.element(screen.getByRole('searchbox', SEARCH)).toHaveFocus();
});

test.each(['{Enter}', '{ArrowDown}'])('%s goes on to what was found, and submits nothing', async (key) => {
  const onLeave = vi.fn<() => void>();
  const onSubmit = vi.fn<() => void>();
  const screen = await renderUi(
    <form onSubmit={onSubmit}>
      <SearchField label={SEARCH.name} value="oka" onChange={() => {}} onLeave={onLeave} />
    </form>,
  );
  await screen.getByRole('searchbox', SEARCH).click();
  await userEvent.keyboard(key);
  expect(onLeave).toHaveBeenCalledTimes(1);
  expect(onSubmit).not.toHaveBeenCalled();
});

test('the browser keeps and corrects nothing that is typed', async () => {
  const screen = await renderUi(<Page />);
  const field = screen.getByRole('searchbox', SEARCH);
  await expect.element(field).toHaveAttribute('autocomplete', 'off');
  await expect.element(field).toHaveAttribute('spellcheck', 'false');
});
