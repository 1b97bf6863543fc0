import { createServer } from 'vite';
import { expect, PEOPLE, test } from '../support/clinic-fixture.ts';

test('the development server shows the made-up clinic', async ({ page }) => {
  test.setTimeout(60_000);
  const server = await createServer({ logLevel: 'silent', server: { port: 0, host: '127.0.0.1' } });
  await server.listen();
  const [address = ''] = server.resolvedUrls?.local ?? [];
  await page.goto(address);
  await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click({ timeout: 30_000 });
  await page.getByRole('button', { name: PEOPLE.clinician }).click({ timeout: 30_000 });
  await expect(page.locator('tbody th a')).toHaveCount(50, { timeout: 30_000 });
  await expect(page.getByText('Made-up clinic', { exact: true })).toBeVisible();
  await server.close();
});
