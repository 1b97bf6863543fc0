import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { testClinic } from '#tests/support/browser-clinic.ts';
import { inductionRecord, patientRecord } from '#tests/support/browser-records.ts';
import { PEOPLE, renderScreen, type RenderedScreen } from '#tests/support/render-screen.tsx';

const PAUSED = '/patients?view=induction&course=paused';

beforeEach(() => {
  localStorage.clear();
});

async function save(screen: RenderedScreen, name: string) {
  await screen.getByRole('button', { name: 'Save view' }).click();
  await screen.getByRole('textbox', { name: 'Name of the view' }).fill(name);
  await screen.getByRole('button', { name: 'Save' }).click();
}

describe('a view of one’s own', () => {
  test('is saved by keyboard alone, under a name without blanks around it', async () => {
    const screen = await renderScreen({ path: PAUSED });
    screen.getByRole('button', { name: 'Save view' }).element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('textbox', { name: 'Name of the view' })).toHaveFocus();
    await userEvent.keyboard('  On hold {Enter}');
    await expect
      .element(screen.getByRole('link', { name: 'On hold' }))
      .toHaveAttribute('aria-current', 'page');
    await expect.element(screen.getByRole('button', { name: 'Save view' })).toHaveFocus();
  });

  test('needs a name', async () => {
    const screen = await renderScreen({ path: PAUSED });
    await screen.getByRole('button', { name: 'Save view' }).click();
    const button = screen.getByRole('button', { name: 'Save' });
    await expect.element(button).toHaveAccessibleDescription('A name is missing');
    await userEvent.keyboard('  {Enter}');
    await expect.element(screen.getByRole('dialog', { name: 'Save this view' })).toBeVisible();
    expect(localStorage.length).toBe(0);
  });

  test('replaces the one of the same name, and says so before', async () => {
    const screen = await renderScreen({ path: PAUSED });
    await save(screen, 'Mine');
    await screen.getByRole('link', { name: /^In maintenance/ }).click();
    await screen.getByRole('button', { name: 'Save view' }).click();
    await screen.getByRole('textbox', { name: 'Name of the view' }).fill('Mine');
    await expect
      .element(screen.getByRole('textbox', { name: 'Name of the view' }))
      .toHaveAccessibleDescription('Replaces your view of this name.');
    await screen.getByRole('button', { name: 'Save' }).click();
    await expect.element(screen.getByRole('link', { name: 'Mine' })).toHaveAttribute('aria-current', 'page');
    expect(screen.getByRole('link', { name: 'Mine' }).elements()).toHaveLength(1);
  });

  test('holds nothing that was typed', async () => {
    const clinic = testClinic();
    await clinic.create(inductionRecord(await clinic.create(patientRecord('Okafor'))));
    const screen = await renderScreen({ clinic, path: '/patients?view=induction' });
    await screen.getByRole('searchbox').fill('okafor');
    await expect.element(screen.getByRole('link', { name: 'OKAFOR Ada' })).toBeVisible();
    await save(screen, 'Mine');
    await expect.element(screen.getByRole('link', { name: 'Mine' })).toBeVisible();
    expect(JSON.stringify({ ...localStorage })).not.toMatch(/okafor/i);
  });

  test('is one’s own: the next person neither sees nor loses it', async () => {
    const screen = await renderScreen({ path: PAUSED });
    await save(screen, 'Mine');
    await expect.element(screen.getByRole('link', { name: 'Mine' })).toBeVisible();
    screen.identity.become({ kind: 'starting' });
    screen.identity.become({ kind: 'signed-in', person: PEOPLE.secondNurse });
    await expect.element(screen.getByRole('button', { name: /Tobi Abara/ })).toBeVisible();
    await expect.element(screen.getByRole('link', { name: 'Mine' })).not.toBeInTheDocument();
    await save(screen, 'Theirs');
    await expect.element(screen.getByRole('link', { name: 'Theirs' })).toBeVisible();
    screen.identity.become({ kind: 'starting' });
    screen.identity.become({ kind: 'signed-in', person: PEOPLE.nurse });
    await expect.element(screen.getByRole('link', { name: 'Mine' })).toBeVisible();
    await expect.element(screen.getByRole('link', { name: 'Theirs' })).not.toBeInTheDocument();
  });

  test('that another program damaged costs no other', async () => {
    const views = [{ name: 'Mine', search: { view: 'due' } }, { name: 7 }, 'nonsense'];
    localStorage.setItem('chairside.patients.views.ruiz', JSON.stringify(views));
    const screen = await renderScreen();
    await screen.getByRole('link', { name: 'Mine' }).click();
    await expect.element(screen.getByRole('table', { name: 'Patients, Due' })).toBeVisible();
  });
});

test('a number stands beside a view only where the server counted', async () => {
  const clinic = testClinic();
  await clinic.create(inductionRecord(await clinic.create(patientRecord('Okafor'))));
  const screen = await renderScreen({ clinic });
  await expect.element(screen.getByRole('link', { name: 'In induction 1' })).toBeVisible();
  clinic.faults.scenario = 'forbidden';
  const refused = await renderScreen({ clinic });
  await expect.element(refused.getByRole('alert')).toBeVisible();
  await expect.element(refused.getByRole('link', { name: 'In induction' })).toBeVisible();
});
