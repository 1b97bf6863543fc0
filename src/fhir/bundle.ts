/** The envelope of a Bundle: entry by entry, so that one damaged entry costs one row and not the page. */
import * as z from 'zod/mini';
import { readIssues } from './error.ts';
import { parseResource, type RawResource } from './resource.ts';

export interface SearchPage {
  readonly matches: readonly RawResource[];
  /** What came along, by `Type/id`. */
  readonly included: ReadonlyMap<string, RawResource>;
  /** What could not be read or what the server wanted to say: one sentence each. */
  readonly problems: readonly string[];
  /** How many match on all pages, where the server tells it. */
  readonly total: number | undefined;
  /** Hand it to `searchPage` as it is. */
  readonly next: string | undefined;
}

const optionalText = z.optional(z.string());

const bundleSchema = z.object({
  resourceType: z.literal('Bundle'),
  total: z.catch(z.optional(z.int().check(z.nonnegative())), undefined),
  link: z.optional(z.array(z.object({ relation: z.string(), url: z.string() }))),
  entry: z.optional(z.array(z.unknown())),
});

const entrySchema = z.object({
  resource: z.optional(z.unknown()),
  search: z.optional(z.object({ mode: optionalText })),
  request: z.optional(z.object({ method: optionalText })),
  response: z.optional(z.object({ status: optionalText, outcome: z.optional(z.unknown()) })),
});

export type Bundle = z.output<typeof bundleSchema>;

/** The value as a Bundle, its entries unread; undefined where it is none. */
export function parseBundle(value: unknown): Bundle | undefined {
  return bundleSchema.safeParse(value).data;
}

/** The page of a searchset. `type` is what was searched for: it tells matches from others where the server doesn't. */
export function readSearchPage(
  { entry = [], link = [], total }: Bundle,
  type: string | undefined,
): SearchPage {
  const matches: RawResource[] = [];
  const included = new Map<string, RawResource>();
  const problems: string[] = [];
  for (const [index, raw] of entry.entries()) {
    const parsed = entrySchema.safeParse(raw).data;
    const resource = parseResource(parsed?.resource);
    const mode =
      parsed?.search?.mode ?? (type === undefined || resource?.resourceType === type ? 'match' : 'include');
    if (resource?.resourceType === 'OperationOutcome') {
      // Mere information, such as how long the search took, is no problem.
      const issues = readIssues(resource).filter(({ severity }) => severity !== 'information');
      problems.push(...issues.map((issue) => issue.text));
    } else if (resource && mode === 'match') {
      matches.push(resource);
    } else if (resource?.id) {
      included.set(`${resource.resourceType}/${resource.id}`, resource);
    } else {
      problems.push(
        parsed?.request?.method === 'DELETE'
          ? `Entry ${index + 1} is a deletion`
          : `Entry ${index + 1} of the answer is not a record`,
      );
    }
  }
  return { matches, included, problems, total, next: link.find(({ relation }) => relation === 'next')?.url };
}

/** What one entry of a batch or transaction was answered with. */
interface EntryAnswer {
  /** Undefined where the entry is missing or damaged. */
  readonly status: number | undefined;
  readonly resource: RawResource | undefined;
  /** Holds the reason, where it is an OperationOutcome. */
  readonly outcome: unknown;
}

/** The answer at one place of a batch or transaction. */
export function readEntryAnswer({ entry = [] }: Bundle, index: number): EntryAnswer {
  const parsed = entrySchema.safeParse(entry[index]).data;
  // `200 OK`, or the number alone.
  const [status] = /^\d{3}/.exec(parsed?.response?.status ?? '') ?? [];
  return {
    status: status === undefined ? undefined : Number(status),
    resource: parseResource(parsed?.resource),
    outcome: parsed?.response?.outcome ?? parsed?.resource,
  };
}
