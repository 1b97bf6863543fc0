import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { preview, type Preview } from '../../scripts/preview.ts';
import { expect, PEOPLE, test } from '../support/clinic-fixture.ts';

/** The demo in a folder of a host that knows nothing of it, under the same policy as the production build. */
async function demo(): Promise<Preview & { readonly address: string }> {
  const root = await mkdtemp(join(tmpdir(), 'chairside-'));
  await symlink(resolve('dist-standalone'), join(root, 'demo'));
  const site = await preview({ port: 0, dir: root });
  return { ...site, address: `${site.origin}/demo/` };
}

test('the demo signs in, lists, keeps its place over a reload, and says that it is made up', async ({
  page,
}) => {
  const site = await demo();
  await page.goto(site.address);
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

  await page.getByRole('button', { name: PEOPLE.nurse }).click();
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
