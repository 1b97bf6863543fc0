import { Pager } from '#src/ui/Pager.tsx';
import styles from './scores.module.css';

const ROWS_PER_PAGE = 50;

/** The page of a list, as the URL has it, and how to turn to another one. */
export interface Paging {
  /** From 1, which is also meant where none is named. */
  readonly page: number | undefined;
  readonly onPage: (page: number | undefined) => void;
}

export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly first: number;
  readonly total: number;
  readonly turnTo: ((first: number) => void) | undefined;
}

/** A long list in pages; without a way to turn them, as on paper, it is all one. */
export function pagesOf<Row>(all: readonly Row[], paging: Paging | undefined): Pages<Row> {
  if (paging === undefined) return { rows: all, first: 0, total: all.length, turnTo: undefined };
  // A list that became shorter ends on its last page.
  const last = Math.max(0, Math.ceil(all.length / ROWS_PER_PAGE) - 1);
  const first = Math.min((paging.page ?? 1) - 1, last) * ROWS_PER_PAGE;
  return {
    rows: all.slice(first, first + ROWS_PER_PAGE),
    first,
    total: all.length,
    turnTo: (next) => paging.onPage(next === 0 ? undefined : next / ROWS_PER_PAGE + 1),
  };
}

/** Turns the pages of a list; nothing for one that fits a page. */
export function PagesOf({ pages: { first, total, turnTo } }: { readonly pages: Pages<unknown> }) {
  if (turnTo === undefined || total <= ROWS_PER_PAGE) return null;
  const end = Math.min(first + ROWS_PER_PAGE, total);
  return (
    <div className={styles.pages}>
      <Pager
        range={`Rows ${first + 1}–${end} of ${total}`}
        onPrevious={first === 0 ? undefined : () => turnTo(first - ROWS_PER_PAGE)}
        onNext={end === total ? undefined : () => turnTo(end)}
      />
    </div>
  );
}
