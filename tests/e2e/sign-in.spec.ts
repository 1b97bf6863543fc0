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

test('signing out in one tab signs out of every tab of the person', async ({
  page,
  context,
  site,
  signIn,
}) => {
  await signIn('nurse');
  await page.locator('tbody th a').first().click();
  await expect(page.getByRole('heading', { name: 'Allergies' })).toBeVisible();
  const second = await context.newPage();
  await second.goto(site);
  await second.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
  await second.getByRole('button', { name: PEOPLE.nurse }).click();
  await second.getByRole('button', { name: 'Sign out' }).click();
  await expect(second.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Allergies' })).toBeHidden();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a page that the browser brings back asks first who is here', async ({ page, context, signIn }) => {
  await signIn('nurse');
  await expect(page.locator('tbody th a').first()).toBeVisible();
  // As after signing out elsewhere. The browser of a test keeps no page of its own accord.
  await context.clearCookies();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('an expired sign-in hides the page, asks again, and goes on where it was', async ({
  page,
  signIn,
  clinic,
  expectedNoise,
  expectAccessible,
}) => {
  expectedNoise.push(/401/, /400/);
  await signIn('nurse', '/patients?view=induction');
  await page.getByRole('searchbox').fill('a');
  const rows = page.locator('tbody th a');
  await expect(rows.first()).toBeVisible();
  await fetch(`${clinic.origin}/mock/expire`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ what: 'sign-ins' }),
  });
  await page.getByRole('link', { name: 'By diagnosis' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your sign-in has expired' });
  await expect(dialog).toBeVisible();
  for (let time = 0; time < 3; time++) await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Patients', includeHidden: true })).toBeHidden();
  await expectAccessible();

  const closed = page.waitForEvent('popup');
  await dialog.getByRole('button', { name: 'Sign in again' }).click();
  await (await closed).getByRole('button', { name: PEOPLE.nurse }).waitFor();
  await (await closed).close();
  const popup = page.waitForEvent('popup');
  await dialog.getByRole('button', { name: 'Open the window again' }).click();
  await (await popup).getByRole('button', { name: PEOPLE.nurse }).click();
  await expect(dialog).toBeHidden();

  await expect(page.getByRole('table', { name: 'Patients, By diagnosis' })).toBeVisible();
  await expect(rows.first()).toBeVisible();
  await expect(page.getByText(/has expired/)).toBeHidden();
  await expect(page.getByRole('link', { name: 'By diagnosis' })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('a');
});

test('a browser that lets the page keep nothing is told what to do', async ({
  page,
  site,
  expectedNoise,
}) => {
  expectedNoise.push(/lets this page keep nothing/);
  await page.addInitScript(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get: () => {
        throw new DOMException('Access is denied', 'SecurityError');
      },
    });
  });
  await page.goto(site);
  await expect(page.getByRole('heading', { name: 'Chairside could not start' })).toBeVisible();
  await expect(page.getByText('Allow cookies and site data for this address')).toBeVisible();
});

test('the sign-in page is accessible in both themes', async ({ page, site, expectAccessible }) => {
  await page.goto(site);
  await expect(page.getByText('just now')).toBeVisible();
  await expectAccessible();
});
