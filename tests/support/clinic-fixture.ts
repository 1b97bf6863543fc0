import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { preview } from '../../scripts/preview.ts';
import type { Listening } from '../../mocks/listen.ts';
import { clinicOfTheDay, NOW } from './clinic-day.ts';

/** People of the made-up clinic, by what they come for. */
export const PEOPLE = {
  nurse: 'Maribel Ruiz RN',
  nurseByRecord: 'Tobi Abara RN',
  administrator: 'Deniz Kaya',
  manager: 'Helen Osei',
  clinician: 'Dr Sunita Iyer',
  nobody: 'Sam Whitlock',
} as const;

type Theme = 'light' | 'dark';
export type Person = keyof typeof PEOPLE;

interface WorkerParts {
  /** The mock clinic on a port of its own, and the production build pointed at it. */
  readonly clinic: Listening;
  readonly site: string;
}

interface TestParts {
  /** Console messages that the test expects, since a failing server shows in the console. */
  readonly expectedNoise: RegExp[];
  readonly signIn: (person: Person, path?: string) => Promise<void>;
  readonly scenario: (name: string) => Promise<void>;
  /** By axe, in both themes unless told. */
  readonly expectAccessible: (themes?: readonly Theme[]) => Promise<void>;
}

/** A test in a browser of its own; a noisy console fails it. */
export const test = base.extend<TestParts, WorkerParts>({
  clinic: [
    async ({}, use) => {
      const clinic = await clinicOfTheDay();
      await use(clinic);
      await clinic.close();
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ clinic }, use) => {
      const site = await preview({ port: 0, dir: 'dist', config: `${clinic.origin}/config.json` });
      await use(site.origin);
      await site.close();
    },
    { scope: 'worker' },
  ],
  expectedNoise: async ({}, use) => use([]),
  page: async ({ page, expectedNoise, clinic }, use) => {
    await page.clock.setFixedTime(NOW.epochMilliseconds);
    const noise: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) noise.push(message.text());
    });
    page.on('pageerror', (error) => noise.push(String(error)));
    await use(page);
    await setScenario(clinic, 'normal');
    expect(noise.filter((text) => !expectedNoise.some((expected) => expected.test(text)))).toEqual([]);
  },
  signIn: async ({ page, site }, use) => {
    await use(async (person, path = '/') => {
      await page.goto(site + path);
      await page.getByRole('button', { name: 'Continue to Harbor Row sign-in' }).click();
      await page.getByRole('button', { name: PEOPLE[person] }).click();
      await page.waitForURL(`${site}/**`);
    });
  },
  scenario: async ({ clinic }, use) => {
    await use((name) => setScenario(clinic, name));
  },
  expectAccessible: async ({ page }, use) => {
    await use((themes = ['light', 'dark']) => expectNoViolations(page, themes));
  },
});

export { expect };

async function setScenario(clinic: Listening, scenario: string): Promise<void> {
  const response = await fetch(`${clinic.origin}/mock/scenario`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scenario }),
  });
  if (!response.ok) throw new Error(`The scenario ${scenario} was refused: ${response.status}`);
}

/** WCAG 2.2 A and AA, by axe. */
async function expectNoViolations(page: Page, themes: readonly Theme[]): Promise<void> {
  for (const theme of themes) {
    await page.evaluate(
      (name) => document.documentElement.setAttribute('data-mantine-color-scheme', name),
      theme,
    );
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const found = violations.map(
      ({ id, nodes }) => `${theme} ${id}: ${nodes.map(({ html }) => html).join('\n  ')}`,
    );
    expect(found).toEqual([]);
  }
}
