import type { Page } from '@playwright/test';
import { NOW } from '../support/clinic-day.ts';
import { expect, PEOPLE, test as base, type Person } from '../support/clinic-fixture.ts';

interface LockParts {
  /** Sets the clock to so many minutes after the morning's 10:42. */
  readonly later: (minutes: number) => Promise<void>;
  /** Signs in through the window that a button opens. */
  readonly inPopup: (button: string, person: Person, on?: Page) => Promise<void>;
}

const test = base.extend<LockParts>({
  later: async ({ page }, use) => {
    await use((minutes) => page.clock.setFixedTime(NOW.epochMilliseconds + minutes * 60_000));
  },
  inPopup: async ({ page }, use) => {
    await use(async (button, person, on = page) => {
      const popup = on.waitForEvent('popup');
      await on.getByRole('button', { name: button }).click();
      await (await popup).getByRole('button', { name: PEOPLE[person] }).click();
    });
  },
});

const UNLOCK = 'Unlock as Maribel Ruiz RN';
const SOMEBODY_ELSE = 'Sign in as somebody else';

const locked = (page: Page) => page.getByRole('dialog', { name: 'Locked' });
const warning = (page: Page) => page.getByRole('alertdialog', { name: 'Chairside locks soon' });
const patients = (page: Page) => page.locator('tbody th a');

/** Everything of a page that a person could read: on screen, and through a screen reader. */
async function readable(page: Page): Promise<string> {
  const seen = await page.evaluate(() => document.body.innerText);
  return `${seen}\n${await page.locator('body').ariaSnapshot()}`;
}

test('warns in words before it locks, reads them once, and any key goes on', async ({
  page,
  signIn,
  later,
  expectAccessible,
}) => {
  await signIn('nurse');
  await expect(patients(page).first()).toBeVisible();
  await later(8.9);
  await expect(warning(page)).toBeHidden();
  await later(9);
  await expect(warning(page)).toContainText('Locks in 1:00');
  const read = warning(page).getByRole('alert');
  await expect(read).toHaveText('Chairside locks in 60 seconds. Press any key to stay signed in.');
  await later(9.5);
  await expect(warning(page)).toContainText('Locks in 0:30');
  await expect(read).toHaveText('Chairside locks in 60 seconds. Press any key to stay signed in.');
  await expectAccessible();
  await page.keyboard.press('Shift');
  await expect(warning(page)).toBeHidden();
  await later(18.6);
  await expect(warning(page)).toBeVisible();
  await warning(page).getByRole('button', { name: 'Stay signed in' }).click();
  await expect(warning(page)).toBeHidden();
  await later(28);
  await expect(warning(page)).toBeVisible();
  await expect(locked(page)).toBeHidden();
});

test('who dictates is at work, though no key is pressed', async ({ page, signIn, later }) => {
  await signIn('nurse');
  await page.getByRole('searchbox').focus();
  await later(9.5);
  await expect(warning(page)).toBeVisible();
  await page.keyboard.insertText('an');
  await expect(warning(page)).toBeHidden();
  await later(19);
  await expect(locked(page)).toBeHidden();
  await expect(warning(page)).toBeVisible();
});

test('what is typed is out of sight behind the lock, and there again for the same person', async ({
  page,
  signIn,
  later,
  inPopup,
  expectAccessible,
}) => {
  await signIn('nurse', '/patients?view=induction');
  const search = page.getByRole('searchbox');
  await search.fill('an');
  await expect(page.getByRole('table', { name: 'Patients, In induction' })).toBeVisible();
  await patients(page).last().scrollIntoViewIfNeeded();
  const names = await patients(page).allInnerTexts();
  const place = await page.evaluate(() => window.scrollY);
  expect(names.length).toBeGreaterThan(1);
  await page.getByRole('button', { name: PEOPLE.nurse }).click();

  await later(11);
  await expect(locked(page)).toContainText('since 10:52, after 10 minutes without use');
  await expect(locked(page)).toContainText('10:53');
  await expect(locked(page)).toContainText('Monday 23 November 2026, EST');
  const text = await readable(page);
  for (const name of names) expect(text).not.toContain(name);
  expect(text).not.toContain('Made-up');
  await expect(page.getByRole('searchbox', { includeHidden: true })).toBeHidden();
  expect(await page.title()).toBe('Patients, In induction · Chairside');
  await expectAccessible();
  for (let time = 0; time < 3; time++) await page.keyboard.press('Escape');
  await expect(locked(page)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  expect((await page.evaluate(() => document.body.innerText)).trim()).toBe('');
  await expect(locked(page)).toBeHidden();
  await page.emulateMedia({ media: 'screen' });

  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/fhir/')) asked.push(request.url());
  });
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: UNLOCK }).click();
  const asking = await popup;
  await expect(asking.getByRole('button', { name: PEOPLE.nurse })).toBeVisible();
  expect(asked).toEqual([]);
  await asking.close();
  await inPopup('Open the window again', 'nurse');
  await expect(locked(page)).toBeHidden();
  await expect(search).toHaveValue('an');
  expect(await patients(page).allInnerTexts()).toEqual(names);
  expect(await page.evaluate(() => scrollY)).toBe(place);
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await expect(page.getByText(/could not be/)).toBeHidden();
});

