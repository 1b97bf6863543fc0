import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderUi } from '#tests/support/browser-ui.ts';
import { Pager } from './Pager.tsx';

function Pages({ last }: { readonly last: number }) {
  const [page, setPage] = useState(1);
  return (
    <Pager
      range={`Page ${page}`}
      onPrevious={page === 1 ? undefined : () => setPage(page - 1)}
      onNext={page === last ? undefined : () => setPage(page + 1)}
    />
  );
}

test('ends are said, and everything between is reached', async () => {
  const screen = await renderUi(<Pages last={3} />);
  const pager = screen.getByRole('navigation', { name: 'Pages' });
  const previous = pager.getByRole('button', { name: 'Previous' });
  const next = pager.getByRole('button', { name: 'Next' });
  await expect.element(previous).toHaveAccessibleDescription('This is the first page');
  await next.click();
  await expect.element(previous).not.toHaveAttribute('aria-disabled');
  await next.click();
  await expect.element(screen.getByText('Page 3')).toBeVisible();
  await expect.element(next).toHaveAccessibleDescription('This is the last page');
  await previous.click();
  await expect.element(screen.getByText('Page 2')).toBeVisible();
});

test('while a page is on its way, no other is asked for', async () => {
  const turn = vi.fn<() => void>();
  const screen = await renderUi(<Pager range="Rows 1–50" onPrevious={turn} onNext={turn} busy />);
  for (const name of ['Previous', 'Next']) {
    const button = screen.getByRole('button', { name });
    await expect.element(button).toHaveAccessibleDescription('The page is on its way');
    await button.click({ force: true });
  }
  expect(turn).not.toHaveBeenCalled();
});

test('who turns pages by keyboard stays on the button at the last one', async () => {
  const screen = await renderUi(<Pages last={2} />);
  const next = screen.getByRole('button', { name: 'Next' });
  await userEvent.tab();
  await userEvent.tab();
  await expect.element(next).toHaveFocus();
  await userEvent.keyboard('{Enter}{Enter}');
  await expect.element(screen.getByText('Page 2')).toBeVisible();
  await expect.element(next).toHaveFocus();
});
