import type * as z from 'zod/mini';
import type { KeyValueStorage } from './key-value-storage.ts';

/** Records of one kind that end by themselves. What cannot be read, or is over, counts as absent. */
export interface StoredRecords<T> {
  find(id: string): T | undefined;
  save(id: string, record: T): void;
  remove(id: string): void;
  /** Removes every record that `over` names; what has ended goes with it. */
  removeWhere(over: (record: T) => boolean): void;
}

/** `now` in milliseconds since 1970. */
export function storedRecords<T extends { readonly expiresAt: number }>(
  storage: KeyValueStorage,
  kind: string,
  schema: z.ZodMiniType<T>,
  now: () => number,
): StoredRecords<T> {
  const keyOf = (id: string) => `${kind}:${id}`;

  function find(id: string): T | undefined {
    const text = storage.get(keyOf(id));
    if (text === undefined) return undefined;
    const record = readJson(text, schema);
    return record !== undefined && record.expiresAt > now() ? record : undefined;
  }

  return {
    find,
    save: (id, record) => storage.set(keyOf(id), JSON.stringify(record)),
    remove: (id) => storage.delete(keyOf(id)),
    removeWhere(over) {
      for (const key of storage.keys()) {
        if (!key.startsWith(`${kind}:`)) continue;
        const record = find(key.slice(kind.length + 1));
        if (record === undefined || over(record)) storage.delete(key);
      }
    },
  };
}

/** The value in a JSON text, or undefined where the text is broken or says something else. */
export function readJson<T>(text: string, schema: z.ZodMiniType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** 128 bits that nobody guesses, in characters that need no escape in an address, a cookie or a form. */
export function randomSecret(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
