import type { Patient } from 'fhir/r4';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { testClinic } from '#tests/support/browser-clinic.ts';
import { patientRecord } from '#tests/support/browser-records.ts';
import { PEOPLE, renderScreen, type RenderedScreen } from '#tests/support/render-screen.tsx';

afterEach(() => {
  vi.useRealTimers();
});

const SEARCH = { name: 'Name, birth date, MRN or phone' };
const NO_FACTS = ['no running course', '–', ''];

/** What stands in the cells beside the patient. */
const cellsOf = (name: RegExp) => () =>
  page
    .getByRole('row', { name })
    .getByRole('cell')
    .elements()
    .map((cell) => cell.textContent.trim());

describe('records that are not as one expects', () => {
  test('one that cannot be read is one row with its id and the reason', async () => {
    const clinic = testClinic();
    await clinic.create(patientRecord('Abara'));
    const broken = await clinic.create(patientRecord('Brandt'));
    await clinic.create(patientRecord('Costa'));
    clinic.spoil(`Patient/${broken}`, { birthDate: 1950, name: [{ family: ['Brandt'] }] });
    const screen = await renderScreen({ clinic });
    const row = screen.getByRole('row', { name: new RegExp(`^Patient/${broken} cannot be read:.*name`) });
    await expect.element(row).toBeVisible();
    await expect.element(row.getByRole('link')).not.toBeInTheDocument();
    await expect.element(screen.getByText('Rows 1–3 of 3')).toBeVisible();
    await expect.poll(cellsOf(/^ABARA/)).toEqual(['4 Mar 1979', '–', '(555) 010-0001', ...NO_FACTS]);
    await expect.poll(cellsOf(/^COSTA/)).toEqual(['4 Mar 1979', '–', '(555) 010-0001', ...NO_FACTS]);
    await expect.element(screen.getByText('Some columns are incomplete.')).not.toBeInTheDocument();
  });

  test('a page of them alone is as many rows', async () => {
    const clinic = testClinic();
    for (const family of ['Abara', 'Brandt']) {
      clinic.spoil(`Patient/${await clinic.create(patientRecord(family))}`, { active: 'yes' });
    }
    const screen = await renderScreen({ clinic });
    await expect.element(screen.getByText('Rows 1–2 of 2')).toBeVisible();
    expect(screen.getByRole('row', { name: /cannot be read: the field active/ }).elements()).toHaveLength(2);
  });

  test.each<[string, Patient, RegExp, string[]]>([
    [
      'no name',
      { resourceType: 'Patient', birthDate: '1979-03-04' },
      /^Name missing/,
      ['4 Mar 1979', '–', '–'],
    ],
    [
      'a year of birth',
      patientRecord('Okafor', { birthDate: '1950' }),
      /^OKAFOR Ada/,
      ['1950', '–', '(555) 010-0001'],
    ],
    [
      'a month of birth',
      patientRecord('Okafor', { birthDate: '1950-06' }),
      /^OKAFOR Ada/,
      ['Jun 1950', '–', '(555) 010-0001'],
    ],
    ['a name alone', { resourceType: 'Patient', name: [{ family: 'Okafor' }] }, /^OKAFOR/, ['–', '–', '–']],
  ])('one with %s is shown, and can be opened', async (_, record, name, cells) => {
    const clinic = testClinic();
    await clinic.create(record);
    const screen = await renderScreen({ clinic });
    await expect.poll(cellsOf(name)).toEqual([...cells, ...NO_FACTS]);
    await screen.getByRole('row', { name }).getByRole('link').click();
    await expect.element(screen.getByRole('heading', { level: 1, name })).toHaveFocus();
  });

  test('a code for the sex that FHIR does not know costs no row', async () => {
    const clinic = testClinic();
    const id = await clinic.create(patientRecord('Okafor'));
    clinic.spoil(`Patient/${id}`, { gender: 'intersex' });
    const screen = await renderScreen({ clinic });
    await screen.getByRole('link', { name: 'OKAFOR Ada' }).click();
    await expect.element(screen.getByText('intersex')).toBeVisible();
  });
});

