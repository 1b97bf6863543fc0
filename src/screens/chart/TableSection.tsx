import type { ReactNode } from 'react';
import { Section } from '#src/ui/Section.tsx';
import { isWhole, type RecordPart } from './patient-record-query.ts';
import { PartNote, PartNotices } from './PartNotices.tsx';
import { useEmptyWords } from './use-empty-words.ts';
import styles from './TableSection.module.css';

export interface SectionColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly align?: 'end';
  readonly cell: (row: Row) => ReactNode;
  /** Where a row becomes lines, its cell needs no name beside it. */
  readonly selfEvident?: boolean;
  /** Says why a row is struck through, and so is not. */
  readonly neverStruck?: boolean;
}

interface TableSectionProps<Row> {
  readonly title: string;
  readonly note?: ReactNode;
  /** Not here yet. */
  readonly part: RecordPart<unknown> | undefined;
  /** Other parts that the rows are put together from: what they could not read is missing here too. */
  readonly beside?: readonly (RecordPart<unknown> | undefined)[] | undefined;
  /** It was asked for and will not come. */
  readonly failed: boolean;
  readonly columns: readonly SectionColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What is struck through: it was a mistake, and stays to be seen. */
  readonly struck?: (row: Row) => boolean;
  /** What no rows mean, where everything is there. */
  readonly none: string;
  /** Too narrow for the columns, a row becomes lines; few short columns stay. */
  readonly narrow?: 'lines' | 'columns';
  readonly above?: ReactNode;
  readonly below?: ReactNode;
}

/** One part of a patient's record as a table, with what stands in the way of more. */
export function TableSection<Row>(props: TableSectionProps<Row>) {
  const { title, note, part, beside = [], failed, rows, none, above, below } = props;
  const emptyWords = useEmptyWords();
  const others = beside.filter((one) => one !== undefined).filter(({ withheld }) => withheld === undefined);
  const waiting = part === undefined ? (failed ? 'Not loaded.' : 'Loading…') : undefined;
  return (
    <Section
      title={title}
      note={
        <>
          {note} {part && <PartNote part={part} />}
        </>
      }
    >
      {part && <PartNotices part={part} />}
      {others.map((one, index) => (
        <PartNotices key={index} part={withoutTwice(one, [part, ...others.slice(0, index)])} />
      ))}
      {above}
      {waiting !== undefined && <p className={styles.waiting}>{waiting}</p>}
      {part !== undefined && isWhole(part) && rows.length === 0 && (
        <p className={styles.waiting}>{emptyWords(none)}</p>
      )}
      {rows.length > 0 && <SectionTable {...props} />}
      {below}
    </Section>
  );
}

/** A part without a failure that another one has told already. */
function withoutTwice(
  one: RecordPart<unknown>,
  told: readonly (RecordPart<unknown> | undefined)[],
): RecordPart<unknown> {
  return told.some((other) => other?.failure === one.failure) ? { ...one, failure: undefined } : one;
}

/**
 * A component of its own, so that an empty section has no empty table. Its roles are written out, since `display` takes
 * them away where a row becomes lines.
 */
function SectionTable<Row>({
  title,
  columns,
  rows,
  rowKey,
  struck,
  narrow = 'lines',
}: TableSectionProps<Row>) {
  return (
    <div className={styles.frame}>
      <table role="table" className={styles.table} data-narrow={narrow}>
        <caption className="cs-visually-hidden">{title}</caption>
        <thead role="rowgroup" className={styles.head}>
          <tr role="row">
            {columns.map(({ id, header, align }) => (
              <th key={id} role="columnheader" scope="col" data-align={align}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={styles.body}>
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className={styles.row} data-struck={struck?.(row)}>
              {columns.map(({ id, header, align, cell, selfEvident = false, neverStruck = false }, index) =>
                index === 0 ? (
                  <th key={id} role="rowheader" scope="row" className={styles.cell}>
                    {cell(row)}
                  </th>
                ) : (
                  <td
                    key={id}
                    role="cell"
                    className={styles.cell}
                    data-align={align}
                    data-struck={neverStruck ? false : undefined}
                    data-label={selfEvident ? undefined : header}
                  >
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
