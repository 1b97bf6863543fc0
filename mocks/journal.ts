import { type Laying, layingSchema } from '#mocks/laying.ts';
import type { StoredVersion } from '#mocks/server/store.ts';
import type { Resource } from 'fhir/r4';
import * as z from 'zod/mini';

const DATABASE = 'mock-clinic';
const ENTRIES = 'entries';

const entrySchema = z.union([
  z.object({ kind: z.literal('laid'), laying: layingSchema }),
  z.object({
    kind: z.literal('version'),
    version: z.object({
      type: z.string(),
      id: z.string(),
      versionId: z.number(),
      lastUpdated: z.string(),
      resource: z.union([z.undefined(), z.custom<Resource>((value) => typeof value === 'object')]),
    }),
  }),
]);
const keptSchema = z.array(z.object({ clinic: z.string(), entry: entrySchema }));

/** What happened to the records of the made-up clinic: a version was written, or all were laid anew. */
export type JournalEntry =
  | { readonly kind: 'laid'; readonly laying: Laying }
  | { readonly kind: 'version'; readonly version: StoredVersion };

/** What all tabs of this browser wrote, in order, in IndexedDB. */
export interface Journal {
  /** The entries that this tab has neither read nor written, oldest first. */
  catchUp(): Promise<readonly JournalEntry[]>;
  /** Adds entries that this tab has made; a laying forgets what stands before it. */
  append(entries: readonly JournalEntry[]): Promise<void>;
}

/** The journal of one clinic, named by what all its layings share. Those of other clinics are dropped. */
export async function openJournal(clinic: string): Promise<Journal> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore(ENTRIES, { autoIncrement: true });
  });
  const database = await settled(opening);
  let cursor = 0;

  const cleaning = database.transaction(ENTRIES, 'readwrite');
  const walking = cleaning.objectStore(ENTRIES).openCursor();
  walking.addEventListener('success', () => {
    const at = walking.result;
    if (at === null) return;
    if (keptSchema.safeParse([at.value]).data?.[0]?.clinic !== clinic) at.delete();
    at.continue();
  });
  await completed(cleaning);

  return {
    async catchUp() {
      const store = database.transaction(ENTRIES).objectStore(ENTRIES);
      const range = IDBKeyRange.lowerBound(cursor, true);
      const [keys, values] = await Promise.all([
        settled(store.getAllKeys(range)),
        settled(store.getAll(range)),
      ]);
      // Another request of this tab may have caught up, or written, while this one was reading.
      const seen = cursor;
      const fresh = keptSchema.parse(values.filter((_, index) => Number(keys[index]) > seen));
      cursor = Math.max(cursor, Number(keys.at(-1) ?? 0));
      return fresh.filter((kept) => kept.clinic === clinic).map(({ entry }) => entry);
    },

    async append(entries) {
      const writing = database.transaction(ENTRIES, 'readwrite');
      const store = writing.objectStore(ENTRIES);
      const added = entries.map((entry) => {
        // Keys go on from where they were, so other tabs find the laying behind what they have read.
        if (entry.kind === 'laid') store.clear();
        return store.add({ clinic, entry });
      });
      await completed(writing);
      cursor = Math.max(cursor, ...added.map(({ result }) => Number(result)));
    },
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('IndexedDB took the writing back')),
    );
  });
}
