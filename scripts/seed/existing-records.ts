import { parseBundle, readSearchPage } from '#src/fhir/bundle.ts';
import { inChunks, inParallel } from '#src/fhir/chunks.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { answeredReason } from './reasons.ts';
import type { Connection } from './server-connection.ts';
import { SeedFailure } from './seed-failure.ts';
import type { SourceRecord } from './source-record.ts';
import { sourceCode, sourceCodesOf, tagSearch } from './wire-form.ts';

export type IdMode =
  /** Records keep their ids. */
  | 'keep'
  /** The server gives ids; a tag remembers the old one. */
  | 'server';

export interface Found {
  /** By the key of the source. */
  readonly found: ReadonlyMap<string, RawResource>;
  /** Why the server does not tell, by the key of the source. */
  readonly refused: ReadonlyMap<string, string>;
}

/** A tag is long, and some servers take no address beyond 8 kB. */
const PER_SEARCH: Readonly<Record<IdMode, number>> = { keep: 100, server: 40 };

/** Which of the records the server has already. */
export async function existingRecords(
  connection: Connection,
  records: readonly SourceRecord[],
  mode: IdMode,
): Promise<Found> {
  const found = new Map<string, RawResource>();
  const refused = new Map<string, string>();
  const searches = [...Map.groupBy(records, ({ type }) => type).values()].flatMap((ofType) =>
    inChunks(ofType, PER_SEARCH[mode]),
  );
  await inParallel(searches, async (asked) => {
    const [type = ''] = asked.map((record) => record.type);
    const byName = new Map(asked.map((record) => [nameOf(record, mode), record.key]));
    let path: string | undefined = searchPath(type, [...byName.keys()], mode);
    while (path !== undefined) {
      const answer = await connection.send({ method: 'GET', path });
      if (answer.status >= 400) {
        for (const { key } of asked) refused.set(key, answeredReason(answer));
        return;
      }
      const bundle = parseBundle(answer.body);
      if (bundle === undefined) {
        throw new SeedFailure(
          `${connection.base} answers a search of ${type} with something that is no Bundle`,
        );
      }
      const page = readSearchPage(bundle, type);
      for (const resource of page.matches) {
        for (const name of namesIn(resource, mode)) {
          const key = byName.get(name);
          if (key !== undefined) found.set(key, resource);
        }
      }
      path = page.next === undefined ? undefined : sameServer(connection.base, page.next);
    }
  });
  return { found, refused };
}

function nameOf(record: SourceRecord, mode: IdMode): string {
  return mode === 'keep' ? record.id : sourceCode(record);
}

function searchPath(type: string, names: readonly string[], mode: IdMode): string {
  const search = mode === 'keep' ? `_id=${names.map(encodeURIComponent).join(',')}` : tagSearch(names);
  return `${type}?${search}&_count=${PER_SEARCH[mode]}`;
}

/** A server that ignores `_tag` answers with everything: only the tag itself tells. */
function namesIn(resource: RawResource, mode: IdMode): readonly string[] {
  if (mode === 'server') return sourceCodesOf(resource);
  return resource.id === undefined ? [] : [resource.id];
}

/** The token goes to the server that was named, and to no other. */
function sameServer(base: string, next: string): string {
  const url = new URL(next, `${base}/`);
  if (url.origin === new URL(base).origin) return url.href;
  throw new SeedFailure(
    `${base} leads on to ${url.origin} for its next page: give the address that it knows itself by`,
  );
}
