import type { Task } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { ALLERGY_CLINICAL, ALLERGY_VERIFICATION, local, NO_KNOWN_DRUG_ALLERGY } from '#src/fhir/codes.ts';
import { testClinic, type TestClinic } from '#tests/support/browser-clinic.ts';
import { allergyRecord, inductionRecord, patientRecord } from '#tests/support/browser-records.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';

async function openChart(clinic: TestClinic, id: string, search = '') {
  const screen = await renderScreen({ clinic, path: `/patients/${id}${search}` });
  await expect.element(screen.getByRole('heading', { level: 1, name: 'OKAFOR Ada' })).toBeVisible();
  await expect.element(screen.getByText('Loading…')).not.toBeInTheDocument();
  return screen;
}

/** The part of the page under a heading. */
const section = (name: string | RegExp) => page.getByRole('region', { name });
const banner = () => page.getByRole('group', { name: 'To know first' }).element().textContent;
const incomplete = () => page.getByRole('status', { name: /^Not everything could be loaded\./ });

describe('the allergies of an open record', () => {
  test('outlive an outage, which is said, and are renewed by the button', async () => {
    const clinic = testClinic();
    const id = await clinic.create(patientRecord('Okafor'));
    await clinic.create(allergyRecord(id, 'Latex', 'Hives'));
    const screen = await openChart(clinic, id);
    await expect.poll(banner).toContain('Latex: Hives');
    clinic.faults.scenario = 'failing';
    await screen.application.queryClient.refetchQueries();
    const stale = page.getByRole('status', { name: /^Not updated since \d\d:\d\d EST\./ });
    await expect.element(stale).toBeVisible();
    expect(banner()).toContain('Latex: Hives');
    await expect.element(section('Allergies')).toMatchTextContent(/Latex/);
    clinic.faults.scenario = 'normal';
    await clinic.create(allergyRecord(id, 'Iodine'));
    await stale.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(banner).toContain('Iodine');
    await expect.element(stale).not.toBeInTheDocument();
  });

  test('that are known are shown beside one that cannot be read', async () => {
    const clinic = testClinic();
    const id = await clinic.create(patientRecord('Okafor'));
    await clinic.create(allergyRecord(id, 'Latex'));
    const broken = await clinic.create(allergyRecord(id, 'Iodine'));
    clinic.spoil(`AllergyIntolerance/${broken}`, { code: 'iodine' });
    await openChart(clinic, id);
    await expect.poll(banner).toContain('LatexAllergies not fully read');
    await expect.element(incomplete()).toBeVisible();
    await expect.element(section('Allergies')).toMatchTextContent(/cannot be read.*Latex/);
    clinic.spoil(`AllergyIntolerance/${broken}`, { code: { text: 'Iodine' } });
    await incomplete().getByRole('button', { name: 'Retry' }).click();
    await expect.poll(banner).toMatch(/Latex.*Iodine|Iodine.*Latex/);
    await expect.element(incomplete()).not.toBeInTheDocument();
  });

  test.each([
    ['nobody asked', [], 'Allergies not asked', 'Nobody has asked yet.'],
    [
      'all are over',
      [{ clinicalStatus: { coding: [{ system: ALLERGY_CLINICAL, code: 'resolved' }] } }],
      'No current allergies',
      'No current allergies.',
    ],
    [
      'the only one was a mistake',
      [
        {
          clinicalStatus: undefined,
          verificationStatus: { coding: [{ system: ALLERGY_VERIFICATION, code: 'entered-in-error' }] },
        },
      ],
      'Allergies not asked',
      'Nobody has asked yet.',
    ],
    [
      'only drugs were asked for',
      [{ code: { coding: [NO_KNOWN_DRUG_ALLERGY] } }],
      'No known drug allergy',
      'No known drug allergy',
    ],
  ])('are told apart where %s', async (_, records, inBanner, inSection) => {
    const clinic = testClinic();
    const id = await clinic.create(patientRecord('Okafor'));
    for (const fields of records) {
      const created = await clinic.create(allergyRecord(id, 'Latex'));
      clinic.spoil(`AllergyIntolerance/${created}`, fields);
    }
    await openChart(clinic, id);
    await expect.poll(banner).toContain(inBanner);
    await expect.element(section('Allergies')).toMatchTextContent(inSection);
  });
});

test('diagnoses without a status are shown, refuted ones are not', async () => {
  const clinic = testClinic();
  const id = await clinic.create(patientRecord('Okafor'));
  const condition = (text: string, verification?: string) =>
    clinic.create({
      resourceType: 'Condition',
      subject: { reference: `Patient/${id}` },
      code: { text },
      ...(verification !== undefined && {
        verificationStatus: {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: verification },
          ],
        },
      }),
    });
  await condition('Fibromyalgia');
  await condition('Migraine', 'refuted');
  await openChart(clinic, id);
  await expect.element(section('Diagnoses')).toMatchTextContent(/Fibromyalgia/);
  await expect.element(section('Diagnoses')).not.toMatchTextContent(/Migraine/);
});

test('reminders say what was done about them', async () => {
  const clinic = testClinic();
  const id = await clinic.create(patientRecord('Okafor'));
  const course = await clinic.create(inductionRecord(id));
  const reminder = (status: Task['status'], day: string): Task => ({
    resourceType: 'Task',
    status,
    intent: 'plan',
    code: { coding: [local('follow-up-call')] },
    for: { reference: `Patient/${id}` },
    basedOn: [{ reference: `CarePlan/${course}` }],
    executionPeriod: { start: `${day}T05:00:00Z`, end: `${day}T05:00:00Z` },
  });
  await clinic.create(reminder('requested', '2026-12-01'));
  await clinic.create(reminder('on-hold', '2026-12-03'));
  await clinic.create(reminder('received', '2026-12-04'));
  await clinic.create(reminder('accepted', '2026-12-10'));
  await openChart(clinic, id, '?section=due');
  await expect
    .poll(() =>
      section('Due list')
        .getByRole('listitem')
        .elements()
        .map((line) => line.textContent),
    )
    .toEqual([
      'Follow-up callno due date',
      'Follow-up callsnoozed until 3 Dec 2026',
      'Follow-up callcalled, next try 4 Dec 2026',
      'Follow-up callbooked for 10 Dec 2026',
    ]);
});

test('a consultation is told from an infusion', async () => {
  const clinic = testClinic();
  const id = await clinic.create(patientRecord('Okafor'));
  await clinic.create({
    resourceType: 'Appointment',
    status: 'booked',
    serviceType: [{ coding: [local('consultation')] }],
    start: '2026-12-10T17:30:00Z',
    end: '2026-12-10T18:00:00Z',
    participant: [{ actor: { reference: `Patient/${id}` }, status: 'accepted' }],
  });
  await openChart(clinic, id);
  await expect
    .element(section(/^Next appointments/))
    .toMatchTextContent(/Thu 10 Dec 12:30Consultation, Booked/);
});
