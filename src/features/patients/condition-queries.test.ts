import { expect, test } from 'vitest';
import { CONDITION_VERIFICATION } from '#src/fhir/codes.ts';
import { patient, searchset } from '#src/fhir/fake-fetch.ts';
import { scriptedClinic } from '#tests/support/scripted-clinic.ts';
import { conditionPage } from './condition-queries.ts';

const END =
  '&clinical-status=active,recurrence,relapse&_include=Condition:patient&_sort=-_lastUpdated,_id&_count=100&_total=accurate';

const diagnoses = [
  { system: 'urn:a', code: '1', display: 'One' },
  { system: 'urn:b', code: '2', display: 'Two' },
];

test('active diagnoses come with their patients', async () => {
  const condition = {
    resourceType: 'Condition',
    id: 'c1',
    subject: { reference: 'Patient/p1' },
    code: { text: 'CRPS' },
  };
  const { clinic, searches } = scriptedClinic(() => searchset([condition], { included: [patient('p1')] }), {
    codes: { diagnoses },
  });
  const page = await conditionPage(clinic, { diagnosis: undefined, patientIds: undefined }, {});
  expect(searches).toEqual([`Condition?code=urn:a|1,urn:b|2${END}`]);
  expect(page).toMatchObject({
    whole: true,
    rows: [{ kind: 'record', item: { name: 'CRPS' }, patient: { id: 'p1' } }],
  });
});

test('one diagnosis of some patients is asked for alone', async () => {
  const { clinic, searches } = scriptedClinic(() => searchset([]), { codes: { diagnoses } });
  await conditionPage(clinic, { diagnosis: 'urn:b|2', patientIds: ['p1', 'p2'] }, {});
  expect(searches).toEqual([
    `Condition?code=urn:b|2${END.replace('&_include', '&patient=Patient/p1,Patient/p2&_include')}`,
  ]);
});

test('those that were refuted are no rows, and not counted', async () => {
  const condition = (id: string, verification: string) => ({
    resourceType: 'Condition',
    id,
    subject: { reference: 'Patient/p1' },
    verificationStatus: { coding: [{ system: CONDITION_VERIFICATION, code: verification }] },
  });
  const found = [
    condition('c1', 'refuted'),
    condition('c2', 'confirmed'),
    condition('c3', 'entered-in-error'),
  ];
  const { clinic } = scriptedClinic(() => searchset(found, { included: [patient('p1')], total: 3 }), {
    codes: { diagnoses },
  });
  const page = await conditionPage(clinic, { diagnosis: undefined, patientIds: undefined }, {});
  expect(page).toMatchObject({ total: 1, whole: true });
  expect(page.rows.map(({ key }) => key)).toEqual(['Condition/c2']);
});
