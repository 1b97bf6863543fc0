import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4';
import { searchParameters } from './search-parameters.ts';
import { RESOURCE_TYPES, type ResourceType } from './supported-types.ts';

/** The capability statement of the server, read off the tables that it runs by. `date` is an instant. */
export function capabilityStatement(base: string, date: string): CapabilityStatement {
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
        resource: RESOURCE_TYPES.map(restResource),
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
      },
    ],
  };
}

function restResource(type: ResourceType): CapabilityStatementRestResource {
  const parameters = Object.entries(searchParameters(type));
  const references = parameters.filter(([, parameter]) => parameter.type === 'reference');
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
    updateCreate: false,
    conditionalCreate: true,
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    referencePolicy: ['literal', 'enforced'],
    ...(references.length === 0 ? {} : { searchInclude: references.map(([code]) => `${type}:${code}`) }),
    searchParam: parameters.map(([code, parameter]) => ({ name: code, type: parameter.type })),
  };
}
