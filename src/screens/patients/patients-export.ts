import type { Clinic } from '#src/config/clinic.ts';
import type { Role } from '#src/config/config.ts';
import { toCsv } from '#src/lib/csv.ts';
import { browserTimeZone, clinicDay, zoneNote } from '#src/lib/time.ts';
import { patientColumns } from './patient-columns.tsx';
import { loadPatientFacts, type FactsOfPage } from './patient-facts.ts';
import { loadPatientsPage, type PatientsRow } from './patients-query.ts';
import type { PatientsSearch } from './patients-search.ts';

/** Facts are asked for about so many patients at a time. */
const CHUNK = 50;

export interface ExportRequest {
  readonly clinic: Clinic;
  readonly role: Role | undefined;
  readonly search: PatientsSearch;
  readonly typed: string;
  readonly recent: readonly string[];
  /** All rows, where they are here already. */
  readonly rows: readonly PatientsRow[] | undefined;
  readonly onProgress: (rows: number) => void;
  readonly signal: AbortSignal;
}

export interface ExportedFile {
  readonly name: string;
  readonly csv: string;
  readonly rows: number;
}

/**
 * The rows that are filtered, all pages of them, with the columns on screen. Throws FhirError when a page cannot be
 * read, an Error when the search leaves out patients, and the signal's reason: half a file is no file.
 */
export async function exportPatients(request: ExportRequest): Promise<ExportedFile> {
  const { clinic, role, search, onProgress, signal } = request;
  const { timeZone } = clinic.config.clinic;
  const now = clinic.now();
  const today = clinicDay(now, timeZone);
  const note = zoneNote(now, timeZone, browserTimeZone());
  const lines: string[][] = [];
  const columnsWith = (facts: FactsOfPage | undefined) =>
    patientColumns(search.view, { facts, factsFailed: false, now, today, timeZone, zoneNote: note });
  const head = columnsWith(undefined).map(({ header }) => header);
  for await (const rows of chunks(request)) {
    const columns = columnsWith(await loadPatientFacts(clinic, role, rows, signal));
    lines.push(...rows.map((row) => columns.map((column) => column.text(row))));
    onProgress(lines.length);
    signal.throwIfAborted();
  }
  return {
    name: `patients-${search.view}-${today.toString()}.csv`,
    csv: toCsv(head, lines),
    rows: lines.length,
  };
}

async function* chunks({ clinic, search, typed, recent, rows, signal }: ExportRequest) {
  if (rows !== undefined) {
    for (let at = 0; at < rows.length; at += CHUNK) yield rows.slice(at, at + CHUNK);
    return;
  }
  let link: string | undefined;
  const seen = new Set<string>();
  do {
    const page = await loadPatientsPage(clinic, { search, typed, link, recent }, signal);
    if (page.tooMany === true) throw new Error('More patients answer the search than it can name');
    // A row that moved between two pages while they were read is written once; what cannot be read has no key for all.
    const fresh = page.rows.filter(({ kind, key }) => kind === 'unreadable' || !seen.has(key));
    for (const { key } of fresh) seen.add(key);
    if (fresh.length > 0) yield fresh;
    link = page.next;
  } while (link !== undefined);
}

/** Hands a file to the browser's downloads. */
export function download({ name, csv }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(url);
}