test('focus and open dialogs are where they were', async ({ page, signIn, later, inPopup }) => {
  await signIn('nurse');
  const search = page.getByRole('searchbox');
  await search.fill('smi');
  await page.evaluate(() => {
    const dialog = document.createElement('dialog');
    dialog.innerHTML = '<label>Note <input></label>';
    document.getElementById('content')?.append(dialog);
    dialog.showModal();
  });
  const note = page.getByLabel('Note');
  await note.fill('half a sentence');
  await later(10);
  await expect(locked(page)).toBeVisible();
  await expect(page.getByLabel('Note')).toBeHidden();
  expect(await readable(page)).not.toMatch(/half a sentence|smi/);
  await inPopup(UNLOCK, 'nurse');
  await expect(note).toBeVisible();
  await expect(note).toHaveValue('half a sentence');
  await expect(note).toBeFocused();
  await expect(search).toHaveValue('smi');
});

test('Back takes nothing away from behind the lock', async ({ page, signIn, inPopup }) => {
  await signIn('nurse');
  await patients(page).first().click();
  await expect(page.getByRole('heading', { name: 'Allergies' })).toBeVisible();
  const chart = page.url();
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(locked(page)).toBeVisible();
  await page.evaluate(() => window.history.back());
  await page.evaluate(() => window.history.back());
  await expect(locked(page)).toBeVisible();
  await expect.poll(() => page.url()).toBe(chart);
  await inPopup(UNLOCK, 'nurse');
  await expect(page.getByRole('heading', { name: 'Allergies' })).toBeVisible();
  await page.goBack();
  await expect(patients(page).first()).toBeVisible();
});

test('a machine that slept is locked by the first move of the mouse', async ({ page, signIn, later }) => {
  // Its timers stand still.
  await page.addInitScript(() => Object.defineProperty(window, 'setInterval', { value: () => 0 }));
  await signIn('nurse');
  await expect(patients(page).first()).toBeVisible();
  await later(120);
  await page.mouse.move(200, 200);
  await expect(locked(page)).toContainText('since 10:52');
  await expect(patients(page).first()).toBeHidden();
});

