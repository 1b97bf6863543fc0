import { expect, test } from '../support/foreign-clinic.ts';
import { FOREIGN_PATIENTS, SECRETS } from '../support/foreign-records.ts';

test('records of another system are listed, and every part of their charts can be read', async ({
  page,
  signIn,
}) => {
  await signIn('clinician', '/patients');
  const shown = async () =>
    page.evaluate(() => {
      const typed = [...document.querySelectorAll('input')].map(({ value }) => value);
      return `${document.documentElement.outerHTML} ${typed.join(' ')} ${document.title} ${location.href}`;
    });
  const seen = [];
  await expect(page.getByText('Rows 1–2 of 2')).toBeVisible();
  seen.push(await shown());
  await expect(page.getByRole('row', { name: FOREIGN_PATIENTS.dead })).toContainText('deceased');

  for (const name of Object.values(FOREIGN_PATIENTS)) {
    await page.getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    const tabs = page.getByRole('navigation', { name: 'Sections of the chart' }).getByRole('link');
    await expect(tabs).not.toHaveCount(0);
    for (const tab of await tabs.all()) {
      await tab.click();
      await expect(page.getByText('Loading…')).toHaveCount(0);
      await expect(page.getByText(/cannot be read|could not be read|could not be loaded/)).toHaveCount(0);
      seen.push(await shown());
    }
    await page.getByRole('link', { name: 'Patients', exact: true }).click();
    await expect(page.getByText('Rows 1–2 of 2')).toBeVisible();
  }
  expect(seen.length).toBeGreaterThan(8);
  for (const secret of SECRETS) expect(seen.filter((text) => text.includes(secret))).toEqual([]);
});
