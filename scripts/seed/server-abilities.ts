import * as z from 'zod/mini';
import { type Connection, webPage } from './server-connection.ts';
import { SeedFailure } from './seed-failure.ts';

/** What the server says of itself; undefined where it says nothing. */
export interface ServerAbilities {
  /** Whether a PUT may create a record under the id that it has. */
  readonly keepsIds: boolean | undefined;
  readonly transactions: boolean | undefined;
}

const many = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(z.array(schema)), undefined);

const statementSchema = z.object({
  resourceType: z.literal('CapabilityStatement'),
  fhirVersion: z.catch(z.optional(z.string()), undefined),
  rest: many(
    z.object({
      resource: many(z.object({ updateCreate: z.catch(z.optional(z.boolean()), undefined) })),
      interaction: many(z.object({ code: z.optional(z.string()) })),
    }),
  ),
});

/** Reads the CapabilityStatement. Throws a SeedFailure where there is no FHIR R4 server. */
export async function serverAbilities(connection: Connection): Promise<ServerAbilities> {
  const { base } = connection;
  const answer = await connection.attempt({ method: 'GET', path: 'metadata' });
  if ('later' in answer) {
    throw new SeedFailure(`${base}: ${answer.later}. Is the address right and the server running?`);
  }
  const { data: statement } = statementSchema.safeParse(answer.body);
  if (statement === undefined) {
    if (answer.status === 200 && answer.body === undefined) throw webPage(base);
    throw new SeedFailure(
      `${base}/metadata answers ${answer.status} and no CapabilityStatement: is --base the FHIR base, such as https://host/fhir/R4?`,
    );
  }
  const { fhirVersion, rest: [rest] = [] } = statement;
  if (fhirVersion !== undefined && !fhirVersion.startsWith('4.0')) {
    throw new SeedFailure(
      `${base} speaks FHIR ${fhirVersion}; the records are R4 (4.0): give its R4 address`,
    );
  }
  const updates = (rest?.resource ?? []).map(({ updateCreate }) => updateCreate);
  return {
    keepsIds: updates.length > 0 && updates.every((able) => able === false) ? false : undefined,
    transactions: rest?.interaction?.some(({ code }) => code === 'transaction'),
  };
}
