import { describe, expect, test } from 'vitest';
import { testClinic } from '#tests/support/browser-clinic.ts';
import { allergyRecord, inductionRecord, patientRecord } from '#tests/support/browser-records.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';

const FAILED = 'The record could not be read.';
const OKAFOR = { name: 'OKAFOR Ada', level: 1 };
const NOT_SHOWN = { name: 'Patient not shown', level: 1 };

async function clinicWith(family = 'Okafor') {
  const clinic = testClinic();
  const id = await clinic.create(patientRecord(family));
  return { clinic, id, open: () => renderScreen({ clinic, path: `/patients/${id}` }) };
}

test('a part that cannot be read says so in its place, and the others stand', async () => {
  const { clinic, id, open } = await clinicWith();
  const course = await clinic.create(inductionRecord(id));
  clinic.spoil(`CarePlan/${course}`, { activity: 'six sessions' });
  await clinic.create(allergyRecord(id, 'Latex'));
  const screen = await open();
  const section = (name: string) => screen.getByRole('region', { name });
  await expect
    .element(section('Course').getByText(new RegExp(`CarePlan/${course} cannot be read: .*activity`)))
    .toBeVisible();
  await expect.element(section('Course').getByText('No course yet.')).not.toBeInTheDocument();
  await expect.element(section('Diagnoses').getByText('No active diagnosis recorded.')).toBeVisible();
  await expect.element(section('Allergies').getByText('Latex')).toBeVisible();
  await expect.element(section('Contact').getByText('(555) 010-0001')).toBeVisible();
});

test('a record that takes long is said to be on its way, until it is there', async () => {
  const { clinic, open } = await clinicWith();
  clinic.faults.scenario = 'slow';
  const letGo = clinic.hold();
  const screen = await open();
  await expect.element(screen.getByRole('heading', { name: 'Patient', level: 1 })).toBeVisible();
  const waiting = screen.getByRole('main').getByRole('status').getByText('Loading…');
  await expect.element(waiting).toBeVisible();
  letGo();
  await expect.element(screen.getByRole('heading', OKAFOR)).toBeVisible();
  await expect.element(waiting).not.toBeInTheDocument();
});

describe('a record that is not shown', () => {
  test('since it cannot be read says which, why, and nothing of the patient', async () => {
    const { clinic, id, open } = await clinicWith();
    await clinic.create(allergyRecord(id, 'Latex'));
    clinic.spoil(`Patient/${id}`, { birthDate: 1950 });
    const screen = await open();
    await expect.element(screen.getByRole('heading', NOT_SHOWN)).toBeVisible();
    await expect
      .element(screen.getByRole('alert'))
      .toMatchTextContent(new RegExp(`Patient/${id} cannot be read\\..*birthDate.*can correct the record`));
    await clinic.settled();
    await expect.element(screen.getByText(/OKAFOR|Latex|555/i)).not.toBeInTheDocument();
  });

  test.each([
    ['Fault-404-once', 'has no such record'],
    ['Fault-410-once', 'was deleted'],
    ['Fault-403-once', 'does not let you read this'],
  ])('%s: says why, and offers no second try', async (family, text) => {
    const { open } = await clinicWith(family);
    const screen = await open();
    await expect.element(screen.getByRole('alert')).toMatchTextContent(FAILED);
    await expect.element(screen.getByRole('alert')).toMatchTextContent(text);
    await expect.element(screen.getByRole('heading', NOT_SHOWN)).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });

  test('for a reason that passes may be tried again', async () => {
    const { clinic, open } = await clinicWith();
    clinic.faults.scenario = 'failing';
    const screen = await open();
    await expect.element(screen.getByRole('alert')).toMatchTextContent(FAILED);
    clinic.faults.scenario = 'normal';
    await screen.getByRole('button', { name: 'Try again' }).click();
    await expect.element(screen.getByRole('heading', OKAFOR)).toBeVisible();
    await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  });

  test('is not counted as opened', async () => {
    const { clinic, open } = await clinicWith();
    clinic.faults.scenario = 'forbidden';
    const screen = await open();
    await expect.element(screen.getByRole('alert')).toMatchTextContent(FAILED);
    clinic.faults.scenario = 'normal';
    await screen.application.router.navigate({ to: '/patients', search: { view: 'recent' } });
    await expect.element(screen.getByText('Nobody opened yet.')).toBeVisible();
  });
});
