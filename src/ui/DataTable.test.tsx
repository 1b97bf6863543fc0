import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderUi } from '#tests/support/browser-ui.ts';
import { DataTable, type Column, type Sort } from './DataTable.tsx';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly link?: boolean;
}

const NAMES: readonly Row[] = ['Ada', 'Ben', 'Cleo', 'Dev'].map((name, id) => ({ id, name }));

const name: Column<Row> = {
  id: 'name',
  header: 'Name',
  cell: (row) => (row.link === false ? row.name : <a href={`#${row.name}`}>{row.name}</a>),
  text: (row) => row.name,
};
const number: Column<Row> = {
  id: 'number',
  header: 'Number',
  align: 'end',
  cell: (row) => row.id,
  text: (row) => String(row.id),
};

const COLUMNS = [name, number];

function Table({
  rows = NAMES,
  columns = COLUMNS,
  ...others
}: Partial<Parameters<typeof DataTable<Row>>[0]>) {
  return (
    <DataTable caption="People" columns={columns} rowKey={({ id }) => String(id)} {...others} rows={rows} />
  );
}

describe('the rows', () => {
  test('are named by their first cell, and each cell by its column', async () => {
    const screen = await renderUi(<Table />);
    const row = screen.getByRole('table', { name: 'People' }).getByRole('row', { name: 'Cleo 2' });
    await expect.element(row.getByRole('rowheader', { name: 'Cleo' })).toBeVisible();
    await expect.element(row.getByRole('cell', { name: '2' })).toHaveAttribute('data-label', 'Number');
  });

  test.each([
    ['{ArrowDown}', 'Ben'],
    ['{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}', 'Dev'],
    ['{ArrowUp}', 'Ada'],
    ['{End}', 'Dev'],
    ['{End}{ArrowUp}', 'Cleo'],
    ['{End}{Home}', 'Ada'],
    ['x{ArrowRight}', 'Ada'],
  ])('are gone through by %s to %s', async (keys, at) => {
    const screen = await renderUi(<Table />);
    await userEvent.tab();
    await expect.element(screen.getByRole('link', { name: 'Ada' })).toHaveFocus();
    await userEvent.keyboard(keys);
    await expect.element(screen.getByRole('link', { name: at })).toHaveFocus();
  });

  test('that open nothing are passed over', async () => {
    const rows = NAMES.map((row) => ({ ...row, link: row.name !== 'Ben' }));
    const screen = await renderUi(<Table rows={rows} />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(screen.getByRole('link', { name: 'Cleo' })).toHaveFocus();
  });

  test('leave the keys of a control in them alone', async () => {
    const field: Column<Row> = {
      id: 'note',
      header: 'Note',
      cell: (row) => <input aria-label={`Note on ${row.name}`} defaultValue="abc" />,
      text: () => '',
    };
    const screen = await renderUi(<Table columns={[name, field]} />);
    await screen.getByRole('textbox', { name: 'Note on Ada' }).click();
    await userEvent.keyboard('{End}{ArrowDown}d');
    await expect.element(screen.getByRole('textbox', { name: 'Note on Ada' })).toHaveValue('abcd');
    await expect.element(screen.getByRole('textbox', { name: 'Note on Ada' })).toHaveFocus();
  });

  test('may be a thousand', async () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, name: `Person ${id}` }));
    const screen = await renderUi(<Table rows={rows} />);
    expect(screen.getByRole('link').elements()).toHaveLength(1000);
    await userEvent.tab();
    await userEvent.keyboard('{End}');
    await expect.element(screen.getByRole('link', { name: 'Person 999' })).toHaveFocus();
    await expect.element(screen.getByRole('link', { name: 'Person 999' })).toBeInViewport();
  });
});

function Sorted({ reason }: { readonly reason?: string }) {
  const [sort, setSort] = useState<Sort>();
  const sortable = { sort: { disabledReason: reason } };
  return <Table columns={[{ ...name, ...sortable }, number]} sort={sort} onSort={setSort} />;
}

describe('the order', () => {
  test('goes round by the heading of a column', async () => {
    const screen = await renderUi(<Sorted />);
    const heading = screen.getByRole('columnheader', { name: 'Name' });
    await expect.element(heading).toHaveAttribute('aria-sort', 'none');
    for (const order of ['ascending', 'descending', 'ascending']) {
      await screen.getByRole('button', { name: 'Name' }).click();
      await expect.element(heading).toHaveAttribute('aria-sort', order);
    }
    await expect
      .element(screen.getByRole('columnheader', { name: 'Number' }))
      .not.toHaveAttribute('aria-sort');
  });

  test('says why it cannot be changed', async () => {
    const screen = await renderUi(<Sorted reason="more than 200 rows" />);
    const heading = screen.getByRole('columnheader', { name: /^Name ?, more than 200 rows$/ });
    await expect.element(heading).toHaveAttribute('title', 'more than 200 rows');
    await expect.element(heading).not.toHaveAttribute('aria-sort');
    await expect.element(screen.getByRole('button')).not.toBeInTheDocument();
  });
});

describe('in place of rows', () => {
  test('stands why there are none', async () => {
    const screen = await renderUi(<Table rows={[]} empty="Nobody yet" />);
    const cell = screen.getByRole('cell', { name: 'Nobody yet' });
    await expect.element(cell).toHaveAttribute('colspan', '2');
    await expect.element(screen.getByRole('table')).toHaveAttribute('aria-busy', 'false');
  });

  test('stand skeletons while they are on their way, which nobody hears of', async () => {
    const screen = await renderUi(
      <DataTable caption="People" columns={[name]} rows={undefined} rowKey={String} empty="Nobody yet" />,
    );
    await expect.element(screen.getByRole('table')).toHaveAttribute('aria-busy', 'true');
    expect(screen.getByRole('row').elements()).toHaveLength(1);
    expect(screen.getByRole('row', { includeHidden: true }).elements().length).toBeGreaterThan(5);
    await expect.element(screen.getByText('Nobody yet')).not.toBeInTheDocument();
  });
});

test('rows of an earlier question stay, and say that they are', async () => {
  const screen = await renderUi(<Table busy notice={<p>Not updated since 10:40.</p>} />);
  await expect.element(screen.getByRole('table')).toHaveAttribute('aria-busy', 'true');
  await expect.element(screen.getByRole('link', { name: 'Ada' })).toBeVisible();
  await expect.element(screen.getByText('Not updated since 10:40.')).toBeVisible();
});
