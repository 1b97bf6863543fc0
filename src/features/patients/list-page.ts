import type { FhirClient } from '#src/fhir/client.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import type { SearchRequest } from '#src/fhir/search.ts';
import type { Clinic } from '#src/config/clinic.ts';
import { toPatient, type Patient } from './patient.ts';

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
  if (first.next === undefined) return { ...first, total: first.total ?? first.matches.length, whole: true };
  if (first.total === undefined || first.total > WHOLE_LIMIT) return { ...first, whole: false };
  const rest = await fhir.searchAll({ next: first.next }, { ...options, maxRows: WHOLE_LIMIT });
  return {
    matches: [...first.matches, ...rest.matches],
    included: new Map([...first.included, ...rest.included]),
    problems: [...first.problems, ...rest.problems],
    total: first.total,
    next: undefined,
    whole: true,
  };
}

/**
 * Rows of a page whose records point at included patients. A record or patient that cannot be read becomes a row that
 * says so.
 */
export function rowsWithPatients<Item>(
  { config }: Clinic,
  page: Loaded & { readonly whole: boolean },
  read: (resource: RawResource) => Item & { readonly patientId: string | undefined },
): ListPage<Item> {
  const rows = page.matches.map((resource): ListRow<Item> => {
    const key = `${resource.resourceType}/${resource.id ?? '?'}`;
    return readRow(key, () => {
      const item = read(resource);
      const patient = page.included.get(`Patient/${item.patientId ?? '?'}`);
      if (patient === undefined) throw new Error('its patient was not sent along');
      return { item, patient: toPatient(patient, config.codes.identifierTypes) };
    });
  });
  return listPage(page, rows);
}

/** Rows of a page of `Patient`. */
export function patientRows({ config }: Clinic, page: Loaded & { readonly whole: boolean }): ListPage<undefined> {
  const rows = page.matches.map((resource) =>
    readRow(`Patient/${resource.id ?? '?'}`, () => ({
      item: undefined,
      patient: toPatient(resource, config.codes.identifierTypes),
    })),
  );
  return listPage(page, rows);
}

function listPage<Item>(page: Loaded & { readonly whole: boolean }, rows: readonly ListRow<Item>[]): ListPage<Item> {
  const problems = page.problems.map(
    (reason, index): ListRow<Item> => ({ kind: 'unreadable', key: `entry ${index + 1}`, reason }),
  );
  return { rows: [...rows, ...problems], total: page.total, next: page.next, whole: page.whole };
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
  if (typeof issue !== 'object' || issue === null || !('path' in issue) || !Array.isArray(issue.path)) return undefined;
  const expected = 'expected' in issue && typeof issue.expected === 'string' ? `, expected ${issue.expected}` : '';
  return `the field ${issue.path.join('.') || 'itself'} is not as FHIR wants it${expected}`;
}

/** Ids of patients as a search wants them: `Patient/a,Patient/b`. */
export function patientReferences(ids: readonly string[]): string {
  return ids.map((id) => `Patient/${id}`).join(',');
}

