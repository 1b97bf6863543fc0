import * as z from 'zod/mini';
import type { FhirClient } from '#src/fhir/client.ts';
import { FhirError } from '#src/fhir/error.ts';
import { searchRequest } from '#src/fhir/search.ts';

const roleRecord = z.object({
  code: z.optional(
    z.array(
      z.object({
        coding: z.optional(
          z.array(z.object({ system: z.optional(z.string()), code: z.optional(z.string()) })),
        ),
      }),
    ),
  ),
});

/**
 * The codes (`system|code`) of a person's active PractitionerRoles. A server that does not let the person read them
 * says that there is no role; throws FhirError where asking or signing in again may help.
 */
export async function readPractitionerRoles(fhir: FhirClient, fhirUser: string): Promise<readonly string[]> {
  try {
    const { matches } = await fhir.searchPage(
      searchRequest('PractitionerRole', { practitioner: fhirUser, active: 'true', _count: 50 }),
    );
    return matches.flatMap((resource) => {
      const record = z.safeParse(roleRecord, resource);
      const codings = record.success ? (record.data.code ?? []).flatMap(({ coding }) => coding ?? []) : [];
      return codings.map(({ system, code }) => `${system ?? ''}|${code ?? ''}`);
    });
  } catch (error) {
    if (error instanceof FhirError && !error.retryable && error.kind !== 'unauthenticated') return [];
    throw error;
  }
}
