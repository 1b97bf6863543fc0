import { useState } from 'react';
import { Pager } from '#src/ui/Pager.tsx';
import styles from './scores.module.css';

const ROWS_PER_PAGE = 50;

export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly first: number;
  readonly total: number;
  readonly turnTo: (first: number) => void;
}

/** A long list in pages. Another question, told by `of`, begins at its first page. */
export function usePages<Row>(all: readonly Row[], of?: string): Pages<Row> {
  const [place, setPlace] = useState({ of, first: 0 });
  // A list that became shorter ends on its last page.
  const last = Math.max(0, Math.ceil(all.length / ROWS_PER_PAGE) - 1) * ROWS_PER_PAGE;
  const first = place.of === of ? Math.min(place.first, last) : 0;
  return {
    rows: all.slice(first, first + ROWS_PER_PAGE),
    first,
    total: all.length,
    turnTo: (next) => setPlace({ of, first: next }),
  };
}

/** Turns the pages of a list; nothing for one that fits a page. */
export function PagesOf({ pages: { first, total, turnTo } }: { readonly pages: Pages<unknown> }) {
  if (total <= ROWS_PER_PAGE) return null;
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
