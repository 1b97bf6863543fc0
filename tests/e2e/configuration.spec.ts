import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview } from '../../scripts/preview.ts';
import { expect, test } from '../support/clinic-fixture.ts';

test('without a configuration the build says what is missing, and asks nobody', async ({
  page,
  expectedNoise,
  expectAccessible,
}) => {
  expectedNoise.push(/404/, /preloaded/);
  const bare = await preview({ port: 0, dir: 'dist' });
  await page.goto(bare.origin);
  await expect(page.getByRole('heading', { name: 'The configuration is missing' })).toBeVisible();
  await expect(page.getByText('config.example.json')).toBeVisible();
  await expectAccessible();
  await bare.close();
});

test('a wrong key is named with its value and what is allowed', async ({ page, clinic }) => {
  const answer = await fetch(`${clinic.origin}/config.json`);
  const text = (await answer.text()).replace('America/New_York', 'America/Newyork');
  const file = join(await mkdtemp(join(tmpdir(), 'chairside-')), 'config.json');
  await writeFile(file, text);
  const site = await preview({ port: 0, dir: 'dist', config: file });
  await page.goto(site.origin);
  await expect(page.getByRole('row', { name: /clinic\.timeZone/ })).toContainText('America/Newyork');
  await site.close();
});

test('the policy allows nothing inline and no other server', async ({ page, site, clinic }) => {
  const response = await page.goto(site);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).not.toMatch(/unsafe|\*|data:|blob:/);
  expect(policy).toContain(`connect-src 'self' ${clinic.origin};`);
});
