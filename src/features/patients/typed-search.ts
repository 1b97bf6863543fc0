import { createHistoryMemory } from '#src/lib/history-memory.ts';

/** Text in the search of the list of patients, and what of it has stood long enough to be asked. */
interface TypedSearch {
  readonly now: string;
  readonly settled: string;
}

/** What is typed into the list's search; it identifies a person, so it stands in no URL. */
export const typedSearch = createHistoryMemory<TypedSearch>({ now: '', settled: '' });
