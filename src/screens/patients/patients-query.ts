import { queryOptions } from '@tanstack/react-query';
import { REFRESH_MS, type Clinic } from '#src/config/clinic.ts';
import { coursePage, courseCountRequest } from '#src/features/courses/course-queries.ts';
import type { Course } from '#src/features/courses/course.ts';
import { conditionPage } from '#src/features/patients/condition-queries.ts';
import type { Condition } from '#src/features/patients/condition.ts';
import type { ListPage, ListRow } from '#src/features/patients/list-page.ts';
import { patientPage, patientsById, type PatientListSearch } from '#src/features/patients/patient-queries.ts';
import { understandSearch } from '#src/features/patients/patient-search.ts';
import { dueCountRequest, dueReminderPage } from '#src/features/reminders/reminder-queries.ts';
import type { Reminder } from '#src/features/reminders/reminder.ts';
import { clinicDay } from '#src/lib/time.ts';
import type { PatientsSearch } from './patients-search.ts';

/** What stands beside the patient in a row: what the view is made of. */
export interface RowItem {
  readonly course?: Course;
  readonly condition?: Condition;
  readonly reminder?: Reminder;
}

export type PatientsRow = ListRow<RowItem>;
export type PatientsPage = ListPage<RowItem> & {
  /** More patients than a search can name answer what was typed: only the first of them are considered. */
  readonly tooMany?: boolean;
};

interface PatientsQuery {
  readonly search: PatientsSearch;
  /** As typed. Empty while the list is here whole, where the screen filters it by itself. */
  readonly typed: string;
  /** The server's link to the page; none for the first. */
  readonly link: string | undefined;
  /** What the first page said of the search: the pages behind it cannot know. */
  readonly tooMany?: boolean | undefined;
  /** Patients that were opened last, newest first; what the recent view shows. */
  readonly recent: readonly string[];
}

/** One page of a view of the list. `meta.types` names every type of record in it, for whoever writes one. */
export function patientsPage(clinic: Clinic, { search, typed, link, tooMany, recent }: PatientsQuery) {
  const day = clinicDay(clinic.now(), clinic.config.clinic.timeZone).toString();
  const { sort, ...filters } = search;
  // Only `Patient` is ordered by the server: in the other views an order changes no request.
  const order = search.view === 'all' ? sort : undefined;
  const of = search.view === 'recent' ? recent : undefined;
  return queryOptions({
    queryKey: [
      RESOURCE_OF_VIEW[search.view],
      'list',
      search.view,
      { ...filters, order, typed, link, day, of },
    ] as const,
    meta: { types: [...new Set([RESOURCE_OF_VIEW[search.view], 'Patient'])] },
    queryFn: ({ signal }) => loadPatientsPage(clinic, { search, typed, link, tooMany, recent }, signal),
    // Rows of the same view stay on screen until the next answer comes; those of another view would mislead.
    placeholderData: (previous: PatientsPage | undefined, query) =>
      query?.queryKey[2] === search.view ? previous : undefined,
    refetchInterval: REFRESH_MS,
  });
}

/** Rows of the views that have a number beside their name, in one batch. */
export function patientsCounts(clinic: Clinic) {
  const day = clinicDay(clinic.now(), clinic.config.clinic.timeZone).toString();
  return queryOptions({
    queryKey: ['CarePlan', 'counts', day],
    meta: { types: ['CarePlan', 'Task'] },
    queryFn: ({ signal }) =>
      clinic.fhir.count(
        [courseCountRequest('induction'), courseCountRequest('maintenance'), dueCountRequest(clinic)],
        { signal },
      ),
    refetchInterval: REFRESH_MS,
  });
}

const RESOURCE_OF_VIEW = {
  all: 'Patient',
  recent: 'Patient',
  induction: 'CarePlan',
  maintenance: 'CarePlan',
  due: 'Task',
  diagnosis: 'Condition',
} as const;

/** The page that `patientsPage` asks for. Throws FhirError. */
export async function loadPatientsPage(
  clinic: Clinic,
  { search, typed, link, recent, tooMany: saidBefore = false }: PatientsQuery,
  signal: AbortSignal,
): Promise<PatientsPage> {
  const place = { link, signal };
  if (search.view === 'all') return items(await patientPage(clinic, patientList(search, typed), place));
  if (search.view === 'recent') return items(await patientsById(clinic, recent, signal));
  const found = link === undefined ? await patientsAnswering(clinic, typed, signal) : undefined;
  if (found?.ids.length === 0) return { rows: [], total: 0, next: undefined, whole: true };
  const patientIds = found?.ids;
  const tooMany = found?.tooMany ?? saidBefore;
  switch (search.view) {
    case 'induction':
    case 'maintenance': {
      const { view: phase, course, protocol: protocolId } = search;
      const page = await coursePage(clinic, { phase, course, protocolId, patientIds }, place);
      return { ...items(page, (item) => ({ course: item })), tooMany };
    }
    case 'due': {
      const page = await dueReminderPage(clinic, { kind: search.kind, patientIds }, place);
      return { ...items(page, (item) => ({ reminder: item })), tooMany };
    }
    case 'diagnosis': {
      const page = await conditionPage(clinic, { diagnosis: search.diagnosis, patientIds }, place);
      return { ...items(page, (item) => ({ condition: item })), tooMany };
    }
  }
}

function patientList({ sort, record, sex }: PatientsSearch, typed: string): PatientListSearch {
  const column = sort?.endsWith('born') ? 'birthdate' : 'family';
  return { sort: sort?.startsWith('-') ? `-${column}` : column, record, sex, typed };
}

/** In a list that is too long to be here whole, a search goes to the patients first; 100 can be named in one query. */
async function patientsAnswering(
  clinic: Clinic,
  typed: string,
  signal: AbortSignal,
): Promise<{ readonly ids: readonly string[]; readonly tooMany: boolean } | undefined> {
  if (understandSearch(typed, clinic.config.clinic.locale).kind === 'nothing') return undefined;
  const list = { sort: 'family', record: undefined, sex: undefined, typed } as const;
  const first = await patientPage(clinic, list, { signal });
  const second =
    first.next === undefined ? undefined : await patientPage(clinic, list, { link: first.next, signal });
  // Those who cannot be read too: their rows then say so, instead of not being there.
  const ids = [...first.rows, ...(second?.rows ?? [])].flatMap(
    ({ key }) => /^Patient\/(.+)/.exec(key)?.[1] ?? [],
  );
  const cutOff = second === undefined ? !first.whole : second.next !== undefined;
  return { ids: [...new Set(ids)].slice(0, 100), tooMany: cutOff || ids.length > 100 };
}

function items<Item>(page: ListPage<Item>, of: (item: Item) => RowItem = () => ({})): ListPage<RowItem> {
  return {
    ...page,
    rows: page.rows.map((row) => (row.kind === 'record' ? { ...row, item: of(row.item) } : row)),
  };
}
