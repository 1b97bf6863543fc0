/** What a record looks like on its way to the server. */
import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { mapReferences, type SourceRecord } from './source-record.ts';

/** Of the tags by which a later run finds what this one brought in; the code is `Type-id` of the source. */
const SEED_SYSTEM = LOCAL_SYSTEM.replace(/[^/]+$/, 'seed');

/** Tags a record whose references to records after it are still to come. */
const UNFINISHED_TAG = `${SEED_SYSTEM}-unfinished`;

export function sourceCode({ type, id }: SourceRecord): string {
  return `${type}-${id}`;
}

/** As a search for records, by what they are called in the source. */
export function tagSearch(codes: readonly string[]): string {
  return `_tag=${codes.map((code) => encodeURIComponent(`${SEED_SYSTEM}|${code}`)).join(',')}`;
}

const tagsSchema = z.catch(
  z.array(z.object({ system: z.optional(z.string()), code: z.optional(z.string()) })),
  [],
);

/** What a record on the server is called in the source, where a run has tagged it; several tags may stand there. */
export function sourceCodesOf(resource: RawResource): readonly string[] {
  return tagsOf(resource).flatMap(({ system, code }) =>
    system === SEED_SYSTEM && code !== undefined ? [code] : [],
  );
}

/** Whether references of a record on the server are still to come. */
export function isUnfinished(resource: RawResource): boolean {
  return tagsOf(resource).some(({ system }) => system === UNFINISHED_TAG);
}

function tagsOf(resource: RawResource) {
  return tagsSchema.parse(resource.meta?.['tag']);
}

export interface WireOptions {
  /** The id to send; undefined: the server gives one, and finds the record again by its tag. */
  readonly id: string | undefined;
  readonly tagged: boolean;
  readonly unfinished: boolean;
  /** The reference as this server knows it; undefined: it is left out. */
  readonly rename: (reference: string) => string | undefined;
}

/** The record with its references renamed, without the version that it had elsewhere. */
export async function wireForm(
  record: SourceRecord,
  { id, tagged, unfinished, rename }: WireOptions,
): Promise<RawResource> {
  const { id: _, meta, ...content } = await record.load();
  const { versionId: _version, lastUpdated: _updated, tag, ...kept } = meta ?? {};
  const tags: unknown[] = Array.isArray(tag) ? [...tag] : [];
  if (tagged) tags.push({ system: SEED_SYSTEM, code: sourceCode(record) });
  if (unfinished) tags.push({ system: UNFINISHED_TAG, code: 'unfinished' });
  const renamed = mapReferences(content, rename);
  const newMeta = { ...kept, ...(tags.length === 0 ? {} : { tag: tags }) };
  return {
    ...(typeof renamed === 'object' ? renamed : {}),
    resourceType: record.type,
    ...(id === undefined ? {} : { id }),
    ...(Object.keys(newMeta).length === 0 ? {} : { meta: newMeta }),
  };
}
