import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { structureSource } from './generate-structure.ts';
import { propertiesOf } from './structure.ts';

test('the committed structure is what the official definitions say', () => {
  const committed = readFileSync(new URL('./structure.generated.ts', import.meta.url), 'utf8');
  expect(committed).toBe(structureSource());
});

test('a choice is one property for each of its forms', () => {
  const properties = propertiesOf('MedicationAdministration');
  expect(properties.get('effectivePeriod')).toMatchObject({
    choice: 'effective[x]',
    required: true,
    repeats: false,
  });
  expect(properties.get('effectiveDateTime')?.type.name).toBe('dateTime');
  expect(properties.has('effective')).toBe(false);
});

test('codes come from the schema, and from the value set where the schema leaves them out', () => {
  expect(propertiesOf('Appointment').get('status')?.type.codes).toContain('checked-in');
  expect(propertiesOf('Appointment').get('status')?.type.codes).not.toContain('in-progress');
  expect(propertiesOf('CarePlan').get('status')?.type.codes).toContain('revoked');
  expect(propertiesOf('Task').get('priority')?.type.codes).toEqual(['routine', 'urgent', 'asap', 'stat']);
});

test('what the package adds for its own server is left out', () => {
  expect([...propertiesOf('Meta').keys()]).toEqual([
    'id',
    'extension',
    'versionId',
    'lastUpdated',
    'source',
    'profile',
    'security',
    'tag',
  ]);
});
