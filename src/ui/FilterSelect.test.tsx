import { useState } from 'react';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderUi } from '#tests/support/browser-ui.ts';
import { FilterSelect } from './FilterSelect.tsx';

const OPTIONS = [
  { value: 'active', label: 'active' },
  { value: 'paused', label: 'paused' },
];

function Filter({ initial }: { readonly initial?: string }) {
  const [value, setValue] = useState<string | undefined>(initial);
  return (
    <>
      <FilterSelect label="Course" options={OPTIONS} value={value} onChange={setValue} />
      <output>{value ?? 'no filter'}</output>
    </>
  );
}

test('a choice is a filter, and the first choice is none', async () => {
  const screen = await renderUi(<Filter />);
  const select = screen.getByRole('combobox', { name: 'Course:' });
  await expect.element(select).toHaveDisplayValue('any');
  await select.selectOptions('paused');
  await expect.element(screen.getByRole('status')).toHaveTextContent('paused');
  await select.selectOptions('any');
  await expect.element(screen.getByRole('status')).toHaveTextContent('no filter');
});

test('a filter is taken away by its cross, and the focus stays', async () => {
  const screen = await renderUi(<Filter initial="paused" />);
  await userEvent.tab();
  await userEvent.tab();
  const cross = screen.getByRole('button', { name: 'Remove the filter Course' });
  await expect.element(cross).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('status')).toHaveTextContent('no filter');
  await expect.element(cross).not.toBeInTheDocument();
  await expect.element(screen.getByRole('combobox')).toHaveFocus();
});

test('a value that is no choice any more is shown, since it filters, and can be taken away', async () => {
  const screen = await renderUi(<Filter initial="forgotten" />);
  await expect.element(screen.getByRole('combobox')).toHaveDisplayValue('unknown (forgotten)');
  await screen.getByRole('button', { name: 'Remove the filter Course' }).click();
  await expect.element(screen.getByRole('combobox')).toHaveDisplayValue('any');
});
