import { expect, test } from 'vitest';
import { schemaErrors } from '#tests/support/r4-schema.ts';
import { capabilityStatement } from './capability.ts';
import { BASE, NOW, testServer } from './server-fixture.ts';
import { RESOURCE_TYPES } from './supported-types.ts';

test('the capability statement is sound R4 and names every type', () => {
  const statement = capabilityStatement(BASE, NOW);
  expect(schemaErrors(statement)).toBe('');
  expect(statement.rest?.[0]?.resource?.map(({ type }) => type)).toEqual([...RESOURCE_TYPES]);
});

test('every parameter and include that it promises works', async () => {
  const server = testServer([]);
  const values = { string: 'x', token: 'x', date: '2026', reference: 'https://other.test/x', uri: 'urn:x' };
  for (const { type, searchParam = [], searchInclude = [] } of capabilityStatement(BASE, NOW).rest?.[0]
    ?.resource ?? []) {
    const queries = [
      ...searchParam.map(
        ({ name, type: kind }) => `${name}=${Object.entries(values).find(([key]) => key === kind)?.[1]}`,
      ),
      ...searchInclude.map((include) => `_include=${include}`),
    ];
    for (const query of queries) {
      expect({ type, query, status: (await server.get(`${type}?${query}`)).status }).toEqual({
        type,
        query,
        status: 200,
      });
    }
  }
});
