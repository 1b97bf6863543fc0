import { readFile } from 'node:fs/promises';
import 'temporal-polyfill/global';
import type { Locator, Page } from '@playwright/test';
import * as z from 'zod/mini';
import { buildClinic } from '../../mocks/clinic/clinic.ts';
import { preview } from '../../scripts/preview.ts';
import { clinicOfTheDay } from '../support/clinic-day.ts';
import { expect, PEOPLE, test } from '../support/clinic-fixture.ts';

test('by keyboard alone: sign in, search, open, come back to the same place', async ({ page, site }) => {
  await page.goto(site);
  await expect(page.getByText('just now')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Continue to Harbor Row sign-in' })).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Maribel Ruiz RN' }));
  await page.keyboard.press('Enter');
  await expect(page.locator('tbody th a')).toHaveCount(50);

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('nguyen');
  await expect(page.locator('tbody tr').first()).toContainText('NGUYEN');
  await expect(page.locator('tbody tr')).not.toHaveCount(50);
  const rows = await page.locator('tbody th a').allTextContents();
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.every((name) => name.startsWith('NGUYEN'))).toBe(true);

  await tabTo(page, page.locator('tbody th a').first());
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('tbody th a').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(rows[1] ?? '');
  expect(page.url()).not.toMatch(/nguyen/i);
  await expect(page).toHaveTitle('Patient · Chairside');

  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('nguyen');
  await expect(page.locator('tbody th a').nth(1)).toBeFocused();
  expect(await page.locator('tbody th a').allTextContents()).toEqual(rows);
});

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}

test('filters, order and page survive opening a row and coming back', async ({ page, signIn, site }) => {
  await signIn('nurse', '/patients?view=maintenance');
  await page.getByRole('button', { name: 'Born' }).click();
  await page.getByLabel('Course:').selectOption('active');
  await expect(page).toHaveURL(`${site}/patients?view=maintenance&sort=born&course=active`);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Rows 51–100 of 147')).toBeVisible();
  const rows = await page.locator('tbody th a').allTextContents();
  await page.locator('tbody th a').nth(30).click();
  await expect(page.getByRole('heading', { name: 'Contact' })).toBeVisible();
  await page.goBack();
  await expect(page.getByText('Rows 51–100 of 147')).toBeVisible();
  expect(await page.locator('tbody th a').allTextContents()).toEqual(rows);
  await expect(page.locator('tbody th a').nth(30)).toBeFocused();
  await expect(page.locator('tbody th a').nth(30)).toBeInViewport();
});

test('the server pages through every patient, and back', async ({ page, signIn }) => {
  await signIn('administrator');
  const seen = new Set<string>();
  for (let first = 1; first < 240; first += 50) {
    await expect(page.getByText(`Rows ${first}–${Math.min(first + 49, 240)} of 240`)).toBeVisible();
    for (const link of await page.locator('tbody th a').all())
      seen.add((await link.getAttribute('href')) ?? '');
    if (first + 50 <= 240) await page.getByRole('button', { name: 'Next' }).click();
  }
  expect(seen.size).toBe(240);
  await expect(page.getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Previous' }).click();
  await expect(page.getByText('Rows 151–200 of 240')).toBeVisible();
});

test('a patient is found by birth date, by MRN and by a phone number in another spelling', async ({
  page,
  signIn,
}) => {
  await signIn('administrator');
  const row = page
    .locator('tbody tr')
    .filter({ hasText: /\(555\) 01\d-\d{4}/ })
    .first();
  await expect(row).toBeVisible();
  const [name, , mrn, phone] = [
    await row.locator('th').innerText(),
    '',
    await row.locator('td').nth(1).innerText(),
    await row.locator('td').nth(2).innerText(),
  ];
  const born = await row.locator('td').nth(0).innerText();
  for (const typed of [mrn, phone.replaceAll(/\D/g, ''), born]) {
    await page.getByRole('searchbox').fill(typed);
    await expect(page.locator('tbody tr').filter({ hasText: name.trim() }).first()).toBeVisible();
    await expect(page.locator('tbody tr')).not.toHaveCount(50);
  }
});

test('what is typed stays out of the address, the storage and the title', async ({ page, signIn }) => {
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  await signIn('nurse');
  await expect(page.locator('tbody th a')).toHaveCount(50);
  const asked = page.waitForResponse((response) => response.url().endsWith('/Patient/_search'));
  await page.getByRole('searchbox').fill('Okonkwo');
  await asked;
  await expect(page.locator('tbody tr')).not.toHaveCount(50);
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
  );
  for (const place of [...urls, page.url(), await page.title(), stored])
    expect(place).not.toMatch(/okonkwo/i);
});

