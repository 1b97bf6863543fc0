/** What the provider is made of; its endpoints share it. */
import type { StaffMember } from '#mocks/clinic/staff.ts';
import type { Grants } from './grants.ts';
import type { KeyValueStorage } from './key-value-storage.ts';
import type { SessionCarrier, Sessions } from './sessions.ts';
import type { SigningKeys } from './signing-keys.ts';

/** An application that may ask for a sign-in; it has no secret. */
export interface IdentityClient {
  readonly clientId: string;
  readonly redirectUris: 'any-loopback-or-same-origin' | readonly string[];
}

export interface IdentityProviderOptions {
  /** Absolute, without a slash at its end: `http://127.0.0.1:8090/idp`. */
  readonly issuer: string;
  readonly people: readonly StaffMember[];
  readonly clients: readonly IdentityClient[];
  readonly now: () => Temporal.Instant;
  readonly storage: KeyValueStorage;
  readonly session: SessionCarrier;
  /** Where a browser goes, if not to `authorize` and `logout` below the issuer. */
  readonly pages?: { readonly authorize: string; readonly logout: string };
  /** Of access and id tokens; 300 unless told. */
  readonly tokenLifetimeSeconds?: number;
}

/** What the endpoints share. */
export interface ProviderParts {
  readonly options: IdentityProviderOptions;
  readonly tokenLifetimeSeconds: number;
  readonly keys: SigningKeys;
  readonly sessions: Sessions;
  readonly grants: Grants;
  /** Access tokens of an earlier round are over. */
  readonly tokenRound: () => number;
}
