import type { FhirClient } from '#src/fhir/client.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import type { SearchRequest } from '#src/fhir/search.ts';
import type { Clinic } from '#src/config/clinic.ts';
import { toPatient, type Patient } from './patient.ts';
import { readingOf, type Reading } from './reading.ts';

/**
 * A list over another resource than `Patient` is loaded whole while it holds at most this many rows: only then can it
 * be ordered and searched by what stands in the patient's record.
 */
export const WHOLE_LIMIT = 200;

/** One row of a list: a record and its patient, or what could not be read and why. */
export type ListRow<Item> =
  | { readonly kind: 'record'; readonly key: string; readonly patient: Patient; readonly item: Item }
  | { readonly kind: 'unreadable'; readonly key: string; readonly reason: string };

/** One page of a list. */
export interface ListPage<Item> {
  readonly rows: readonly ListRow<Item>[];
  /** As the server counted; unknown where it would not. */
  readonly total: number | undefined;
  /** The server's own link to the page after this one. */
  readonly next: string | undefined;
  /** All rows are here. */
  readonly whole: boolean;
}

/** Where in a list: its beginning, or the server's link to a page. */
export interface ListPlace {
  readonly link?: string | undefined;
  readonly signal?: AbortSignal;
}

interface Loaded {
  readonly matches: readonly RawResource[];
  readonly included: ReadonlyMap<string, RawResource>;
  readonly problems: readonly string[];
  readonly total: number | undefined;
  readonly next: string | undefined;
}

/** Loads a page; at the beginning of a list that is short enough, all of it. Throws FhirError. */
export async function loadList(
  fhir: FhirClient,
  request: SearchRequest,
  { link, signal }: ListPlace,
): Promise<Loaded & { readonly whole: boolean }> {
  const options = signal === undefined ? {} : { signal };
  if (link !== undefined) return { ...(await fhir.searchPage({ next: link }, options)), whole: false };
  const first = await fhir.searchPage(request, options);
  const { total, next } = first;
  if (next === undefined) {
    return { ...first, total: total ?? first.matches.length, whole: isWhole(first, total) };
  }
  if (total === undefined || total > WHOLE_LIMIT) return { ...first, whole: false };
  const rest = await fhir.searchAll({ next }, { ...options, maxRows: WHOLE_LIMIT });
  const known = new Set(first.matches.map(keyOf));
  const all = {
    // A record that moved between two pages while they were read is one row. One without an id is no other's double.
    matches: [
      ...first.matches,
      ...rest.matches.filter((one) => one.id === undefined || !known.has(keyOf(one))),
    ],
    included: new Map([...first.included, ...rest.included]),
    problems: [...first.problems, ...rest.problems],
    total,
    next: undefined,
  };
  // More than the server had counted: page by page then, rather than a list that was cut off.
  return rest.complete
    ? { ...all, whole: isWhole(all, total) }
    : { ...first, total: undefined, whole: false };
}

/** Whether a list that has no further page holds as much as the server counted. */
function isWhole(
  { matches, problems }: Pick<Loaded, 'matches' | 'problems'>,
  total: number | undefined,
): boolean {
  return total === undefined || matches.length + problems.length >= total;
}

function keyOf({ resourceType, id }: RawResource): string {
  return `${resourceType}/${id ?? '?'}`;
}

/**
 * Rows of a page whose records point at included patients. A record or patient that cannot be read becomes a row that
 * says so.
 */
export function rowsWithPatients<Item>(
  clinic: Clinic,
  page: Loaded & { readonly whole: boolean },
  read: (resource: RawResource, reading: Reading) => Item & { readonly patientId: string | undefined },
): ListPage<Item> {
  const reading = readingOf(clinic);
  const rows = page.matches.map((resource, index) =>
    readRow(rowKey(resource, index), () => {
      const item = read(resource, reading);
      const patient = page.included.get(`Patient/${item.patientId ?? '?'}`);
      if (patient === undefined) throw new Error('its patient was not sent along');
      try {
        return { item, patient: toPatient(patient, reading) };
      } catch (error) {
        throw new Error(`of its ${keyOf(patient)}, ${reasonOf(error)}`, { cause: error });
      }
    }),
  );
  return listPage(page, rows);
}

/** Rows of a page of `Patient`. */
export function patientRows(clinic: Clinic, page: Loaded & { readonly whole: boolean }): ListPage<undefined> {
  const reading = readingOf(clinic);
  const rows = page.matches.map((resource, index) =>
    readRow(rowKey(resource, index), () => ({
      item: undefined,
      patient: toPatient(resource, reading),
    })),
  );
  return listPage(page, rows);
}

function listPage<Item>(
  page: Loaded & { readonly whole: boolean },
  rows: readonly ListRow<Item>[],
): ListPage<Item> {
  const problems = page.problems.map((reason, index): ListRow<Item> => ({
    kind: 'unreadable',
    key: `entry ${index + 1}`,
    reason,
  }));
  return { rows: [...rows, ...problems], total: page.total, next: page.next, whole: page.whole };
}

/** `Patient/1`; a record without an id is told by its place. */
function rowKey(resource: RawResource, index: number): string {
  return resource.id === undefined ? `${resource.resourceType} ${index + 1} of the page` : keyOf(resource);
}

function readRow<Item>(
  key: string,
  read: () => { readonly item: Item; readonly patient: Patient },
): ListRow<Item> {
  try {
    return { kind: 'record', key, ...read() };
  } catch (error) {
    return { kind: 'unreadable', key, reason: reasonOf(error) };
  }
}

/** Why a record could not be read, in one line: the first field that is wrong. */
export function reasonOf(error: unknown): string {
  const issue = firstIssue(error);
  if (issue !== undefined) return issue;
  return error instanceof Error ? error.message : 'unknown reason';
}

function firstIssue(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('issues' in error) || !Array.isArray(error.issues)) return undefined;
  const [issue]: unknown[] = error.issues;
  if (typeof issue !== 'object' || issue === null || !('path' in issue) || !Array.isArray(issue.path))
    return undefined;
  const expected =
    'expected' in issue && typeof issue.expected === 'string' ? `, expected ${issue.expected}` : '';
  return `the field ${issue.path.join('.') || 'itself'} is not as FHIR wants it${expected}`;
}

/** Ids of patients as a search wants them: `Patient/a,Patient/b`. */
export function patientReferences(ids: readonly string[]): string {
  return ids.map((id) => `Patient/${id}`).join(',');
}
