import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4';
import { PLAIN, type ServerBehaviour } from './behaviour.ts';
import { searchParameters } from './search-parameters.ts';
import { RESOURCE_TYPES, type ResourceType } from './supported-types.ts';

/** The capability statement of the server, as far as it tells what it can do. `date` is an instant. */
export function capabilityStatement(
  base: string,
  date: string,
  behaviour: ServerBehaviour = PLAIN,
): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Chairside mock clinic' },
    implementation: { description: 'In-memory FHIR R4 server for development and tests', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        security: {
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                },
              ],
            },
          ],
        },
        resource: RESOURCE_TYPES.map((type) => restResource(type, behaviour)),
        interaction: [
          ...(behaviour.transaction === 'none' ? [] : [{ code: 'transaction' } as const]),
          ...(behaviour.batch === 'none' ? [] : [{ code: 'batch' } as const]),
        ],
      },
    ],
  };
}

function restResource(
  type: ResourceType,
  { lacks, updateCreates, conditionalCreate, tellsAll }: ServerBehaviour,
): CapabilityStatementRestResource {
  const parameters = Object.entries(searchParameters(type)).filter(
    ([code]) => !lacks.includes(`${type}.${code}`),
  );
  const includes =
    tellsAll && !lacks.includes('_include')
      ? parameters.flatMap(([code, parameter]) => (parameter.type === 'reference' ? [`${type}:${code}`] : []))
      : [];
  return {
    type,
    interaction: [
      { code: 'read' },
      { code: 'vread' },
      { code: 'history-instance' },
      { code: 'create' },
      { code: 'update' },
      { code: 'delete' },
      { code: 'search-type' },
    ],
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: updateCreates,
    conditionalCreate: conditionalCreate && tellsAll,
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    referencePolicy: ['literal', 'enforced'],
    ...(includes.length === 0 ? {} : { searchInclude: includes }),
    searchParam: parameters.map(([code, parameter]) => ({ name: code, type: parameter.type })),
  };
}
