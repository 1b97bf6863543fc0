import type { ReactNode } from 'react';
import type { Column } from '#src/ui/DataTable.tsx';
import type { PatientsRow } from './patients-query.ts';
import styles from './patient-columns.module.css';

export type RecordRow = Extract<PatientsRow, { kind: 'record' }>;

/** Where the server did not say: never to be taken for none. */
export const NOT_LOADED = 'not loaded';

/** A column of one short text; `wraps` for one that may take several lines. */
export function textColumn(
  id: string,
  header: string,
  align: 'start' | 'end',
  text: (row: RecordRow) => string,
  { wraps = false }: { readonly wraps?: boolean } = {},
): Column<PatientsRow> {
  return {
    id,
    header,
    align,
    cell: record((row) => muted(text(row), !wraps)),
    text: recordText(text),
  };
}

/** A cell of the rows that could be read. */
export function record(cell: (row: RecordRow) => ReactNode): (row: PatientsRow) => ReactNode {
  return (row) => (row.kind === 'record' ? cell(row) : null);
}

/** Its text. */
export function recordText(text: (row: RecordRow) => string): (row: PatientsRow) => string {
  return (row) => (row.kind === 'record' ? text(row) : '');
}

/** A value in the second tone; `short` ones stay on one line. */
export function muted(text: string, short = false): ReactNode {
  if (text === '') return null;
  return (
    <span className={text === NOT_LOADED ? styles.late : short ? styles.short : styles.plain}>{text}</span>
  );
}
