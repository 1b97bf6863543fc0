/** Whether a sign-in asked a person who it is, or only recognised a browser. */
import type { Claims } from './person.ts';

/** Between the credentials and the token lies the way back alone, both told by the clock of the service. */
const WAY_BACK_SECONDS = 120;

/** False where the service says that the credentials are older than the sign-in; one that is silent is believed. */
export function gaveCredentials({ auth_time: authTime, iat }: Claims): boolean {
  return typeof authTime !== 'number' || typeof iat !== 'number' || iat - authTime <= WAY_BACK_SECONDS;
}
