import { expect, test, type Person } from '../support/clinic-fixture.ts';

const SECTIONS = [
  'Overview',
  'Sessions',
  'Appointments',
  'Due list and calls',
  'Scores',
  'Orders and consent',
];

/** What a role is told instead of a part that it does not see. */
const WITHHELD: Readonly<Partial<Record<Person, RegExp>>> = {
  administrator: /Administrators do not see (sessions|orders)/,
  manager: /Managers do not see orders/,
};

for (const person of ['nurse', 'administrator', 'manager', 'clinician'] as const) {
  test(`${person}: every section of a chart, in one read and one batch`, async ({ page, clinic, signIn }) => {
    await signIn(person, '/patients?view=induction');
    await expect(page.locator('tbody th a').first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(`${clinic.origin}/fhir`) && request.method() !== 'OPTIONS')
        asked.push(`${request.method()} ${new URL(request.url()).pathname.replace(/[^/]+$/, '…')}`);
    });
    await page.locator('tbody th a').first().click();
    await expect(page.getByRole('region', { name: 'Allergies' })).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(asked.toSorted()).toEqual(['GET /fhir/R4/Patient/…', 'POST /fhir/…']);

    const tabs = page.getByRole('navigation', { name: 'Sections of the chart' });
    const withheld = [];
    for (const section of SECTIONS) {
      await tabs.getByRole('link', { name: section }).click();
      await expect(tabs.getByRole('link', { name: section })).toHaveAttribute('aria-current', 'page');
      await expect(page.getByText('Loading…')).toHaveCount(0);
      await expect(page.getByText(/cannot be read|could not be/)).toHaveCount(0);
      withheld.push(...(await page.getByText(/ do not see /).allInnerTexts()));
    }
    const expected = WITHHELD[person];
    if (expected === undefined) expect(withheld).toEqual([]);
    else expect(withheld.join('\n')).toMatch(expected);
    // What was asked for the overview is all there is: sections ask for nothing more.
    expect(asked).toHaveLength(2);
  });
}

// Who sees everything in both themes, who is told what is withheld in one: the others see parts of these.
for (const [person, themes] of [
  ['clinician', ['light', 'dark']],
  ['administrator', ['dark']],
] as const) {
  for (const section of SECTIONS) {
    test(`${person}: ${section} of a chart is accessible`, async ({ page, signIn, expectAccessible }) => {
      await signIn(person, '/patients?view=induction');
      await page.locator('tbody th a').first().click();
      const tab = page
        .getByRole('navigation', { name: 'Sections of the chart' })
        .getByRole('link', { name: section });
      await tab.click();
      await expect(tab).toHaveAttribute('aria-current', 'page');
      await expect(page.getByText('Loading…')).toHaveCount(0);
      await expectAccessible(themes);
    });
  }
}

test('on paper a chart holds all sections and says who printed it, and when', async ({ page, signIn }) => {
  await signIn('clinician', '/patients?view=maintenance');
  await page.locator('tbody th a').first().click();
  await expect(page.getByRole('region', { name: 'Sessions' })).toBeVisible();
  const name = await page.getByRole('heading', { level: 1 }).innerText();
  // What is not rendered by then is not counted into pages, and does not come on paper.
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(page.getByRole('region', { name: 'Ketamine orders' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  for (const region of [
    'Scores',
    'Sessions',
    'Appointments',
    'Due list',
    'Ketamine orders',
    'Medication',
    'Consent',
    'Diagnoses',
    'Allergies',
    'Contact',
  ])
    await expect(page.getByRole('region', { name: region }).first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText(/printed .*2026.*Dr Sunita Iyer/)).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Sections of the chart' })).toBeHidden();
});