test('the focus stays on the way from page to page', async ({ page, signIn }) => {
  await signIn('nurse');
  await expect(page.getByText('Rows 1–50 of 240')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Rows 51–100 of 240')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Next' })).toBeFocused();
});

test('going over the rows opens nobody’s record', async ({ page, signIn }) => {
  await signIn('nurse');
  await expect(page.locator('tbody th a')).toHaveCount(50);
  await page.waitForLoadState('networkidle');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.locator('tbody th a').first().focus();
  for (let row = 0; row < 10; row += 1) await page.keyboard.press('ArrowDown');
  await page.locator('tbody th a').nth(12).hover();
  await expect(page.locator('tbody th a').nth(10)).toBeFocused();
  expect(asked).toEqual([]);
});

test('where the columns do not fit, rows are ordered by a menu', async ({ page, signIn, site }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await signIn('nurse', '/patients?view=induction');
  await page.getByLabel('Sort:').selectOption({ label: 'birth date' });
  await expect(page).toHaveURL(`${site}/patients?view=induction&sort=born`);
  await expect(page.getByRole('columnheader')).toHaveCount(0);
});

test('a list that is filtered here begins at its first page with every text', async ({ page, signIn }) => {
  await signIn('nurse', '/patients?view=maintenance');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Rows 101–150 of 150')).toBeVisible();
  await page.getByRole('searchbox').pressSequentially('an');
  await expect(page.getByText(/^Rows 1–/)).toBeVisible();
  await expect(page.getByText('No patient answers')).toBeHidden();
});

test('a file holds exactly the rows and columns on screen', async ({ page, signIn }) => {
  await signIn('manager', '/patients?view=induction&course=active');
  await expect(page.locator('tbody th a')).toHaveCount(40);
  await page.waitForLoadState('networkidle');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export 40 rows' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^patients-induction-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), 'utf8')).replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(lines[0]).toBe('Patient,Born,MRN,Phase and progress,Last session,"Next session, EST",Alerts');
  const names = await page.locator('tbody th a').allTextContents();
  expect(lines.slice(1).map((line) => line.replace(/^"?([^",]*).*$/, '$1'))).toEqual(
    names.map((name) => name.trim()),
  );
  await expect(page.getByText('40 rows exported')).toBeVisible();
});

test('a view of one’s own keeps filters and order', async ({ page, signIn }) => {
  await signIn('nurse', '/patients?view=induction');
  await page.getByLabel('Course:').selectOption('paused');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByLabel('Name of the view').fill('On hold');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('link', { name: 'All' }).click();
  await expect(page.getByText(/of 240/)).toBeVisible();
  await page.getByRole('link', { name: 'On hold' }).click();
  await expect(page.locator('tbody th a')).toHaveCount(2);
  await page.reload();
  await expect(page.getByRole('link', { name: 'On hold' })).toHaveAttribute('aria-current', 'page');
  await page.getByRole('button', { name: 'Remove the view On hold' }).click();
  await expect(page.getByRole('link', { name: 'On hold' })).toBeHidden();
});

