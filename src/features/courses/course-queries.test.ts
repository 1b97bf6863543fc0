import { expect, test } from 'vitest';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { patient, searchset } from '#src/fhir/fake-fetch.ts';
import { searchUrl } from '#src/fhir/search.ts';
import { scriptedClinic } from '#tests/support/scripted-clinic.ts';
import { courseCountRequest, coursePage, coursesOf } from './course-queries.ts';

const INDUCTION = `CarePlan?category=${LOCAL_SYSTEM}|phase-induction`;
const END = '&_include=CarePlan:patient&_sort=-date,_id&_count=100&_total=accurate';

const none = { course: undefined, protocolId: undefined, patientIds: undefined } as const;

test.each([
  ['running', {}, '&status=active,on-hold'],
  ['active', { course: 'active' }, '&status=active'],
  ['paused', { course: 'paused' }, '&status=on-hold'],
  [
    'of a protocol',
    { protocolId: 'short-6' },
    '&status=active,on-hold&instantiates-uri=https://chairside.example/fhir/protocol/short-6',
  ],
  ['of some patients', { patientIds: ['a', 'b'] }, '&status=active,on-hold&patient=Patient/a,Patient/b'],
] as const)('courses of a phase that are %s are asked for as such', async (_, filter, parameters) => {
  const { clinic, searches } = scriptedClinic(() => searchset([]));
  await coursePage(clinic, { phase: 'induction', ...none, ...filter }, {});
  expect(searches).toEqual([INDUCTION + parameters + END]);
});

test('courses come with their patients', async () => {
  const plan = { resourceType: 'CarePlan', id: 'k1', subject: { reference: 'Patient/p1' } };
  const { clinic } = scriptedClinic(() => searchset([plan], { included: [patient('p1')], total: 1 }));
  expect(await coursePage(clinic, { phase: 'maintenance', ...none }, {})).toMatchObject({
    total: 1,
    whole: true,
    rows: [{ kind: 'record', key: 'CarePlan/k1', item: { patientId: 'p1' }, patient: { id: 'p1' } }],
  });
});

test('the count is of the same courses as the list', () => {
  expect(decodeURIComponent(searchUrl(courseCountRequest('induction')))).toBe(
    `${INDUCTION}&status=active,on-hold`,
  );
});

test.each([
  ['running', 'active,on-hold'],
  ['all', 'active,on-hold,completed,revoked,unknown'],
] as const)('of patients the %s ones are asked for, the newest first', (which, status) => {
  expect(decodeURIComponent(searchUrl(coursesOf(['a', 'b'], { which, count: 20 })))).toBe(
    `CarePlan?category=${LOCAL_SYSTEM}|ketamine-course&status=${status}&patient=Patient/a,Patient/b&_sort=-date,_id&_count=20`,
  );
});
