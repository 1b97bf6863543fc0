import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { noteOpened } from '#src/features/patients/recent-patients.ts';
import { testClinic, type TestClinic } from '#tests/support/browser-clinic.ts';
import { PEOPLE, renderScreen } from '#tests/support/render-screen.tsx';

const patient = (family: string, given: string, birthDate: string, more: object = {}) => ({
  resourceType: 'Patient' as const,
  name: [{ family, given: [given] }],
  birthDate,
  ...more,
});

let clinic: TestClinic;
const ids: string[] = [];

beforeEach(async () => {
  clinic = testClinic();
  ids.length = 0;
  for (const one of [
    patient('Okafor', 'Chidi', '1979-03-04'),
    patient('Okonkwo', 'Adaeze', '1990-09-17', { active: false }),
    patient('Oka', 'Mari', '1962-01-30', { deceasedBoolean: true }),
  ]) {
    ids.push(await clinic.create(one));
  }
  clinic.asked.length = 0;
});

async function opened(typed = '') {
  const screen = await renderScreen({ clinic });
  await expect.element(screen.getByText(/^3 patients/)).toBeVisible();
  await clinic.settled();
  clinic.asked.length = 0;
  await userEvent.keyboard('{Control>}k{/Control}');
  const dialog = screen.getByRole('dialog', { name: 'Find' });
  const field = dialog.getByRole('combobox', { name: 'Patient, page or action' });
  await expect.element(field).toHaveFocus();
  if (typed !== '') await field.fill(typed);
  return { ...screen, dialog, field, options: dialog.getByRole('option') };
}

const active = (screen: Awaited<ReturnType<typeof opened>>) =>
  document.getElementById(screen.field.element().getAttribute('aria-activedescendant') ?? '?')?.textContent;

describe('patients', () => {
  test('come first, with birth date and what is to be known of the record', async () => {
    const screen = await opened('oka');
    await expect.element(screen.options.first()).toMatchTextContent(/^OKA Mari deceased 30 Jan 1962/);
    await expect.element(screen.options.nth(1)).toMatchTextContent(/^OKAFOR Chidi 4 Mar 1979/);
    await expect.element(screen.options.nth(2)).toHaveTextContent('All 2 results in Patients');
    await expect.element(screen.dialog.getByRole('status')).toHaveTextContent('2 patients answer.');
  });

  test('one who is not active is marked', async () => {
    const screen = await opened('okonkwo');
    await expect.element(screen.options.first()).toMatchTextContent(/^OKONKWO Adaeze inactive/);
  });

  test('are asked for once per text that stands, from two letters on', async () => {
    const screen = await opened('o');
    await expect.element(screen.dialog.getByText(/Two letters find patients/)).toBeVisible();
    await userEvent.type(screen.field, 'kaf');
    await expect.element(screen.options.first()).toMatchTextContent(/^OKAFOR/);
    await clinic.settled();
    expect(clinic.asked.filter((one) => one.includes('Patient'))).toHaveLength(1);
    expect(clinic.asked[0]).toMatch(/^POST Patient\/_search .*name=okaf/);
  });

  test('of an earlier text do not stand in for those of this one', async () => {
    const screen = await opened('oka');
    await expect.element(screen.options.first()).toMatchTextContent(/^OKA /);
    const release = clinic.hold();
    clinic.faults.scenario = 'slow';
    await screen.field.fill('okon');
    await expect.element(screen.dialog.getByRole('status')).toHaveTextContent('Searching patients…');
    await expect.element(screen.dialog.getByText('Chidi')).not.toBeInTheDocument();
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.dialog).toBeVisible();
    release();
    await expect.element(screen.options.first()).toMatchTextContent(/^OKONKWO/);
  });

  test('nobody: what was tried is said', async () => {
    const screen = await opened('zzz');
    await expect.element(screen.dialog.getByText(/No patient answers “zzz”.*names with words/)).toBeVisible();
    await screen.field.fill('4 Mar 1980');
    await expect.element(screen.dialog.getByText(/Looked for: birth date 4 Mar 1980/)).toBeVisible();
    await screen.field.fill('555 0199');
    await expect.element(screen.dialog.getByText(/an MRN and a phone number/)).toBeVisible();
  });

  test('a search that fails says why, and is tried again', async () => {
    const screen = await opened();
    clinic.faults.scenario = 'failing';
    await screen.field.fill('oka');
    const alert = screen.dialog.getByRole('alert');
    await expect.element(alert).toMatchTextContent(/could not be looked for.*503.*Pages and actions work/);
    clinic.faults.scenario = 'normal';
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect.element(screen.options.first()).toMatchTextContent(/^OKA /);
  });

  test('opened last stand there before anything is typed', async () => {
    const screen = await opened();
    await expect.element(screen.dialog.getByText('Opened last')).not.toBeInTheDocument();
    noteOpened(ids[0] ?? '');
    noteOpened(ids[1] ?? '');
    await expect.element(screen.options.first()).toMatchTextContent(/^OKONKWO/);
    await expect.element(screen.options.nth(1)).toMatchTextContent(/^OKAFOR/);
  });
});

