/**
 * What FHIR servers can do, by product. A server's own /metadata is not enough (it leaves out what the server can do,
 * or claims what it cannot), so the clinic names its server and may correct any single value.
 */
import * as z from 'zod/mini';

import type { ServerCapabilities } from '#src/fhir/profile.ts';

import { group, oneOf, yesNo } from './config-fields.ts';

type Abilities = Omit<ServerCapabilities, 'name'>;

/** What R4 lets a client expect of any server, but for transactions: a partial one is worse than several writes. */
const GENERIC: Abilities = {
  batchSearch: true,
  summaryCount: true,
  include: true,
  atomicTransaction: false,
  conditionalCreate: true,
  postSearch: true,
  sortTieBreaker: true,
  preferStrict: true,
};

const PRESETS = {
  generic: GENERIC,
  // Transactions are all-or-nothing only in projects that have the feature switched on.
  medplum: GENERIC,
  hapi: { ...GENERIC, atomicTransaction: true },
  // No search in a batch, no _summary=count, no form-encoded search.
  google: { ...GENERIC, atomicTransaction: true, batchSearch: false, summaryCount: false, postSearch: false },
  // Sorts by one key only.
  azure: { ...GENERIC, atomicTransaction: true, sortTieBreaker: false },
  // What has a fallback is not asked for. Names go into the URL: correct `postSearch` where the server knows it.
  minimal: {
    batchSearch: false,
    summaryCount: false,
    include: false,
    atomicTransaction: false,
    conditionalCreate: false,
    postSearch: false,
    sortTieBreaker: false,
    preferStrict: false,
  },
} satisfies Record<string, Abilities>;

const ability = () => z.exactOptional(yesNo());

const profile = group({
  preset: oneOf(['medplum', 'hapi', 'google', 'azure', 'generic', 'minimal']),
  batchSearch: ability(),
  summaryCount: ability(),
  include: ability(),
  atomicTransaction: ability(),
  conditionalCreate: ability(),
  postSearch: ability(),
  sortTieBreaker: ability(),
  preferStrict: ability(),
});

/**
 * Reads a preset's name, or an object with the name and the values to correct; gives the capabilities that the FHIR
 * client works with.
 */
export const serverProfileSchema = z.pipe(
  z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' ? { preset: value } : value)),
    profile,
  ),
  z.transform(({ preset, ...corrections }: z.output<typeof profile>): ServerCapabilities => {
    return { name: preset, ...PRESETS[preset], ...corrections };
  }),
);
