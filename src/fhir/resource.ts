/** A FHIR resource as the client hands it on: its envelope was checked, its content was not. */
import * as z from 'zod/mini';

/** A resource as it came, with every field that the server sent. Change it by copying, send the rest back untouched. */
export interface RawResource {
  readonly resourceType: string;
  readonly id?: string | undefined;
  readonly meta?:
    | {
        readonly versionId?: string | undefined;
        readonly lastUpdated?: string | undefined;
        readonly [key: string]: unknown;
      }
    | undefined;
  readonly [key: string]: unknown;
}

/** What the client can write: any resource of the R4 types, or one as it came. */
export interface WritableResource {
  readonly resourceType: string;
  readonly id?: string | undefined;
  readonly meta?: { readonly versionId?: string | undefined } | undefined;
}

const envelopeSchema = z.looseObject({
  resourceType: z.string().check(z.minLength(1)),
  id: z.optional(z.string()),
  meta: z.optional(z.looseObject({ versionId: z.optional(z.string()), lastUpdated: z.optional(z.string()) })),
});

/** The value as a resource, or undefined where its envelope is damaged. */
export function parseResource(value: unknown): RawResource | undefined {
  return envelopeSchema.safeParse(value).data;
}

/** `Patient/1`. Throws a TypeError for a resource that was never stored and so has no id. */
export function referenceTo(resource: WritableResource): string {
  if (!resource.id) throw new TypeError(`This ${resource.resourceType} has no id`);
  return `${resource.resourceType}/${resource.id}`;
}

/** Whether two resources say the same, whatever the order of their keys. `meta` belongs to the server: not compared. */
export function sameContent(one: WritableResource, other: WritableResource): boolean {
  return canonical(one) === canonical(other);
}

function canonical(resource: WritableResource): string {
  return JSON.stringify({ ...resource, meta: undefined }, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