test('the patients opened last stand in Recent until the page is reloaded', async ({ page, signIn }) => {
  await signIn('clinician');
  const names: string[] = [];
  for (const index of [3, 7]) {
    const link = page.locator('tbody th a').nth(index);
    names.unshift(await link.innerText());
    await link.click();
    await expect(page.getByRole('heading', { name: 'Contact' })).toBeVisible();
    await page.goBack();
  }
  await page.getByRole('link', { name: 'Recent' }).click();
  await expect(page.locator('tbody th a')).toHaveText(names);
});

test('no number of another kind than the clinic’s own shows anywhere', async ({ page, signIn, site }) => {
  const hidden = patientsWithHiddenNumbers().slice(0, 6);
  expect(hidden.length).toBe(6);
  await signIn('administrator');
  await expect(page.locator('tbody th a')).toHaveCount(50);
  for (const { id, values } of hidden) {
    await page.goto(`${site}/patients/${id}`);
    await expect(page.getByRole('heading', { name: 'Contact' })).toBeVisible();
    const content = await page.content();
    for (const value of values) expect(content).not.toContain(value);
  }
});

const withIdentifiers = z.object({
  resourceType: z.literal('Patient'),
  id: z.string(),
  identifier: z.array(
    z.object({ type: z.object({ coding: z.array(z.object({ code: z.string() })) }), value: z.string() }),
  ),
});

/** Patients whose record holds a number that no screen may show, with those numbers. */
function patientsWithHiddenNumbers() {
  const today = Temporal.PlainDate.from('2026-11-23');
  return buildClinic({ today, timeZone: 'America/New_York', patients: 240 }).flatMap((resource) => {
    const patient = withIdentifiers.safeParse(resource);
    if (!patient.success) return [];
    const values = patient.data.identifier
      .filter(({ type }) => type.coding[0]?.code !== 'MR')
      .map(({ value }) => value);
    return values.length === 0 ? [] : [{ id: patient.data.id, values }];
  });
}

for (const patients of [240, 2000]) {
  test(`after the sign-in the list needs two round trips with ${patients} patients`, async ({ page }) => {
    const clinic = await clinicOfTheDay(patients);
    const site = await preview({ port: 0, dir: 'dist', config: `${clinic.origin}/config.json` });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/fhir/R4') && !request.url().includes('/metadata')) {
        asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
      }
    });
    await page.goto(site.origin);
    await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
    await page.getByRole('button', { name: PEOPLE.administrator }).click();
    await expect(page.locator('tbody th a')).toHaveCount(50);
    await page.waitForLoadState('networkidle');
    // Counts and rows beside each other, then what is known of the patients on screen.
    expect(asked).toEqual(['POST /fhir/R4', 'GET /fhir/R4/Patient', 'POST /fhir/R4']);
    await site.close();
    await clinic.close();
  });
}

for (const view of ['all', 'induction', 'maintenance', 'due', 'diagnosis', 'recent']) {
  test(`the view ${view} is accessible in both themes, wide and as a phone`, async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn('nurse', `/patients?view=${view}`);
    await page.waitForLoadState('networkidle');
    await expectAccessible();
    await page.setViewportSize({ width: 390, height: 844 });
    // The colours are those of the wide page, which both themes have passed.
    await expectAccessible(['light']);
    for (const width of [390, 720, 1024, 1220, 1280, 1366, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const cut = await page.evaluate(() => {
        const frame = document.querySelector('table')?.parentElement;
        const table = (frame?.scrollWidth ?? 0) - (frame?.clientWidth ?? 0);
        return {
          width: window.innerWidth,
          page: document.documentElement.scrollWidth - window.innerWidth,
          table,
        };
      });
      expect(cut).toEqual({ width, page: 0, table: 0 });
    }
  });
}

test('the record of a patient is accessible', async ({ page, signIn, expectAccessible }) => {
  await signIn('nurse', '/patients/p-0001');
  await expect(page.getByRole('heading', { name: 'Contact' })).toBeVisible();
  await expectAccessible();
});