describe('the keyboard', () => {
  test('goes round, to both ends, and opens', async () => {
    const screen = await opened('oka');
    await expect.element(screen.options.nth(1)).toBeVisible();
    await expect.poll(() => active(screen)).toMatch(/^OKA /);
    await userEvent.keyboard('{ArrowDown}');
    expect(active(screen)).toMatch(/^OKAFOR/);
    await userEvent.keyboard('{End}');
    expect(active(screen)).toMatch(/^All 2/);
    await userEvent.keyboard('{ArrowDown}');
    expect(active(screen)).toMatch(/^OKA /);
    await userEvent.keyboard('{ArrowUp}{Home}{ArrowDown}{Enter}');
    await expect.element(screen.getByRole('heading', { level: 1 })).toMatchTextContent(/OKAFOR/);
    await expect.element(screen.dialog).not.toBeInTheDocument();
    expect(screen.application.router.latestLocation.href).toBe(`/patients/${ids[0]}`);
  });

  test('closes, and the focus is where it was', async () => {
    const screen = await renderScreen({ clinic });
    const find = screen.getByRole('button', { name: 'Find' });
    await find.click();
    await expect.element(screen.getByRole('combobox', { name: 'Patient, page or action' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(find).toHaveFocus();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(screen.getByRole('dialog')).toBeVisible();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  });
});

test('all results are in the list, and the text is in no address', async () => {
  const screen = await opened('okaf');
  await screen.dialog.getByRole('option', { name: 'The one result in Patients' }).click();
  await expect.element(screen.getByRole('searchbox')).toHaveValue('okaf');
  await expect.element(screen.getByText(/^1 patient/)).toBeVisible();
  const { history } = screen.application.router;
  expect(JSON.stringify([history.location.href, history.location.state])).not.toContain('okaf');
  history.back();
  await expect.element(screen.getByRole('searchbox')).toHaveValue('');
});

describe('pages and actions', () => {
  test('are found by their words', async () => {
    const screen = await opened('maint');
    await expect.element(screen.options.first()).toHaveTextContent('Patients: In maintenance');
    await expect.element(screen.dialog.getByRole('status')).toMatchTextContent(/No patient/);
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('Nobody is in maintenance.')).toBeVisible();
  });

  test('lock, sign-out and shortcuts', async () => {
    const screen = await opened();
    await screen.dialog.getByRole('option', { name: 'Shortcuts' }).click();
    const shortcuts = screen.getByRole('dialog', { name: 'Shortcuts' });
    await expect.element(shortcuts).toBeVisible();
    await shortcuts.getByRole('button', { name: 'Close' }).click();
    for (const [name, done] of [
      ['Lock this screen', screen.identity.lock],
      ['Sign out', screen.identity.signOut],
    ] as const) {
      await userEvent.keyboard('{Control>}k{/Control}');
      await screen.getByRole('option', { name }).click();
      expect(done).toHaveBeenCalledTimes(1);
    }
  });
});

test('nothing of it stays above the screen that asks who is here, nor comes back after it', async () => {
  const screen = await opened('oka');
  await expect.element(screen.options.first()).toMatchTextContent(/^OKA /);
  screen.identity.become({ kind: 'expired', person: PEOPLE.nurse });
  await expect.element(screen.dialog).not.toBeInTheDocument();
  screen.identity.become({ kind: 'signed-in', person: PEOPLE.nurse });
  await expect.element(screen.getByRole('searchbox')).toBeVisible();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
});