test('the dead and the inactive are marked beside their name', async () => {
  const clinic = testClinic();
  await clinic.create(patientRecord('Abara', { deceasedBoolean: true }));
  await clinic.create(patientRecord('Brandt', { deceasedDateTime: '2025', active: false }));
  await clinic.create(patientRecord('Costa', { deceasedBoolean: false, active: false }));
  await clinic.create(patientRecord('Diaz', { deceasedBoolean: false }));
  const screen = await renderScreen({ clinic });
  await expect.element(screen.getByText('Rows 1–4 of 4')).toBeVisible();
  expect(
    screen
      .getByRole('rowheader')
      .elements()
      .map((cell) => cell.textContent),
  ).toEqual(['ABARA Adadeceased', 'BRANDT Adadeceasedinactive', 'COSTA Adainactive', 'DIAZ Ada']);
});

test('no question is asked twice, though every effect runs twice', async () => {
  const clinic = testClinic({ patients: 6 });
  const screen = await renderScreen({ clinic });
  await expect.element(screen.getByText('Rows 1–6 of 6')).toBeVisible();
  await expect.poll(() => clinic.asked.length).toBe(3);
  await screen.getByRole('link', { name: /^In induction/ }).click();
  await expect.element(screen.getByRole('table', { name: 'Patients, In induction' })).toBeVisible();
  await screen.getByRole('link', { name: 'All' }).click();
  await expect.element(screen.getByText('Rows 1–6 of 6')).toBeVisible();
  expect(new Set(clinic.asked).size).toBe(clinic.asked.length);
});

describe('when another person signs in', () => {
  async function firstPerson() {
    const clinic = testClinic();
    for (const family of ['Abara', 'Brandt']) await clinic.create(patientRecord(family));
    const screen = await renderScreen({ clinic });
    await screen.getByRole('link', { name: 'ABARA Ada' }).click();
    await expect.element(screen.getByRole('heading', { name: 'Contact' })).toBeVisible();
    await screen.getByRole('link', { name: 'Patients' }).click();
    await screen.getByRole('searchbox', SEARCH).fill('abara');
    await expect.element(screen.getByText('Rows 1–1 of 1')).toBeVisible();
    return { screen, clinic };
  }

  /** As the real identity does where the sign-in names the role: both in one turn, so that nothing goes in between. */
  function signInAsSecond({ identity }: RenderedScreen) {
    identity.become({ kind: 'starting' });
    identity.become({ kind: 'signed-in', person: PEOPLE.secondNurse });
  }

  test('what the first one typed and opened is forgotten', async () => {
    const { screen } = await firstPerson();
    signInAsSecond(screen);
    await expect.element(screen.getByRole('button', { name: /Tobi Abara RN/ })).toBeVisible();
    await expect.element(screen.getByRole('searchbox', SEARCH)).toHaveValue('');
    await expect.element(screen.getByText('Rows 1–2 of 2')).toBeVisible();
    await screen.getByRole('link', { name: 'Recent' }).click();
    await expect.element(screen.getByText('Nobody opened yet.')).toBeVisible();
  });

  test('what the first one was still typing does not come back', async () => {
    const { screen, clinic } = await firstPerson();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await screen.getByRole('searchbox', SEARCH).fill('brandt');
    signInAsSecond(screen);
    await expect.element(screen.getByRole('searchbox', SEARCH)).toHaveValue('');
    await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();
    await expect.element(screen.getByText('Rows 1–2 of 2')).toBeVisible();
    await expect.element(screen.getByRole('searchbox', SEARCH)).toHaveValue('');
    expect(clinic.asked.join()).not.toContain('brandt');
  });

  test.each<[string, (id: string) => string]>([
    ['a list', () => '/patients'],
    ['a record', (id) => `/patients/${id}`],
  ])('nothing that the first one was sent stays on screen: %s', async (_, path) => {
    const clinic = testClinic();
    const id = await clinic.create(patientRecord('Abara'));
    const screen = await renderScreen({ clinic, path: path(id) });
    await expect.element(screen.getByText('ABARA Ada')).toBeVisible();
    clinic.faults.scenario = 'forbidden';
    signInAsSecond(screen);
    await expect.element(screen.getByRole('alert')).toMatchTextContent('does not let you read this');
    await expect.element(screen.getByText('ABARA Ada')).not.toBeInTheDocument();
  });

  test('the same one, after an expired sign-in, goes on where it was', async () => {
    const { screen } = await firstPerson();
    screen.identity.become({ kind: 'expired', person: PEOPLE.nurse });
    await expect.element(screen.getByRole('dialog', { name: 'Your sign-in has expired' })).toBeVisible();
    screen.identity.become({ kind: 'signed-in', person: PEOPLE.nurse });
    await expect.element(screen.getByRole('searchbox', SEARCH)).toHaveValue('abara');
    await expect.element(screen.getByText('Rows 1–1 of 1')).toBeVisible();
  });
});
