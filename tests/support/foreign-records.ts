import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDENTIFIER_TYPE, LOINC, RXNORM, SNOMED } from '#src/fhir/codes.ts';

/**
 * Records as another system exports them: narratives, extensions of its own, identifiers that nobody should see,
 * sessions of another kind, partial dates, codes that Chairside does not know.
 */
const ELSEWHERE = 'https://records.elsewhere.example';

/** What no screen may show, wherever it stands in a record. */
export const SECRETS = ['999-46-3812', '999-71-0254', 'S99947213', 'S99913388', 'X28810433X', 'X61100927X'];

const identifier = (code: string, display: string, value: string) => ({
  type: { coding: [{ system: IDENTIFIER_TYPE, code, display }], text: display },
  system: `${ELSEWHERE}/${code}`,
  value,
});

function patient(id: string, family: string, given: string, secrets: readonly string[], fields: object) {
  const [ssn = '', licence = '', passport = ''] = secrets;
  return {
    resourceType: 'Patient',
    id,
    text: {
      status: 'generated',
      div: `<div xmlns="http://www.w3.org/1999/xhtml">${given} ${family}, SSN ${ssn}</div>`,
    },
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName',
        valueString: 'Eloisa Arevalo',
      },
      { url: `${ELSEWHERE}/quality-adjusted-life-years`, valueDecimal: 26.3 },
    ],
    identifier: [
      { system: ELSEWHERE, value: `internal-${id}` },
      identifier('MR', 'Medical Record Number', `MR-${id}`),
      identifier('SS', 'Social Security Number', ssn),
      identifier('DL', 'Driver’s License', licence),
      identifier('PPN', 'Passport Number', passport),
    ],
    name: [
      { use: 'official', family, given: [given], prefix: ['Mr.'] },
      { use: 'maiden', family: 'Altenwerth646', given: [given] },
    ],
    gender: 'male',
    birthDate: '1968-09-12',
    ...fields,
  };
}

const of = (id: string) => ({ reference: `Patient/${id}` });

function visits(id: string) {
  const encounter = { reference: `Encounter/visit-${id}` };
  return [
    {
      resourceType: 'Encounter',
      id: `visit-${id}`,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      type: [{ coding: [{ system: SNOMED, code: '185349003', display: 'Encounter for check up' }] }],
      subject: of(id),
      participant: [{ individual: { reference: 'Practitioner/elsewhere' } }],
      period: { start: '2019-03-04T10:00:00+00:00', end: '2019-03-04T10:30:00+00:00' },
      serviceProvider: { reference: 'Organization/elsewhere' },
    },
    {
      resourceType: 'Observation',
      id: `pain-${id}`,
      status: 'final',
      code: { coding: [{ system: LOINC, code: '72514-3', display: 'Pain severity' }] },
      subject: of(id),
      encounter,
      effectiveDateTime: '2019-03-04T10:00:00+00:00',
      issued: '2019-03-04T10:00:00.453+00:00',
      valueQuantity: { value: 3, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' },
    },
    {
      resourceType: 'Observation',
      id: `weight-${id}`,
      status: 'final',
      code: { coding: [{ system: LOINC, code: '29463-7', display: 'Body Weight' }], text: 'Body Weight' },
      subject: of(id),
      encounter,
      effectiveDateTime: '2019-03-04T10:00:00+00:00',
      valueQuantity: { value: 81.0438271, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
    },
    {
      resourceType: 'Condition',
      id: `condition-${id}`,
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'resolved' }],
      },
      code: { coding: [{ system: SNOMED, code: '444814009', display: 'Viral sinusitis (disorder)' }] },
      subject: of(id),
      encounter,
      onsetDateTime: '2019-03-01T10:00:00+00:00',
      abatementDateTime: '2019-03-15T10:00:00+00:00',
    },
    {
      resourceType: 'MedicationRequest',
      id: `prescription-${id}`,
      status: 'stopped',
      intent: 'order',
      medicationCodeableConcept: {
        coding: [{ system: RXNORM, code: '310965', display: 'Ibuprofen 200 MG Oral Tablet' }],
      },
      subject: of(id),
      encounter,
      authoredOn: '2019-03-04T10:00:00+00:00',
      requester: { reference: 'Practitioner/elsewhere' },
      dosageInstruction: [{ sequence: 1, asNeededBoolean: true }],
    },
  ];
}

/** The names under which the list shows them. */
export const FOREIGN_PATIENTS = { living: 'SCHMIDT832 Carlo', dead: 'HERNÁNDEZ Óscar' } as const;

const RECORDS = [
  { resourceType: 'Organization', id: 'elsewhere', name: 'PCP 4711' },
  { resourceType: 'Practitioner', id: 'elsewhere', name: [{ family: 'Lang846', given: ['Hilde'] }] },
  patient('a7c0-1', 'Schmidt832', 'Carlo', [SECRETS[0] ?? '', SECRETS[2] ?? '', SECRETS[4] ?? ''], {
    address: [{ line: ['12 Elm Way'], city: 'Lowell', state: 'MA', postalCode: '01850', country: 'US' }],
    maritalStatus: { text: 'M' },
    multipleBirthBoolean: false,
  }),
  ...visits('a7c0-1'),
  patient('a7c0-2', 'Hernández', 'Óscar', [SECRETS[1] ?? '', SECRETS[3] ?? '', SECRETS[5] ?? ''], {
    birthDate: '1931',
    deceasedDateTime: '2018-05-22T03:11:08+00:00',
    telecom: [{ system: 'phone', value: '555-204-8123', use: 'home' }],
  }),
  ...visits('a7c0-2'),
];

/** Writes the records as an export does, one file per type; gives the folder. */
export async function foreignExport(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chairside-export-'));
  for (const [type, records = []] of Object.entries(Object.groupBy(RECORDS, (one) => one.resourceType))) {
    const lines = records.map((record) => `${JSON.stringify(record)}\n`);
    await writeFile(join(folder, `${type}.ndjson`), lines.join(''));
  }
  return folder;
}
