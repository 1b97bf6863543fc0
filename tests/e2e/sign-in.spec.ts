import { expect, PEOPLE, test, type Person } from '../support/clinic-fixture.ts';

const WITH_A_ROLE: readonly (readonly [Person, string])[] = [
  ['nurse', 'nurse'],
  ['nurseByRecord', 'nurse'],
  ['administrator', 'administrator'],
  ['manager', 'manager'],
  ['clinician', 'clinician'],
];

for (const [person, role] of WITH_A_ROLE) {
  test(`${person} lands on the patients and reads every view`, async ({ page, signIn }) => {
    await signIn(person);
    await expect(page.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible();
    await expect(page.getByRole('button', { name: PEOPLE[person] })).toContainText(role);
    const views = [
      ['All', 50],
      ['In induction', 42],
      ['In maintenance', 50],
      ['Due', 15],
      ['By diagnosis', 100],
    ] as const;
    for (const [view, rows] of views) {
      await page
        .getByRole('navigation', { name: 'Views of patients' })
        .getByRole('link', { name: view })
        .click();
      const table = page.getByRole('table', { name: `Patients, ${view}` });
      await expect(table.locator('tbody th a')).toHaveCount(rows);
      await expect(page.getByText('Some columns are incomplete')).toBeHidden();
    }
  });
}

test('somebody without a role reads nothing and is told whom to ask', async ({
  page,
  signIn,
  expectAccessible,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await signIn('nobody');
  await expect(page.getByRole('heading', { name: 'No role in this clinic' })).toBeVisible();
  await expect(page.getByText('Deniz Kaya at the front desk')).toBeVisible();
  expect(asked.filter((url) => /\/fhir\/R4\/(?!metadata|PractitionerRole)/.test(url))).toEqual([]);
  await expectAccessible();
});

test('the way back leads to the page that was asked for', async ({ page, signIn, site }) => {
  await signIn('nurse', '/patients?view=due&kind=maintenance');
  await expect(page.getByRole('table', { name: 'Patients, Due' })).toBeVisible();
  expect(page.url()).toBe(`${site}/patients?view=due&kind=maintenance`);
});

test('the code is exchanged once, and leaves no trace in the address or the storage', async ({
  page,
  signIn,
  site,
}) => {
  const exchanges: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/token')) exchanges.push(request.postData() ?? '');
  });
  await signIn('nurse');
  await expect(page.locator('tbody th a').first()).toBeVisible();
  expect(exchanges.filter((body) => body.includes('authorization_code'))).toHaveLength(1);
  expect(page.url()).toBe(`${site}/patients`);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(stored).not.toMatch(/access_token|refresh_token|id_token|eyJ/);
});

test('a reload signs in again without asking, and keeps the filters', async ({ page, signIn }) => {
  await signIn('nurse', '/patients?view=induction&course=paused');
  await expect(page.locator('tbody th a')).toHaveCount(2);
  await page.reload();
  await expect(page.locator('tbody th a')).toHaveCount(2);
  await expect(page.getByLabel('Course:')).toHaveValue('paused');
});

test('after signing out, going back shows nothing', async ({ page, signIn, site }) => {
  await signIn('administrator');
  await expect(page.locator('tbody th a').first()).toBeVisible();
  await page.getByRole('button', { name: PEOPLE.administrator }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goBack();
  await expect(page.locator('tbody')).toBeHidden();
  await page.goto(`${site}/patients`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.locator('tbody')).toBeHidden();
});

test('an expired sign-in hides the page, asks again, and goes on where it was', async ({
  page,
  signIn,
  clinic,
  expectedNoise,
}) => {
  expectedNoise.push(/401/, /400/);
  await signIn('nurse', '/patients?view=induction');
  await page.getByRole('searchbox').fill('a');
  await expect(page.locator('tbody th a').first()).toBeVisible();
  await fetch(`${clinic.origin}/mock/expire`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ what: 'sign-ins' }),
  });
  await page.getByRole('link', { name: 'By diagnosis' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your sign-in has expired' });
  await expect(dialog).toBeVisible();
  const popup = page.waitForEvent('popup');
  await dialog.getByRole('button', { name: 'Sign in again' }).click();
  await (await popup).getByRole('button', { name: PEOPLE.nurse }).click();
  await expect(dialog).toBeHidden();
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('a');
});

test('the sign-in page is accessible in both themes', async ({ page, site, expectAccessible }) => {
  await page.goto(site);
  await expect(page.getByText('just now')).toBeVisible();
  await expectAccessible();
});
