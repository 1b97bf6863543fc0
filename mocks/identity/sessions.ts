import * as z from 'zod/mini';
import type { KeyValueStorage } from './key-value-storage.ts';
import { randomSecret, storedRecords } from './stored-records.ts';

const SESSION_HOURS = 12;
const COOKIE = 'mock_idp_session';

const sessionSchema = z.object({
  personId: z.string(),
  /** When the person was chosen, in seconds since 1970. */
  authTime: z.number(),
  expiresAt: z.number(),
});
/** Somebody whom the provider knows in this browser, without asking again. */
export type Session = z.output<typeof sessionSchema> & { readonly id: string };

/** How the provider recognises a browser: what it hands out, and finds again with the next request. */
export interface SessionCarrier {
  read(request: Request): string | undefined;
  /** Puts the id on the answer; undefined takes it away. */
  write(headers: Headers, sessionId: string | undefined): void;
}

/** A cookie below the provider's path, for a provider with an address of its own. */
export function cookieCarrier(issuer: string): SessionCarrier {
  const { pathname, protocol } = new URL(issuer);
  const attributes = `Path=${pathname}; HttpOnly; SameSite=Lax${protocol === 'https:' ? '; Secure' : ''}`;
  return {
    read: (request) =>
      request.headers
        .get('cookie')
        ?.split(/;\s*/)
        .find((pair) => pair.startsWith(`${COOKIE}=`))
        ?.slice(COOKIE.length + 1),
    write: (headers, sessionId) =>
      headers.append(
        'set-cookie',
        sessionId === undefined
          ? `${COOKIE}=; Max-Age=0; ${attributes}`
          : `${COOKIE}=${sessionId}; ${attributes}`,
      ),
  };
}

/** The storage itself, where a page of the browser plays the provider and no cookie could be set. */
export function storedCarrier(storage: KeyValueStorage): SessionCarrier {
  const KEY = 'session-here';
  return {
    read: () => storage.get(KEY),
    write: (_headers, sessionId) =>
      sessionId === undefined ? storage.delete(KEY) : storage.set(KEY, sessionId),
  };
}

export interface Sessions {
  current(request: Request): Session | undefined;
  start(personId: string): Session;
  carry(headers: Headers, sessionId: string | undefined): void;
  end(sessionId: string): void;
  endAll(): void;
}

/** `now` in milliseconds since 1970. */
export function createSessions(
  storage: KeyValueStorage,
  carrier: SessionCarrier,
  now: () => number,
): Sessions {
  const records = storedRecords(storage, 'session', sessionSchema, now);
  return {
    current(request) {
      const id = carrier.read(request);
      const record = id === undefined ? undefined : records.find(id);
      return id === undefined || record === undefined ? undefined : { ...record, id };
    },
    start(personId) {
      records.removeWhere(() => false);
      const id = randomSecret();
      const record = {
        personId,
        authTime: Math.floor(now() / 1000),
        expiresAt: now() + SESSION_HOURS * 3_600_000,
      };
      records.save(id, record);
      return { ...record, id };
    },
    carry: (headers, sessionId) => carrier.write(headers, sessionId),
    end: (sessionId) => records.remove(sessionId),
    endAll: () => records.removeWhere(() => true),
  };
}
