import * as z from 'zod/mini';
import type { KeyValueStorage } from './key-value-storage.ts';
import { randomSecret, storedRecords } from './stored-records.ts';

const CODE_SECONDS = 60;
const GRANT_HOURS = 12;

const grantSchema = z.object({
  personId: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  codeChallenge: z.string(),
  scope: z.string(),
  nonce: z.optional(z.string()),
  /** In seconds since 1970. */
  authTime: z.number(),
  sessionId: z.string(),
  stage: z.enum(['code', 'tokens']),
  /** Of the code, then of the newest refresh token: the only one of its kind that is still good. */
  secret: z.string(),
  expiresAt: z.number(),
});
type StoredGrant = z.output<typeof grantSchema>;

/** One sign-in of one client: born as a code, then a line of refresh tokens of which only the newest is good. */
export type Grant = Omit<StoredGrant, 'stage' | 'secret' | 'expiresAt'>;
export type IssuedGrant = Grant & { readonly id: string; readonly refreshToken: string };

export interface Grants {
  /** A code that is good once, for a minute. */
  issueCode(grant: Grant): string;
  /**
   * Turns a code into a grant with its first refresh token, if `matches`. A second use, an old code or a mismatch
   * ends the grant with everything that was issued from it.
   */
  redeemCode(code: string, matches: (grant: Grant) => boolean): IssuedGrant | undefined;
  /** Replaces a refresh token by the next one. One that was replaced before, or a mismatch, ends the grant. */
  rotate(refreshToken: string, matches: (grant: Grant) => boolean): IssuedGrant | undefined;
  isLive(grantId: string): boolean;
  end(grantId: string): void;
  /** The grant to which a code or a refresh token belongs, good or not. */
  idOf(handle: string): string;
  endSession(sessionId: string): void;
  endAll(): void;
}

/** `now` in milliseconds since 1970. Nothing here waits, so two requests at once cannot both use one code. */
export function createGrants(storage: KeyValueStorage, now: () => number): Grants {
  const records = storedRecords(storage, 'grant', grantSchema, now);
  const idOf = (handle: string) => handle.split('.', 1).join('');

  function advance(
    handle: string,
    stage: StoredGrant['stage'],
    matches: (grant: Grant) => boolean,
  ): IssuedGrant | undefined {
    const id = idOf(handle);
    const record = records.find(id);
    if (record === undefined) return undefined;
    if (record.stage !== stage || handle !== `${id}.${record.secret}` || !matches(record)) {
      records.remove(id);
      return undefined;
    }
    const next: StoredGrant = {
      ...record,
      stage: 'tokens',
      secret: randomSecret(),
      expiresAt: now() + GRANT_HOURS * 3_600_000,
    };
    records.save(id, next);
    return { ...next, id, refreshToken: `${id}.${next.secret}` };
  }

  return {
    issueCode(grant) {
      records.removeWhere(() => false);
      const id = randomSecret();
      const secret = randomSecret();
      records.save(id, { ...grant, stage: 'code', secret, expiresAt: now() + CODE_SECONDS * 1000 });
      return `${id}.${secret}`;
    },
    redeemCode: (code, matches) => advance(code, 'code', matches),
    rotate: (refreshToken, matches) => advance(refreshToken, 'tokens', matches),
    isLive: (grantId) => records.find(grantId)?.stage === 'tokens',
    end: (grantId) => records.remove(grantId),
    idOf,
    endSession: (sessionId) => records.removeWhere((grant) => grant.sessionId === sessionId),
    endAll: () => records.removeWhere(() => true),
  };
}
