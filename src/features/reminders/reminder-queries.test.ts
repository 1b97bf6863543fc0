import { describe, expect, test } from 'vitest';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { patient, searchset } from '#src/fhir/fake-fetch.ts';
import { searchUrl } from '#src/fhir/search.ts';
import { scriptedClinic } from '#tests/support/scripted-clinic.ts';
import { dueCountRequest, dueReminderPage } from './reminder-queries.ts';

const MAINTENANCE = `${LOCAL_SYSTEM}|maintenance-infusion`;
const CALL = `${LOCAL_SYSTEM}|follow-up-call`;
const OPEN = '&status=requested,received,on-hold';
const END = '&_include=Task:patient&_sort=period,_id&_count=100&_total=accurate';

describe('what is due now', () => {
  test.each([
    ['an ordinary day', '2026-11-23T14:00:00Z', '2026-11-24T00:00:00-05:00'],
    ['late in the evening', '2026-11-24T04:59:59Z', '2026-11-24T00:00:00-05:00'],
    ['before the clocks go forward', '2026-03-08T05:30:00Z', '2026-03-09T00:00:00-04:00'],
    ['the evening before that', '2026-03-08T04:30:00Z', '2026-03-08T00:00:00-05:00'],
    ['before the clocks go back', '2026-11-01T04:30:00Z', '2026-11-02T00:00:00-05:00'],
  ])('reaches to the start of tomorrow: %s', async (_, now, tomorrow) => {
    const { clinic, searches } = scriptedClinic(() => searchset([]), { now });
    await dueReminderPage(clinic, { kind: undefined, patientIds: undefined }, {});
    expect(searches).toEqual([`Task?code=${MAINTENANCE},${CALL}${OPEN}&period=lt${tomorrow}${END}`]);
  });

  test('can be of one kind and some patients', async () => {
    const { clinic, searches } = scriptedClinic(() => searchset([]));
    await dueReminderPage(clinic, { kind: 'followUpCall', patientIds: ['a', 'b'] }, {});
    expect(searches).toEqual([
      `Task?code=${CALL}${OPEN}&period=lt2026-11-24T00:00:00-05:00&patient=Patient/a,Patient/b${END}`,
    ]);
  });

  test('comes with its patients, in the clinic’s days', async () => {
    const task = {
      resourceType: 'Task',
      id: 't1',
      for: { reference: 'Patient/p1' },
      executionPeriod: { start: '2026-11-24T02:00:00Z' },
    };
    const { clinic } = scriptedClinic(() => searchset([task], { included: [patient('p1')] }));
    const { rows } = await dueReminderPage(clinic, { kind: undefined, patientIds: undefined }, {});
    expect(rows.map((row) => (row.kind === 'record' ? row.item.nextAction?.toString() : row.reason))).toEqual(
      ['2026-11-23'],
    );
  });

  test('is counted as it is listed', () => {
    const { clinic } = scriptedClinic(() => 500);
    expect(decodeURIComponent(searchUrl(dueCountRequest(clinic)))).toBe(
      `Task?code=${MAINTENANCE},${CALL}${OPEN}&period=lt2026-11-24T00:00:00-05:00`,
    );
  });
});
