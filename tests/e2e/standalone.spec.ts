import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { preview, type Preview } from '../../scripts/preview.ts';
import { expect, PEOPLE, test } from '../support/clinic-fixture.ts';

/** The demo in a folder of a host that knows nothing of it, under the same policy as the production build. */
async function demo(): Promise<Preview & { readonly address: string }> {
  const root = await mkdtemp(join(tmpdir(), 'chairside-'));
  await symlink(resolve('dist-standalone'), join(root, 'demo'));
  const site = await preview({ port: 0, dir: root });
  return { ...site, address: `${site.origin}/demo/` };
}

async function enter(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
  await page.getByRole('button', { name: PEOPLE.nurse }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('the demo signs in, lists, keeps its place over a reload, and says that it is made up', async ({
  page,
}) => {
  const site = await demo();
  // Whatever the hour at which the test runs.
  await page.goto(`${site.address}?clock=2026-11-23T10:42`);
  await expect(page.getByText('This is a made-up clinic')).toBeVisible();
  await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
  await page.getByRole('button', { name: PEOPLE.nurse }).click();
  await expect(page.locator('tbody th a')).toHaveCount(50);
  await expect(page.getByText('Made-up clinic', { exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'In induction' }).click();
  await expect(page.getByText(/42 courses/)).toBeVisible();
  const name = await page.locator('tbody th a').first().innerText();
  await page.locator('tbody th a').first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  await expect(page.getByText('Clock set to Mon 23 Nov 10:42')).toBeVisible();
  await page.getByRole('button', { name: 'Made-up clinic' }).click();
  const reset = page.waitForResponse((response) => response.url().endsWith('/mock/reset'));
  await page.getByRole('button', { name: 'Reset the made-up clinic' }).click();
  expect((await reset).ok()).toBe(true);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  await page.getByRole('button', { name: PEOPLE.nurse }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await site.close();
});

test('a scenario in the address decides how well the demo’s server answers', async ({
  page,
  expectedNoise,
}) => {
  expectedNoise.push(/Failed to load resource/);
  const site = await demo();
  await page.goto(`${site.address}?scenario=forbidden`);
  await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
  await page.getByRole('button', { name: PEOPLE.administrator }).click();
  await expect(page.getByText('does not let you read this')).toBeVisible();
  await site.close();
});

test('what the address asks for in vain is said', async ({ page }) => {
  const site = await demo();
  await enter(page, `${site.address}?scenario=sunny&clock=noon`);
  await expect(page.getByRole('alert')).toContainText('There is no scenario “sunny”. “noon” is no time');
  await site.close();
});

test('the switches: a clock for all tabs, a kind of day, a server that fails, and back', async ({
  page,
  context,
  expectedNoise,
  expectAccessible,
}) => {
  // Two tabs, and a clinic that is laid anew with every change.
  test.setTimeout(120_000);
  expectedNoise.push(/Failed to load resource/);
  const site = await demo();
  await enter(page, site.address);
  await expect(page.locator('tbody th a')).toHaveCount(50);
  // The sign-in of one tab is that of the other.
  const other = await context.newPage();
  await enter(other, site.address);
  await expect(other.locator('tbody th a')).toHaveCount(50);

  const dialog = page.getByRole('dialog', { name: 'Made-up clinic' });
  const open = async () => {
    await page.getByRole('button', { name: 'Made-up clinic' }).click();
    await expect(dialog.getByLabel('Usual day')).toBeVisible();
  };
  await open();
  await expectAccessible();
  await dialog.getByLabel('The clock').fill('2027-02-03T09:15');
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(page.getByText('Clock set to Wed 3 Feb 09:15')).toBeVisible();
  await expect(other.getByText('Clock set to Wed 3 Feb 09:15')).toBeVisible();
  expect(await other.evaluate(() => new Date(Date.now()).toISOString())).toMatch(/^2027-02-03T14:1/);
  await page.reload();
  await expect(page.getByText('Clock set to Wed 3 Feb 09:15')).toBeVisible();

  await open();
  await dialog.getByLabel('Busy Monday').click();
  await expect(page.getByText('Clock set to Mon 8 Feb 10:42')).toBeVisible();
  await open();
  await dialog.getByLabel('Failing (503)').click();
  await expect(page.getByText('The list could not be read.')).toBeVisible();
  await open();
  await dialog.getByLabel('Answers well').click();
  await expect(page.locator('tbody th a')).toHaveCount(50);
  await open();
  await dialog.getByRole('button', { name: 'Back to the real time' }).click();
  await expect(page.getByText(/Clock set/)).toBeHidden();
  await expect(page.locator('tbody th a')).toHaveCount(50);
  await site.close();
});

test('a server that was told to take no sign-in can be told otherwise from where it stops everything', async ({
  page,
  expectedNoise,
}) => {
  expectedNoise.push(/Failed to load resource/);
  const site = await demo();
  await page.goto(`${site.address}?scenario=expired`);
  await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
  await page.getByRole('button', { name: PEOPLE.nurse }).click();
  await expect(page.getByRole('heading', { name: 'Your sign-in has expired' })).toBeVisible();
  await page.getByRole('button', { name: 'Let the made-up server take sign-ins' }).click();
  await expect(page.locator('tbody th a')).toHaveCount(50);
  await site.close();
});
