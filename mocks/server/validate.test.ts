import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { schemaErrors } from '#tests/support/r4-schema.ts';
import { EXAMPLES, example } from './example-records.ts';
import { FhirError } from './outcome.ts';
import { RESOURCE_TYPES } from './supported-types.ts';
import { structureIssues, validResource } from './validate.ts';

describe('sound records', () => {
  test.each(RESOURCE_TYPES)('%s is accepted, by the official schema too', (type) => {
    expect(validResource(EXAMPLES[type])).toBe(EXAMPLES[type]);
    expect(schemaErrors(EXAMPLES[type])).toBe('');
  });

  test.each([
    ['a primitive with an extension alone', { birthDate: undefined }],
    ['a partial date', { birthDate: '1950' }],
    [
      'a repeated primitive of which one is only an extension',
      {
        name: [
          {
            family: 'Okafor',
            given: ['Ada', null],
            _given: [null, { extension: [{ url: 'x:y', valueString: 'z' }] }],
          },
        ],
      },
    ],
    [
      'a contained resource',
      {
        contained: [{ resourceType: 'Organization', id: 'o', name: 'Practice' }],
        managingOrganization: { reference: '#o' },
      },
    ],
    [
      'an extension of extensions',
      {
        extension: [{ url: 'https://o.test/a', extension: [{ url: 'b', valueDecimal: 1.5 }] }],
      },
    ],
    ['a leap day', { birthDate: '2000-02-29' }],
  ])('%s', (_, changes) => {
    expect(structureIssues(example('Patient', changes))).toEqual([]);
  });
});

describe('faults of structure', () => {
  test.each([
    ['an unknown property', { nickname: 'Ada' }, 'structure', 'Patient.nickname'],
    ['an unknown nested property', { name: [{ surname: 'X' }] }, 'structure', 'Patient.name[0].surname'],
    ['an array where there is one', { gender: ['female'] }, 'structure', 'Patient.gender'],
    ['one where there is an array', { name: { family: 'X' } }, 'structure', 'Patient.name'],
    ['an empty array', { name: [] }, 'structure', 'Patient.name'],
    ['an empty element', { name: [{}] }, 'structure', 'Patient.name[0]'],
    ['null', { gender: null }, 'value', 'Patient.gender'],
    [
      'null in an array without an extension',
      { name: [{ given: [null] }] },
      'value',
      'Patient.name[0].given[0]',
    ],
    ['a text for a truth value', { active: 'true' }, 'value', 'Patient.active'],
    ['a code that is not allowed', { gender: 'Female' }, 'value', 'Patient.gender'],
    ['a date of another order', { birthDate: '04.03.1979' }, 'value', 'Patient.birthDate'],
    ['a day that the month lacks', { birthDate: '1979-02-30' }, 'value', 'Patient.birthDate'],
    [
      'a date-time without a zone',
      { deceasedBoolean: undefined, deceasedDateTime: '2026-01-01T10:00:00' },
      'value',
      'Patient.deceasedDateTime',
    ],
    ['an empty text', { name: [{ family: '' }] }, 'value', 'Patient.name[0].family'],
    [
      'a whole number with a fraction',
      { multipleBirthInteger: 1.5 },
      'value',
      'Patient.multipleBirthInteger',
    ],
    ['two forms of a choice', { deceasedDateTime: '2026-01-01' }, 'structure', 'Patient.deceased[x]'],
    [
      'a reference to a type that is not allowed',
      { managingOrganization: { reference: 'Patient/x' } },
      'value',
      'Patient.managingOrganization.reference',
    ],
    ['an id with a blank', { id: 'a b' }, 'value', 'Patient.id'],
    ['a sibling of what is no primitive', { _name: [{ id: 'x' }] }, 'structure', 'Patient._name'],
    [
      'a required property left out',
      { communication: [{ preferred: true }] },
      'required',
      'Patient.communication[0].language',
    ],
    [
      'an unknown contained type',
      { contained: [{ resourceType: 'Spaceship' }] },
      'structure',
      'Patient.contained[0]',
    ],
    [
      'an unsupported contained type',
      { contained: [{ resourceType: 'Device' }] },
      'structure',
      'Patient.contained[0]',
    ],
  ])('%s', (_, changes, code, expression) => {
    expect(structureIssues(example('Patient', changes))).toEqual([
      expect.objectContaining({ severity: 'error', code, expression: [expression] }),
    ]);
  });

  test.each([null, 7, 'text', [], {}, { resourceType: 'Spaceship' }])('%j is no resource', (value) => {
    expect(structureIssues(value)).toMatchObject([{ code: 'structure' }]);
  });

  test('all faults are told at once', () => {
    const issues = structureIssues(
      example('Appointment', { status: 'in-progress', participant: undefined, start: 'nine' }),
    );
    expect(issues.map(({ expression }) => expression)).toEqual([
      ['Appointment.status'],
      ['Appointment.start'],
      ['Appointment.participant'],
    ]);
  });
});

test('structure is 400, an invariant 422', () => {
  expect(refusalOf(example('Patient', { gender: 'x' }))).toMatchObject({
    status: 400,
    issues: [{ code: 'value' }],
  });
  expect(refusalOf(example('Appointment', { end: undefined }))).toMatchObject({
    status: 422,
    issues: [{ code: 'invariant', expression: ['Appointment'] }, { code: 'invariant' }],
  });
});

test('what the official schema refuses, the server refuses', () => {
  const anyRecord = fc.constantFrom(...RESOURCE_TYPES).map((type) => EXAMPLES[type]);
  let refused = 0;
  fc.assert(
    fc.property(
      anyRecord,
      fc.infiniteStream(fc.nat()),
      fc.oneof(JUNK, fc.jsonValue()),
      (record, choices, junk) => {
        const broken = mutated(record, choices, junk);
        fc.pre(schemaErrors(broken) !== '');
        refused++;
        expect(structureIssues(broken)).not.toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
  expect(refused).toBeGreaterThan(500);
});

const JUNK = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'x',
  -1,
  1.5,
  true,
  [],
  {},
  [null],
  ['x'],
  { x: 1 },
  '2026-13-01',
);

/** A copy in which one place, chosen step by step, holds something else, is gone, or has a new neighbour. */
function mutated(
  record: { resourceType: string },
  choices: Iterator<number>,
  junk: unknown,
): { resourceType: string } {
  const copy = structuredClone(record);
  const choose = (below: number): number => (choices.next().value ?? 0) % below;
  let at: object = copy;
  for (;;) {
    const keys = Object.keys(at).filter((key) => key !== 'resourceType' && key !== 'div');
    const pick = choose(keys.length + 1);
    const key = keys[pick] ?? 'unheardOf';
    const child: unknown = Reflect.get(at, key);
    if (typeof child === 'object' && child !== null && choose(4) > 0) {
      at = child;
      continue;
    }
    if (junk === undefined) Reflect.deleteProperty(at, key);
    else Reflect.set(at, key, junk);
    // As it would travel: an array has no holes there.
    return z.parse(z.looseObject({ resourceType: z.string() }), JSON.parse(JSON.stringify(copy)));
  }
}

function refusalOf(value: unknown): unknown {
  try {
    return validResource(value);
  } catch (error) {
    if (error instanceof FhirError) return { status: error.status, issues: error.issues };
    throw error;
  }
}
