import * as z from 'zod/mini';
import { invalid } from './outcome.ts';
import type { Place } from './search-order.ts';

/** The parameter of a `next` link. It stands alone: the token holds the whole search. */
export const PAGE_PARAMETER = '_page';
/** The same where the link leads to the base: the type stands before the token. */
export const BASE_PAGE_PARAMETER = '_getpages';

/** Where a search goes on: its parameters, and the last place that was shown. */
export interface PagePosition {
  readonly query: string;
  readonly after: Place;
}

const pagePosition = z.object({
  query: z.string(),
  after: z.object({
    keys: z.array(z.union([z.string(), z.number(), z.null()])),
    id: z.string(),
  }),
});

/** The opaque token of a `next` link. It outlives the server, since it holds all that is needed. */
export function pageToken(position: PagePosition): string {
  const text = JSON.stringify(position);
  const bytes = new TextEncoder().encode(checksum(text) + text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Throws 400 for anything but a token that this server made: a client follows links, it never builds them. */
export function parsePageToken(token: string): PagePosition {
  const text = decode(token);
  const json = text.slice(CHECKSUM_LENGTH);
  if (checksum(json) !== text.slice(0, CHECKSUM_LENGTH))
    throw invalid('Not a page of this server', PAGE_PARAMETER);
  return pagePosition.parse(JSON.parse(json));
}

function decode(token: string): string {
  try {
    const binary = atob(token.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(binary, (byte) => byte.charCodeAt(0)),
    );
  } catch {
    return '';
  }
}

const CHECKSUM_LENGTH = 7;

/** FNV-1a: enough to tell a token that was made from one that was made up. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36).padStart(CHECKSUM_LENGTH, '0');
}
