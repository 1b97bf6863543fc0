import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { testClinic, type TestClinic } from '#tests/support/browser-clinic.ts';
import { patientRecord } from '#tests/support/browser-records.ts';
import { PEOPLE, renderScreen, type RenderedScreen } from '#tests/support/render-screen.tsx';

/** What was handed to the browser's downloads. */
const files: Blob[] = [];

beforeEach(() => {
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    if (file instanceof Blob) files.push(file);
    return '#file';
  });
});
afterEach(() => {
  files.length = 0;
});

/** The list of all patients, several pages of them. */
async function longList() {
  const clinic = testClinic({ patients: 120 });
  const screen = await renderScreen({ clinic });
  const button = screen.getByRole('button', { name: 'Export 120 rows' });
  await expect.element(button).not.toHaveAttribute('aria-disabled');
  await expect.poll(() => clinic.asked.length).toBe(3);
  return { clinic, screen, button };
}

/** An export whose first page is on its way, and what lets it come. */
async function underWay(clinic: TestClinic, screen: RenderedScreen) {
  const release = clinic.hold();
  clinic.faults.scenario = 'slow';
  await screen.getByRole('button', { name: 'Export 120 rows' }).click();
  await expect.element(screen.getByRole('button', { name: 'Stop the export' })).toBeVisible();
  await expect.poll(() => clinic.asked.length).toBe(4);
  return release;
}

describe('an export', () => {
  test('of several pages holds all of them', async () => {
    const { screen, button } = await longList();
    await button.click();
    await expect.element(screen.getByText('120 rows exported')).toBeVisible();
    const [file] = files;
    const lines = (await file?.text())?.trimEnd().split('\r\n');
    expect(lines).toHaveLength(121);
    expect(new Set(lines).size).toBe(121);
  });

  test('that is asked for twice at once is made once', async () => {
    const { clinic, screen, button } = await longList();
    const release = clinic.hold();
    clinic.faults.scenario = 'slow';
    await button.dblClick();
    await expect.element(button).toHaveAccessibleDescription('The export is running');
    clinic.faults.scenario = 'normal';
    release();
    await expect.element(screen.getByText('120 rows exported')).toBeVisible();
    expect(files).toHaveLength(1);
    await expect.element(button).toHaveFocus();
  });

  test('of which a page fails writes no file and says so', async () => {
    const { clinic, screen, button } = await longList();
    const release = await underWay(clinic, screen);
    clinic.faults.scenario = 'failing';
    release();
    await expect
      .element(screen.getByRole('alert'))
      .toMatchTextContent(/No file was written\. .*answered 503/);
    expect(files).toEqual([]);
    expect(clinic.asked.length).toBeGreaterThan(4);
    clinic.faults.scenario = 'normal';
    await button.click();
    await expect.element(screen.getByText('120 rows exported')).toBeVisible();
    await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  });

  test('that is stopped writes no file and asks for no further page', async () => {
    const { clinic, screen, button } = await longList();
    const release = await underWay(clinic, screen);
    await expect.element(button).toHaveAccessibleDescription('The export is running');
    await screen.getByRole('button', { name: 'Stop the export' }).click();
    clinic.faults.scenario = 'normal';
    release();
    await expect.element(button).not.toHaveAttribute('aria-disabled');
    await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
    expect(files).toEqual([]);
    expect(clinic.asked).toHaveLength(4);
  });

  test.each<[string, (screen: RenderedScreen) => Promise<void>]>([
    [
      'the page',
      (screen) =>
        screen.application.router.navigate({ to: '/patients/$patientId', params: { patientId: 'p-0001' } }),
    ],
    ['the application', async (screen) => screen.identity.become({ kind: 'signed-out', reason: undefined })],
    [
      'it to the next person',
      async (screen) => {
        screen.identity.become({ kind: 'starting' });
        screen.identity.become({ kind: 'signed-in', person: PEOPLE.secondNurse });
      },
    ],
  ])('ends when one leaves %s', async (_, leave) => {
    const { clinic, screen } = await longList();
    const release = await underWay(clinic, screen);
    await leave(screen);
    await expect.element(screen.getByRole('button', { name: 'Stop the export' })).not.toBeInTheDocument();
    clinic.faults.scenario = 'normal';
    release();
    await clinic.settled();
    expect(files).toEqual([]);
  });
});

test('nothing can be exported before there are rows', async () => {
  const clinic = testClinic();
  const release = clinic.hold();
  clinic.faults.scenario = 'slow';
  const screen = await renderScreen({ clinic });
  const button = screen.getByRole('button', { name: /^Export/ });
  await expect.element(button).toHaveAccessibleDescription('The list is not here yet');
  release();
  await expect.element(button).toHaveAccessibleDescription('There are no rows');
});

test('a list of one row is one row', async () => {
  const clinic = testClinic();
  await clinic.create(patientRecord('Okafor'));
  const screen = await renderScreen({ clinic });
  await screen.getByRole('button', { name: 'Export 1 row' }).click();
  await expect.element(screen.getByText('1 row exported')).toBeVisible();
});
