/**
 * Pictures of every screen as every role, light and dark, wide and as a phone, into the ignored folder screenshots/.
 * `npm run screenshots -- [--only TEXT]` takes those whose name holds the text.
 */
import { mkdir, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { CHROMIUM_ARGS, chromiumPath } from '../tests/support/chromium.ts';
import { clinicOfTheDay, NOW } from '../tests/support/clinic-day.ts';
import { preview } from './preview.ts';

const FOLDER = 'screenshots';
const ROLES = {
  nurse: 'Maribel Ruiz RN',
  administrator: 'Deniz Kaya',
  manager: 'Helen Osei',
  clinician: 'Dr Sunita Iyer',
  nobody: 'Sam Whitlock',
} as const;
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** Screens by name: where they are, and what has to happen there before the picture. */
const SCREENS: readonly {
  readonly name: string;
  readonly path: string;
  readonly scenario?: string;
  act?(page: Page): Promise<void>;
}[] = [
  { name: 'patients-all', path: '/patients' },
  { name: 'patients-induction', path: '/patients?view=induction' },
  { name: 'patients-maintenance', path: '/patients?view=maintenance' },
  { name: 'patients-due', path: '/patients?view=due' },
  { name: 'patients-diagnosis', path: '/patients?view=diagnosis' },
  { name: 'patients-recent', path: '/patients?view=recent' },
  { name: 'patients-filtered-empty', path: '/patients?view=induction&course=paused&protocol=nobody' },
  {
    name: 'patients-error',
    path: '/patients',
    scenario: 'failing',
    act: (page) => page.getByText('The list could not be read.').waitFor(),
  },
  { name: 'patients-forbidden', path: '/patients', scenario: 'forbidden' },
  { name: 'patients-empty', path: '/patients', scenario: 'empty' },
  { name: 'chart', path: '/patients/p-0012' },
  { name: 'chart-sessions', path: '/patients/p-0012?section=sessions' },
  { name: 'chart-appointments', path: '/patients/p-0012?section=appointments' },
  { name: 'chart-due', path: '/patients/p-0012?section=due' },
  { name: 'chart-scores', path: '/patients/p-0012?section=scores' },
  { name: 'chart-orders', path: '/patients/p-0012?section=orders' },
  { name: 'chart-long-name', path: '/patients/p-0043' },
  { name: 'chart-not-found', path: '/patients/nobody' },
  { name: 'chart-error', path: '/patients/p-0012', scenario: 'failing' },
  {
    name: 'palette',
    path: '/patients',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Patient, page or action' }).fill('okonkwo');
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'shortcuts',
    path: '/patients',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'page-not-found', path: '/nowhere' },
];

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const clinic = await clinicOfTheDay();
const site = await preview({ port: 0, dir: 'dist', config: `${clinic.origin}/config.json` });
const bare = await preview({ port: 0, dir: 'dist' });
const browser = await chromium.launch({ executablePath: await chromiumPath(), args: [...CHROMIUM_ARGS] });
if (values.only === '') await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });

let taken = 0;
for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    const style = `${colorScheme}-${size}`;
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW.epochMilliseconds);
    await page.goto(bare.origin);
    await page.getByRole('heading', { name: 'The configuration is missing' }).waitFor();
    await take(page, `config-missing-${style}`);
    await page.goto(site.origin);
    await page.getByText('just now').waitFor();
    await take(page, `sign-in-${style}`);
    await context.close();
    for (const [role, person] of Object.entries(ROLES))
      await takeRole(role, person, style, viewport, colorScheme);
  }
}
await browser.close();
await site.close();
await bare.close();
await clinic.close();
console.warn(`${taken} pictures in ${FOLDER}/`);

async function takeRole(
  role: string,
  person: string,
  style: string,
  viewport: { readonly width: number; readonly height: number },
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW.epochMilliseconds);
  await page.goto(site.origin);
  await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
  await page.getByRole('button', { name: person }).waitFor();
  if (role === 'nurse') await take(page, `provider-${style}`);
  await page.getByRole('button', { name: person }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  if (role === 'nobody') {
    await take(page, `no-role-${style}`);
    return context.close();
  }
  for (const { name, path, scenario, act } of SCREENS) {
    const picture = `${name}-${role}-${style}`;
    if (!picture.includes(values.only)) continue;
    await setScenario(scenario ?? 'normal');
    // Within the page, since a reload would sign in again.
    await page.goto(site.origin + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await act?.(page);
    await take(page, picture);
  }
  await setScenario('normal');
  await page.goto(site.origin);
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await take(page, `lock-${role}-${style}`);
  await context.close();
}

async function setScenario(scenario: string): Promise<void> {
  await fetch(`${clinic.origin}/mock/scenario`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scenario }),
  });
}

async function take(page: Page, name: string): Promise<void> {
  if (!name.includes(values.only)) return;
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  taken += 1;
}
