import { answersSearch, understandSearch } from '#src/features/patients/patient-search.ts';
import { fold } from '#src/lib/text.ts';
import type { PatientsRow } from './patients-query.ts';
import type { PatientsSearch } from './patients-search.ts';

/** Rows of a page in which a whole list is cut up by the application. */
export const SCREEN_PAGE = 50;

type SortKey = NonNullable<PatientsSearch['sort']>;
type RecordRow = Extract<PatientsRow, { kind: 'record' }>;

/**
 * The rows of a list that is here whole: those that answer the search, in the order asked for. What cannot be read
 * stands last whatever was typed: it may be who is searched for.
 */
export function arrange(
  rows: readonly PatientsRow[],
  {
    typed,
    sort,
    locale,
  }: { readonly typed: string; readonly sort: SortKey | undefined; readonly locale: string },
): readonly PatientsRow[] {
  const search = understandSearch(typed, locale);
  const records = rows.filter((row) => row.kind === 'record');
  const unreadable = rows.filter((row) => row.kind === 'unreadable');
  const answering = records.filter((row) => answersSearch(row.patient, search));
  const ordered = sort === undefined ? answering : answering.toSorted(comparator(sort));
  return [...ordered, ...unreadable];
}

function comparator(sort: SortKey): (a: RecordRow, b: RecordRow) => number {
  const column = sort.replace('-', '');
  const direction = sort.startsWith('-') ? -1 : 1;
  return (a, b) => direction * compare(a, b, column) || compareNames(a, b);
}

function compare(a: RecordRow, b: RecordRow, column: string): number {
  switch (column) {
    case 'born':
      return compareText(a.patient.birthDate ?? '', b.patient.birthDate ?? '');
    case 'progress':
      return progress(a) - progress(b);
    case 'due':
      return compareText(dueDay(a), dueDay(b));
    default:
      return compareNames(a, b);
  }
}

function compareNames(a: RecordRow, b: RecordRow): number {
  const [one, other] = [a.patient.name, b.patient.name];
  return (
    compareText(fold(one.surname), fold(other.surname)) ||
    compareText(fold(one.given), fold(other.given)) ||
    compareText(a.key, b.key)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function progress({ item }: RecordRow): number {
  return item.course?.phase === 'maintenance'
    ? item.course.maintenanceSessions.length
    : (item.course?.seriesSessions.length ?? 0);
}

function dueDay({ item }: RecordRow): string {
  return item.reminder?.due?.toString() ?? '';
}
