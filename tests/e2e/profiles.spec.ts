import { expect, PEOPLE, test } from '../support/clinic-fixture.ts';
import { PATIENTS, profileClinic } from '../support/profile-clinic.ts';

/** A server of the least abilities does not tell how many there are, and the screen does not make it up. */
const SERVERS = [
  ['medplum', ` of ${PATIENTS}`],
  ['hapi', ` of ${PATIENTS}`],
  ['google', ` of ${PATIENTS}`],
  ['azure', ` of ${PATIENTS}`],
  ['minimal', ''],
] as const;

for (const [profile, total] of SERVERS) {
  test(`a server like ${profile}: sign in, list, open a patient, back`, async ({ page }) => {
    const { site, close } = await profileClinic(profile);
    await page.goto(`${site}/patients?view=all`);
    await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
    await page.getByRole('button', { name: PEOPLE.clinician }).click();
    await expect(page.locator('tbody th a')).toHaveCount(50);
    await expect(page.getByText(`Rows 1–50${total}`, { exact: true })).toBeVisible();

    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText(`Rows 51–60${total}`, { exact: true })).toBeVisible();
    const second = await page.locator('tbody th a').allTextContents();
    await page.locator('tbody th a').nth(2).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(second[2] ?? '');
    await expect(page.getByRole('heading', { name: 'Contact' })).toBeVisible();
    await page.goBack();
    await expect(page.getByText(`Rows 51–60${total}`, { exact: true })).toBeVisible();
    expect(await page.locator('tbody th a').allTextContents()).toEqual(second);
    await close();
  });
}
