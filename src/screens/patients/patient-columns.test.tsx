import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { testClinic, type TestClinic } from '#tests/support/browser-clinic.ts';
import {
  allergyRecord,
  consentRecord,
  inductionRecord,
  noAllergyRecord,
  patientRecord,
} from '#tests/support/browser-records.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';

const INDUCTION = '/patients?view=induction';

/** A patient in the first days of a series, consent given. */
async function patientInSeries(clinic: TestClinic, family: string): Promise<string> {
  const id = await clinic.create(patientRecord(family));
  await clinic.create(inductionRecord(id));
  await clinic.create(consentRecord(id));
  return id;
}

/** What stands in the last cells of a patient's row. */
const lastCells = (family: string, count: number) => () =>
  page
    .getByRole('row', { name: new RegExp(`^${family} `) })
    .getByRole('cell')
    .elements()
    .slice(-count)
    .map((cell) => cell.textContent.trim());

const incomplete = () => page.getByRole('status', { name: /^Some columns are incomplete\./ });

describe('facts that did not come', () => {
  test('are said to be missing, and come by the button', async () => {
    const clinic = testClinic();
    await patientInSeries(clinic, 'Fault-403-once');
    await renderScreen({ clinic });
    await expect
      .poll(lastCells('FAULT-403-ONCE', 3))
      .toEqual(['not loaded', 'not loaded', 'Alerts not loaded']);
    await expect
      .element(incomplete())
      .toMatchTextContent('Not loaded: courses, appointments, allergies, consents, unsigned sessions.');
    await incomplete().getByRole('button', { name: 'Retry' }).click();
    await expect
      .poll(lastCells('FAULT-403-ONCE', 3))
      .toEqual(['induction 0 of 6', 'not booked', 'Allergies not asked']);
    await expect.element(incomplete()).not.toBeInTheDocument();
  });

  test('leave what the row itself is made of', async () => {
    const clinic = testClinic();
    await patientInSeries(clinic, 'Okafor');
    await patientInSeries(clinic, 'Abara');
    const screen = await renderScreen({ clinic, path: INDUCTION });
    await expect.poll(lastCells('OKAFOR', 1)).toEqual(['Allergies not asked']);
    clinic.faults.scenario = 'failing';
    await screen.getByRole('searchbox').fill('okafor');
    await expect.poll(lastCells('OKAFOR', 2)).toEqual(['not loaded', 'Alerts not loaded']);
    expect(lastCells('OKAFOR', 4)()[0]).toBe('induction 0 of 6');
    await expect.element(incomplete()).toMatchTextContent('Not loaded: sessions, courses and alerts.');
  });

  test('again stay as they were: an allergy that was known is not lost with the line', async () => {
    const clinic = testClinic();
    const okafor = await patientInSeries(clinic, 'Okafor');
    await clinic.create(allergyRecord(okafor, 'Latex'));
    const screen = await renderScreen({ clinic });
    await expect.poll(lastCells('OKAFOR', 1)).toEqual(['Latex']);
    clinic.faults.scenario = 'failing';
    await screen.application.queryClient.refetchQueries({ queryKey: ['Patient', 'facts'] });
    await expect.poll(lastCells('OKAFOR', 3)).toEqual(['induction 0 of 6', 'not booked', 'Latex']);
  });

  test('are the allergies where one cannot be read: none shown is not none known', async () => {
    const clinic = testClinic();
    const okafor = await patientInSeries(clinic, 'Okafor');
    const abara = await patientInSeries(clinic, 'Abara');
    await clinic.create(noAllergyRecord(abara));
    await clinic.create(allergyRecord(okafor, 'Latex'));
    const broken = await clinic.create(allergyRecord(okafor, 'Iodine'));
    clinic.spoil(`AllergyIntolerance/${broken}`, { code: 'iodine' });
    await renderScreen({ clinic });
    await expect.poll(lastCells('OKAFOR', 1)).toEqual(['LatexAlerts not loaded']);
    await expect.poll(lastCells('ABARA', 1)).toEqual(['Alerts not loaded']);
    await expect.element(incomplete()).toMatchTextContent('Not loaded: allergies.');
  });

  test('are those of one patient nowhere else', async () => {
    const clinic = testClinic();
    const okafor = await patientInSeries(clinic, 'Okafor');
    await clinic.create(noAllergyRecord(okafor));
    await renderScreen({ clinic });
    await expect.poll(lastCells('OKAFOR', 3)).toEqual(['induction 0 of 6', 'not booked', '']);
    await expect.element(incomplete()).not.toBeInTheDocument();
  });
});

describe('alerts', () => {
  test('that are the same are counted, not confused', async () => {
    const clinic = testClinic();
    const id = await patientInSeries(clinic, 'Okafor');
    for (const name of ['Latex', 'Latex', 'Iodine']) await clinic.create(allergyRecord(id, name));
    await renderScreen({ clinic });
    await expect.poll(lastCells('OKAFOR', 1)).toEqual(['LatexIodine']);
  });

  test('beyond two are a number that says which', async () => {
    const clinic = testClinic();
    const id = await clinic.create(patientRecord('Okafor'));
    await clinic.create(inductionRecord(id));
    for (const name of ['Latex', 'Iodine', 'Pollen']) await clinic.create(allergyRecord(id, name));
    const screen = await renderScreen({ clinic });
    await expect.element(screen.getByText('No consent')).toBeVisible();
    const rest = screen.getByTitle(/^\w+, \w+$/);
    await expect.element(rest).toMatchTextContent(/^\+2 more: (Latex|Iodine|Pollen), (Latex|Iodine|Pollen)$/);
  });

  test('take markup for text', async () => {
    const clinic = testClinic();
    const id = await patientInSeries(clinic, 'Okafor');
    await clinic.create(allergyRecord(id, '<img src=x onerror=alert(1)>'));
    const screen = await renderScreen({ clinic });
    await expect.element(screen.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
    await expect.element(screen.getByRole('img')).not.toBeInTheDocument();
  });
});
