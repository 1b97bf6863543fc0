import type { KeyboardEvent, ReactNode } from 'react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { RowSkeletons } from './states.tsx';
import styles from './DataTable.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly align?: 'start' | 'end';
  readonly cell: (row: Row) => ReactNode;
  /** The same as text, for a file; what it says equals what the cell shows. */
  readonly text: (row: Row) => string;
  /** Where a row becomes lines, its cell needs no name beside it. */
  readonly selfEvident?: boolean;
  /** Whether rows can be ordered by it, and if not now, why. */
  readonly sort?: { readonly disabledReason?: string | undefined };
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

interface DataTableProps<Row> {
  /** Names the table for a screen reader. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  /** Nothing yet: skeleton rows. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly sort?: Sort | undefined;
  readonly onSort?: (sort: Sort) => void;
  /** Takes the place of the rows when there are none. */
  readonly empty?: ReactNode;
  /** Stands above the rows, inside the frame. */
  readonly notice?: ReactNode;
  /** Rows of an earlier question, while the next answer is on its way. */
  readonly busy?: boolean;
}

/**
 * A table of records. Where it becomes lines its parts keep their roles, which `display` would take away.
 * Each row is opened by the link in its first cell, which covers the row.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, sort, onSort, empty, notice, busy = false } = props;
  return (
    <div className={styles.frame}>
      {notice}
      <table role="table" className={styles.table} aria-busy={busy || rows === undefined}>
        <caption className="cs-visually-hidden">{caption}</caption>
        <thead role="rowgroup" className={styles.head}>
          <tr role="row">
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        {/* The keys move between the rows' own links; the body itself is nothing to act on. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <tbody role="rowgroup" className={styles.body} data-busy={busy} onKeyDown={moveBetweenRows}>
          {rows === undefined && <RowSkeletons rows={12} columns={columns.length} />}
          {rows?.map((row) => (
            <tr key={rowKey(row)} role="row" className={styles.row}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.id} role="rowheader" scope="row" className={styles.cell}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.id}
                    role="cell"
                    className={styles.cell}
                    data-align={column.align}
                    data-label={column.selfEvident === true ? undefined : column.header}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
          {rows?.length === 0 && (
            <tr>
              <td colSpan={columns.length} className={styles.empty}>
                {empty}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

interface HeadCellProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
}

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const sorted = sort?.column === column.id ? sort : undefined;
  const reason = column.sort?.disabledReason;
  if (column.sort === undefined || onSort === undefined || reason !== undefined) {
    return (
      <th role="columnheader" scope="col" data-align={column.align} title={reason}>
        {column.header}
        {reason !== undefined && <span className="cs-visually-hidden">, {reason}</span>}
      </th>
    );
  }
  const next = { column: column.id, descending: sorted !== undefined && !sorted.descending };
  return (
    <th
      role="columnheader"
      scope="col"
      data-align={column.align}
      aria-sort={sorted === undefined ? 'none' : sorted.descending ? 'descending' : 'ascending'}
    >
      <button
        type="button"
        className={styles.sort}
        data-sorted={sorted !== undefined}
        onClick={() => onSort(next)}
      >
        {column.header}
        {sorted !== undefined &&
          (sorted.descending ? <ArrowDown size={14} aria-hidden /> : <ArrowUp size={14} aria-hidden />)}
      </button>
    </th>
  );
}

/** Puts the focus on the first row of the table on the page, if it has one. */
export function focusFirstRow(): void {
  document.querySelector<HTMLAnchorElement>('tbody th a')?.focus();
}

/** Arrow keys go from row to row, Home and End to the first and last. */
function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('th a')];
  const at = links.findIndex((link) => link === document.activeElement);
  if (at === -1) return;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(at + 1, links.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: links.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  links[target]?.focus();
}
