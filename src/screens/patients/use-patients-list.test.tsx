import { describe, expect, test } from 'vitest';
import { testClinic, type TestClinic } from '#tests/support/browser-clinic.ts';
import { renderScreen, type RenderedScreen } from '#tests/support/render-screen.tsx';

const DIAGNOSIS = '/patients?view=diagnosis';
const KEPT = 'last changed first, by the clinic system';

const names = (screen: RenderedScreen) => () =>
  screen
    .getByRole('rowheader')
    .elements()
    .map((cell) => cell.textContent);

/** The requests for rows, without counts and facts. */
const lists = (clinic: TestClinic) => clinic.asked.filter((question) => !question.startsWith('BATCH'));

describe('a list of more than 200 rows', () => {
  async function longList() {
    const clinic = testClinic({ patients: 240 });
    const screen = await renderScreen({ clinic, path: DIAGNOSIS });
    await expect.element(screen.getByText(/^Rows 1–100 of \d+$/)).toBeVisible();
    return { clinic, screen };
  }

  test('keeps the order of the server, and says why no other can be had', async () => {
    const { clinic, screen } = await longList();
    await expect.element(screen.getByText(new RegExp(KEPT)).first()).toBeVisible();
    for (const column of ['Patient', 'Born']) {
      const heading = screen.getByRole('columnheader', { name: new RegExp(`^${column}.*${KEPT}`) });
      await expect.element(heading).toBeVisible();
      await expect.element(heading.getByRole('button')).not.toBeInTheDocument();
      await expect.element(heading).not.toHaveAttribute('aria-sort');
    }
    expect(lists(clinic)).toHaveLength(1);
  });

  test('is searched by the server in two steps: who it is, then what there is of them', async () => {
    const { clinic, screen } = await longList();
    const [first = ''] = names(screen)();
    const surname = first.split(' ')[0] ?? '';
    await screen.getByRole('searchbox').fill(surname);
    await expect.element(screen.getByText(/^Rows 1–\d+ of \d{1,2}$/)).toBeVisible();
    expect(names(screen)().every((name) => name.startsWith(`${surname} `))).toBe(true);
    const [, who = '', what = '', ...others] = lists(clinic);
    expect(who).toMatch(new RegExp(`^POST Patient/_search name=${surname}`, 'i'));
    expect(what).toMatch(/^(GET|POST) Condition.*patient=Patient\//);
    expect(what).not.toMatch(new RegExp(surname, 'i'));
    expect(others).toEqual([]);
    await screen.getByRole('searchbox').fill('');
    await expect.element(screen.getByText(/^Rows 1–100 of \d+$/)).toBeVisible();
    expect(lists(clinic)).toHaveLength(3);
  });

  test('asks for nothing of nobody', async () => {
    const { clinic, screen } = await longList();
    await screen.getByRole('searchbox').fill('Nobody-of-this-name');
    await expect.element(screen.getByText('No patient answers “Nobody-of-this-name”.')).toBeVisible();
    expect(lists(clinic).filter((question) => question.includes('Condition'))).toHaveLength(1);
  });

  test('is paged by the server, and begins anew with another question', async () => {
    const { screen } = await longList();
    const firstPage = names(screen)();
    await screen.getByRole('button', { name: 'Next' }).click();
    await expect.element(screen.getByText(/^Rows 101–200 of \d+$/)).toBeVisible();
    expect(names(screen)()).not.toEqual(firstPage);
    await screen.getByRole('button', { name: 'Previous' }).click();
    await expect.element(screen.getByText(/^Rows 1–100 of \d+$/)).toBeVisible();
    expect(names(screen)()).toEqual(firstPage);
    await screen.getByRole('button', { name: 'Next' }).click();
    await expect.element(screen.getByText(/^Rows 101–200 of \d+$/)).toBeVisible();
    await screen.getByRole('searchbox').fill('a');
    await expect.element(screen.getByText(/^Rows 1–\d+/)).toBeVisible();
  });
});

describe('a list of at most 200 rows', () => {
  async function wholeList() {
    const clinic = testClinic({ patients: 120 });
    const screen = await renderScreen({ clinic, path: '/patients?view=maintenance' });
    await expect.element(screen.getByText(/^Rows 1–50 of \d+$/)).toBeVisible();
    expect(lists(clinic).length).toBeGreaterThan(0);
    return { clinic, screen, asked: lists(clinic).length };
  }

  test('is ordered here, by name at first, and asks for nothing', async () => {
    const { clinic, screen, asked } = await wholeList();
    const collator = new Intl.Collator('en');
    const byName = names(screen)();
    expect(byName).toEqual(byName.toSorted(collator.compare));
    await screen.getByRole('button', { name: 'Patient' }).click();
    await expect
      .element(screen.getByRole('columnheader', { name: 'Patient' }))
      .toHaveAttribute('aria-sort', 'descending');
    const last = names(screen)();
    expect(collator.compare(last[0] ?? '', byName.at(-1) ?? '')).toBeGreaterThan(0);
    expect(last).toEqual(last.toSorted(collator.compare).toReversed());
    await screen.getByRole('button', { name: 'Born' }).click();
    await expect
      .element(screen.getByRole('columnheader', { name: 'Born' }))
      .toHaveAttribute('aria-sort', 'ascending');
    const years = screen
      .getByRole('rowheader')
      .elements()
      .map((name) => name.nextElementSibling?.textContent.slice(-4) ?? '');
    expect(years).toHaveLength(50);
    expect(years).toEqual(years.toSorted(collator.compare));
    expect(lists(clinic)).toHaveLength(asked);
  });

  test('is searched here, at every letter, and asks for nothing', async () => {
    const { clinic, screen, asked } = await wholeList();
    const surname = names(screen)()[7]?.split(' ')[0] ?? '';
    await screen.getByRole('searchbox').fill(surname.toLowerCase());
    await expect.poll(() => names(screen)().every((name) => name.startsWith(surname))).toBe(true);
    await screen.getByRole('searchbox').fill('Nobody-of-this-name');
    await expect.element(screen.getByText('No patient answers “Nobody-of-this-name”.')).toBeVisible();
    await expect.element(screen.getByText('Only this view is searched.', { exact: false })).toBeVisible();
    await screen.getByRole('button', { name: 'Clear the search' }).click();
    await expect.element(screen.getByText(/^Rows 1–50 of \d+$/)).toBeVisible();
    expect(lists(clinic)).toHaveLength(asked);
  });

  test('is cut into pages here', async () => {
    const { clinic, screen, asked } = await wholeList();
    await screen.getByRole('button', { name: 'Next' }).click();
    await expect.element(screen.getByText(/^Rows 51–\d+ of \d+$/)).toBeVisible();
    await expect
      .element(screen.getByRole('button', { name: 'Next' }))
      .toHaveAccessibleDescription('This is the last page');
    expect(lists(clinic)).toHaveLength(asked);
  });
});
