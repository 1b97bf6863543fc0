import { preview } from '../../scripts/preview.ts';
import { clinicOfTheDay, NOW } from '../support/clinic-day.ts';
import { expect, PEOPLE, test } from '../support/clinic-fixture.ts';

/** What a person sees when the server does something else than answer. */
const FAILURES: readonly (readonly [scenario: string, text: RegExp, retry: boolean])[] = [
  ['failing', /answered 50\d/, true],
  ['html', /was not a FHIR answer/, true],
  ['cut-off', /was not a FHIR answer/, true],
  ['empty', /was not a FHIR answer/, true],
  ['forbidden', /does not let you read this/, false],
  ['offline', /could not be reached/, true],
];

for (const [scenario, text, retry] of FAILURES) {
  test(`${scenario}: says what happened, and goes on when it is over`, async ({
    page,
    signIn,
    scenario: set,
    expectedNoise,
    expectAccessible,
  }) => {
    expectedNoise.push(/Failed to load resource/, /net::ERR/);
    await signIn('nurse', '/patients?view=recent');
    await set(scenario);
    await page.getByRole('link', { name: 'By diagnosis' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'The list could not be read.' });
    await expect(alert).toContainText(text, { timeout: 20_000 });
    await expect(page.locator('body')).not.toContainText(/ at \w+ \(|Error:|eyJ/);
    await expectAccessible();
    await set('normal');
    if (!retry) return expect(page.getByRole('button', { name: 'Try again' })).toBeHidden();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator('tbody th a').first()).toBeVisible();
  });
}

test('expired: a server that accepts no token leads to a new sign-in, not to a dead end', async ({
  page,
  signIn,
  scenario,
  expectedNoise,
}) => {
  expectedNoise.push(/401/);
  await signIn('nurse', '/patients?view=recent');
  await page.waitForLoadState('networkidle');
  await scenario('expired');
  await page.getByRole('link', { name: 'By diagnosis' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your sign-in has expired' });
  await expect(dialog).toBeVisible();
  await scenario('normal');
  await dialog.getByRole('button', { name: 'Sign in again' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('tbody th a').first()).toBeVisible();
});

test('throttled: is waited out without a word', async ({ page, signIn, scenario, expectedNoise }) => {
  expectedNoise.push(/429/);
  await signIn('nurse', '/patients?view=recent');
  await scenario('throttled');
  await page.getByRole('link', { name: 'By diagnosis' }).click();
  await expect(page.locator('tbody th a').first()).toBeVisible({ timeout: 15_000 });
});

test('no rows: says why and what comes next', async ({ page, signIn, expectAccessible }) => {
  await signIn('nurse', '/patients?view=induction&course=paused&protocol=nobody');
  await expect(page.getByText('Nothing passes these filters.')).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.locator('tbody th a')).toHaveCount(42);
  await page.getByRole('searchbox').fill('Nobody-of-this-name');
  await expect(page.getByText('No patient answers “Nobody-of-this-name”.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(page.locator('tbody th a')).toHaveCount(42);
});

test('a clinic without patients says so in each view', async ({ page, expectAccessible }) => {
  const clinic = await clinicOfTheDay(0);
  const site = await preview({ port: 0, dir: 'dist', config: `${clinic.origin}/config.json` });
  await page.goto(`${site.origin}/patients`);
  await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
  await page.getByRole('button', { name: PEOPLE.nurse }).click();
  const views = [
    ['All', 'No patients yet.'],
    ['In induction', 'Nobody is in induction.'],
    ['In maintenance', 'Nobody is in maintenance.'],
    ['Due', 'Nobody is due now.'],
    ['By diagnosis', 'No patient has one of these diagnoses.'],
    ['Recent', 'Nobody opened yet.'],
  ] as const;
  for (const [view, text] of views) {
    await page
      .getByRole('navigation', { name: 'Views of patients' })
      .getByRole('link', { name: view })
      .click();
    await expect(page.getByText(text)).toBeVisible();
  }
  await expectAccessible();
  await site.close();
  await clinic.close();
});

test('slow: rows are announced as on their way', async ({ page, signIn, scenario, expectAccessible }) => {
  await signIn('nurse', '/patients?view=recent');
  await scenario('slow');
  await page.getByRole('link', { name: 'By diagnosis' }).click();
  await expect(page.getByRole('table', { name: 'Patients, By diagnosis' })).toHaveAttribute(
    'aria-busy',
    'true',
  );
  await expectAccessible();
  await expect(page.locator('tbody th a').first()).toBeVisible({ timeout: 15_000 });
});

test('a list that can no longer be refreshed stays, and says since when', async ({
  page,
  signIn,
  scenario,
  expectedNoise,
  expectAccessible,
}) => {
  expectedNoise.push(/Failed to load resource/);
  await signIn('nurse', '/patients?view=induction');
  await expect(page.locator('tbody th a')).toHaveCount(42);
  await page.waitForLoadState('networkidle');
  await scenario('failing');
  await page.clock.setFixedTime(NOW.add({ minutes: 5 }).epochMilliseconds);
  // Coming back to the window asks again.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await expect(page.getByRole('status', { name: /^Not updated since 10:42/ })).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.locator('tbody th a')).toHaveCount(42);
  await expectAccessible();
  await scenario('normal');
  await page.getByRole('button', { name: 'Retry' }).first().click();
  await expect(page.getByText('Not updated since')).toHaveCount(0);
});

test('offline is said, and taken back', async ({ page, signIn, context }) => {
  await signIn('nurse');
  await expect(page.locator('tbody th a')).toHaveCount(50);
  await context.setOffline(true);
  await expect(page.getByText('Offline.')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('Offline.')).toBeHidden();
});

test('a search for a fault shows the fault in its place', async ({ page, signIn, expectedNoise }) => {
  expectedNoise.push(/Failed to load resource/);
  await signIn('nurse');
  await page.getByRole('searchbox').fill('Fault-503');
  await expect(page.getByText(/answered 503/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('searchbox').fill('');
  await expect(page.locator('tbody th a')).toHaveCount(50);
});

test('unknown patient and unknown page say so', async ({
  page,
  signIn,
  expectedNoise,
  site,
  expectAccessible,
}) => {
  expectedNoise.push(/404/);
  await signIn('nurse', '/patients/nobody');
  await expect(page.getByText('has no such record')).toBeVisible();
  await expectAccessible();
  await page.goto(`${site}/nowhere`);
  await expect(page.getByText('There is no page at this address.')).toBeVisible();
});

test('names that would break a page are only names', async ({ page, signIn }) => {
  await signIn('nurse');
  for (const typed of ['<img src=x onerror=alert(1)>', 'x'.repeat(200), '(((', '%', 'a,b|c$d\\']) {
    await page.getByRole('searchbox').fill(typed);
    await expect(page.getByText(`No patient answers “${typed.slice(0, 60)}”.`)).toBeVisible();
    await expect(page.locator('img')).toHaveCount(0);
  }
  await page.getByRole('searchbox').fill('محمد');
  await expect(page.locator('tbody th a')).toHaveCount(1);
  await expect(page.locator('tbody th a')).toContainText('محمد');
});
