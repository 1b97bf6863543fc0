import {
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import * as z from 'zod/mini';
import type { KeyValueStorage } from './key-value-storage.ts';
import { readJson } from './stored-records.ts';

const ALGORITHM = 'ES256';
const KEY = 'signing-key';

const privateJwkSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
});
type PrivateJwk = z.output<typeof privateJwkSchema>;

export interface SigningKeys {
  publicJwks(): Promise<{ readonly keys: readonly JWK[] }>;
  /** A compact JWT; `type` stands in its header. */
  sign(claims: JWTPayload, type: string): Promise<string>;
  /** The claims of a token of ours of that type which is not over at `now`, else undefined. */
  verify(token: string, type: string, now: Date): Promise<JWTPayload | undefined>;
  /** Whether the signature is ours, however old the token is; gives the claims unread. */
  verifySignature(token: string): Promise<string | undefined>;
}

/** One key pair for the life of `storage`, so that tokens outlive a reload and every page of a browser agrees. */
export function signingKeys(storage: KeyValueStorage): SigningKeys {
  async function privateJwk(): Promise<PrivateJwk> {
    const kept = readJson(storage.get(KEY) ?? '', privateJwkSchema);
    if (kept !== undefined) return kept;
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const jwk = await exportJWK(privateKey);
    const made = privateJwkSchema.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
    // Another page or request may have been faster while this one computed: the first key stays.
    const faster = readJson(storage.get(KEY) ?? '', privateJwkSchema);
    if (faster !== undefined) return faster;
    storage.set(KEY, JSON.stringify(made));
    return made;
  }

  const publicJwk = ({ kty, crv, x, y, kid }: PrivateJwk): JWK => ({
    kty,
    crv,
    x,
    y,
    kid,
    alg: ALGORITHM,
    use: 'sig',
  });
  const publicKey = async () => importJWK(publicJwk(await privateJwk()), ALGORITHM);

  return {
    publicJwks: async () => ({ keys: [publicJwk(await privateJwk())] }),

    async sign(claims, type) {
      const jwk = await privateJwk();
      return new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, kid: jwk.kid, typ: type })
        .sign(await importJWK(jwk, ALGORITHM));
    },

    async verify(token, type, now) {
      try {
        const options = { algorithms: [ALGORITHM], typ: type, currentDate: now, requiredClaims: ['exp'] };
        return (await jwtVerify(token, await publicKey(), options)).payload;
      } catch {
        return undefined;
      }
    },

    async verifySignature(token) {
      try {
        const { payload } = await compactVerify(token, await publicKey(), { algorithms: [ALGORITHM] });
        return new TextDecoder().decode(payload);
      } catch {
        return undefined;
      }
    },
  };
}
