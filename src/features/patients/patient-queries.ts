import { queryOptions } from '@tanstack/react-query';
import { anyOf, literal, searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { REFRESH_MS, type Clinic } from '#src/config/clinic.ts';
import { patientRows, type ListPage, type ListPlace } from './list-page.ts';
import { nameSpellings, phoneSpellings, understandSearch } from './patient-search.ts';

/** Rows of a page of patients. */
const PAGE_SIZE = 50;

export interface PatientListSearch {
  readonly sort: 'family' | '-family' | 'birthdate' | '-birthdate';
  /** Nothing asks for the active ones: a record that does not say is active, and a search would miss it. */
  readonly record: 'inactive' | 'deceased' | undefined;
  readonly sex: string | undefined;
  /** As typed; identifies a person, so it travels in the body of the request where the server can. */
  readonly typed: string;
}

/** A page of the patients of the clinic. Throws FhirError. */
export async function patientPage(
  clinic: Clinic,
  { sort, record, sex, typed }: PatientListSearch,
  place: ListPlace,
): Promise<ListPage<undefined>> {
  const search = understandSearch(typed, clinic.config.clinic.locale);
  const filters = {
    active: record === 'inactive' ? 'false' : undefined,
    deceased: record === 'deceased' ? 'true' : undefined,
    gender: sex,
    _sort: `${sort},_id`,
    _count: PAGE_SIZE,
    _total: 'accurate',
  };
  const request = (params: Readonly<Record<string, string | readonly string[] | undefined>>) =>
    searchRequest('Patient', { ...params, ...filters }, { identifying: search.kind !== 'nothing' });
  const page = (asked: Parameters<typeof request>[0]) => loadPatients(clinic, request(asked), place);
  switch (search.kind) {
    case 'nothing':
      return patientRows(clinic, await page({}));
    case 'birthDate':
      return patientRows(clinic, await page({ birthdate: search.date }));
    case 'name':
      return patientRows(clinic, await page(named(search.words)));
    case 'number':
    case 'numberOrBirthDate':
    case 'numberOrName': {
      const { mrnSystem } = clinic.config.codes;
      const mrn = mrnSystem === undefined ? literal(search.text) : `${mrnSystem}|${literal(search.text)}`;
      const other =
        search.kind === 'number'
          ? { phone: anyOf(phoneSpellings(search.text).map(literal)) }
          : search.kind === 'numberOrBirthDate'
            ? { birthdate: search.date }
            : named(search.words);
      const [byNumber, byOther] = await Promise.all([page({ identifier: mrn }), page(other)]);
      return patientRows(clinic, either(byNumber, byOther));
    }
  }
}

function named(words: readonly string[]) {
  return { name: words.map((word) => anyOf(nameSpellings(word).map(literal))) };
}

type Page = Awaited<ReturnType<typeof loadPatients>>;

/** What answers one of two questions. Beyond the first page of either, it is not known how many there are. */
function either(one: Page, other: Page): Page {
  const seen = new Set(one.matches.map(({ id }) => id));
  const matches = [...one.matches, ...other.matches.filter(({ id }) => id === undefined || !seen.has(id))];
  const whole = one.whole && other.whole;
  return {
    ...one,
    matches,
    problems: [...one.problems, ...other.problems],
    total: whole ? matches.length : undefined,
    next: undefined,
    whole,
  };
}

/** Patients are paged by the server always, however few: the page is ordered there. */
async function loadPatients(clinic: Clinic, request: SearchRequest, { link, signal }: ListPlace) {
  const options = signal === undefined ? {} : { signal };
  const page = await clinic.fhir.searchPage(link === undefined ? request : { next: link }, options);
  const whole = link === undefined && page.next === undefined;
  return { ...page, total: page.total ?? (whole ? page.matches.length : undefined), whole };
}

/** Patients by id, in the order of the ids; those that the server no longer has are left out. Throws FhirError. */
export async function patientsById(
  clinic: Clinic,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<ListPage<undefined>> {
  if (ids.length === 0) return { rows: [], total: 0, next: undefined, whole: true };
  const request = searchRequest('Patient', { _id: anyOf(ids), _count: PAGE_SIZE });
  const page = await clinic.fhir.searchAll(request, { signal, maxRows: ids.length });
  const order = new Map(ids.map((id, index) => [id, index]));
  const matches = page.matches.toSorted(
    (a, b) => (order.get(a.id ?? '') ?? 0) - (order.get(b.id ?? '') ?? 0),
  );
  return patientRows(clinic, { ...page, matches, total: matches.length, next: undefined, whole: true });
}

/** The record of one patient, as read. */
export function patientRecord(clinic: Clinic, id: string) {
  return queryOptions({
    queryKey: ['Patient', 'detail', id],
    queryFn: ({ signal }) => clinic.fhir.read('Patient', id, { signal }),
    refetchInterval: REFRESH_MS,
  });
}