test('another person gets in clean: nothing of the first, not even by going back', async ({
  page,
  signIn,
  later,
  inPopup,
  site,
}) => {
  await signIn('nurse');
  const chosen = (await patients(page).first().innerText()).trim();
  await page.getByRole('searchbox').fill(chosen.split(' ')[0]?.replace(',', '') ?? '');
  await patients(page).first().click();
  await expect(page.getByRole('heading', { name: 'Allergies' })).toBeVisible();
  const chart = page.url();
  await later(10);
  await inPopup(SOMEBODY_ELSE, 'administrator');
  await expect(page.getByRole('button', { name: PEOPLE.administrator })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Patients, All' })).toBeVisible();
  expect(page.url()).toBe(`${site}/patients`);
  await expect(page.getByRole('searchbox')).toHaveValue('');
  const bearers = new Set<string | undefined>();
  page.on('request', (request) => {
    if (request.url().includes('/fhir/')) bearers.add(request.headers()['authorization']);
  });
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await page.goto(chart);
  await expect(page.getByRole('button', { name: 'Continue to Harbor Row sign-in' })).toBeHidden();
  await expect(page.getByRole('button', { name: PEOPLE.administrator })).toBeVisible();
  for (const bearer of bearers) {
    const [, claims = ''] = bearer?.split('.') ?? [];
    expect(Buffer.from(claims, 'base64url').toString()).toContain('"sub":"kaya"');
  }
});

test('one tab locks all, opening one opens all of that person, another person empties all', async ({
  page,
  context,
  signIn,
  site,
  later,
  inPopup,
}) => {
  await signIn('nurse');
  const second = await context.newPage();
  await second.goto(site);
  await second.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
  await expect(patients(second).first()).toBeVisible();
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(locked(page)).toContainText('since 10:42, locked by you');
  await expect(locked(second)).toContainText('since 10:42, locked by you');
  await inPopup(UNLOCK, 'nurse', second);
  await expect(locked(second)).toBeHidden();
  await expect(locked(page)).toBeHidden();
  await expect(patients(page).first()).toBeVisible();

  // What is done in one tab keeps the other open.
  await later(9.5);
  await expect(warning(page)).toBeVisible();
  await expect(warning(second)).toBeVisible();
  await second.keyboard.press('Shift');
  await expect(warning(page)).toBeHidden();

  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await inPopup(UNLOCK, 'administrator', second);
  await expect(second.getByRole('button', { name: PEOPLE.administrator })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(patients(page).first()).toBeHidden();
});

test('neither a reload nor a new tab gets past the lock without credentials', async ({
  page,
  context,
  signIn,
  site,
}) => {
  await signIn('nurse', '/patients?view=due');
  await expect(page.getByRole('table', { name: 'Patients, Due' })).toBeVisible();
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(locked(page)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('Chairside was locked here');
  const other = await context.newPage();
  await other.goto(`${site}/patients`);
  await expect(other.getByRole('alert')).toContainText('Chairside was locked here');
  await other.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
  await other.getByRole('button', { name: PEOPLE.nurse }).click();
  await expect(other.getByRole('table', { name: 'Patients, All' })).toBeVisible();
  // Proved once, a reload is silent again.
  await other.reload();
  await expect(other.getByRole('table', { name: 'Patients, All' })).toBeVisible();
});

test('a browser that was left without signing out asks for credentials, too', async ({
  page,
  signIn,
  later,
}) => {
  await signIn('nurse');
  await expect(patients(page).first()).toBeVisible();
  await page.goto('about:blank');
  await later(600);
  await page.goBack();
  await expect(page.getByRole('alert')).toContainText('Chairside was locked here');
});

test('after signing out on a chart, going back shows the sign-in', async ({ page, signIn }) => {
  await signIn('nurse');
  await patients(page).first().click();
  await expect(page.getByRole('heading', { name: 'Allergies' })).toBeVisible();
  await page.getByRole('button', { name: PEOPLE.nurse }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Allergies' })).toBeHidden();
});

test('a browser that opens no window says so, and what to do', async ({ page, signIn }) => {
  await signIn('nurse');
  await expect(patients(page).first()).toBeVisible();
  await page.evaluate(() => {
    window.open = () => null;
  });
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await page.getByRole('button', { name: UNLOCK }).click();
  await expect(locked(page).getByRole('alert')).toContainText('Allow pop-ups for this page');
  await locked(page).getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('the lock falls without a network', async ({ page, context, signIn, later, expectedNoise }) => {
  expectedNoise.push(/ERR_INTERNET_DISCONNECTED/);
  const code = page.waitForResponse(/LockScreen/);
  await signIn('nurse');
  await expect(patients(page).first()).toBeVisible();
  await code;
  await context.setOffline(true);
  await later(10);
  await expect(page.getByRole('button', { name: UNLOCK })).toBeVisible();
  await expect(patients(page).first()).toBeHidden();
  await context.setOffline(false);
});

test('nothing that tells who a patient is stays in the browser', async ({ page, signIn, inPopup }) => {
  await signIn('nurse');
  await expect(patients(page)).toHaveCount(50);
  const names = await patients(page).allInnerTexts();
  const rows = await page.locator('tbody tr').allInnerTexts();
  const surname = /[\p{Lu}’'-]{3,}/u.exec(names[0] ?? '')?.[0] ?? '';
  await page.getByRole('searchbox').fill(surname);
  await expect(patients(page).first()).toContainText(surname);
  await patients(page).first().click();
  await expect(page.getByRole('heading', { name: 'Allergies' })).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await inPopup(UNLOCK, 'nurse');
  await expect(locked(page)).toBeHidden();

  const secrets = new Set(
    [...names, ...rows].flatMap((text) => [
      ...(text.match(/\p{Lu}[\p{Lu}’'-]{2,}/gu) ?? []),
      ...(text.match(/\b10-\d{4}\b/g) ?? []),
      ...(text.match(/\d{3}\)?[ -]?\d{3}[ -]?\d{4}\b/g) ?? []).flatMap((phone) => [
        phone,
        phone.replaceAll(/\D/g, ''),
      ]),
      ...(text.match(/\b\d{1,2} [A-Z][a-z]{2} (19|20)\d{2}\b/g) ?? []).flatMap((day) => [
        day,
        new Date(`${day} UTC`).toISOString().slice(0, 10),
      ]),
    ]),
  );
  for (const kind of [/^\p{Lu}{3}/u, /^10-/, /^\d{10}$/, /^(19|20)\d{2}-/]) {
    expect([...secrets].filter((secret) => kind.test(secret)).length).toBeGreaterThan(20);
  }
  const kept = await page.evaluate(async () => {
    const caches_ = await Promise.all(
      (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
    );
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const workers = await navigator.serviceWorker.getRegistrations();
    const named = {
      title: document.title,
      url: location.href,
      state: history.state,
      cookie: document.cookie,
    };
    return {
      text: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, named]),
      elsewhere: [
        ...caches_.flat().map(({ url }) => url),
        ...databases,
        ...workers.map(({ scope }) => scope),
      ],
    };
  });
  expect(kept.elsewhere).toEqual([]);
  const text = kept.text.toLowerCase();
  expect([...secrets].filter((secret) => text.includes(secret.toLowerCase()))).toEqual([]);
  expect(kept.text).not.toContain('Ruiz');
});
