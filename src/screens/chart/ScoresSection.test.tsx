import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { partOf, renderSection } from '#tests/support/render-section.tsx';
import { scoreWith } from '#tests/support/score-fixture.ts';
import { AllScores } from './AllScores.tsx';
import { OtherScores } from './OtherScores.tsx';
import { ScoresSection } from './ScoresSection.tsx';

const SERIES = Temporal.Instant.from('2026-03-04T14:00:00Z');

/** Seven before the series; then relief that wears off. */
const PAINS = [
  scoreWith('2026-02-20', { value: 7 }),
  scoreWith('2026-03-04T13:30:00Z', { value: 7, taken: 'beforeSession' }),
  scoreWith('2026-03-04T15:30:00Z', { value: 0, taken: 'afterSession' }),
  scoreWith('2026-10-28', { value: 2 }),
  scoreWith('2026-11-22', { value: 5, taken: 'beforeSession' }),
];

function renderScores(items = PAINS, { starts = [SERIES], limit = 11, more = {} } = {}) {
  const part = partOf(items, more);
  return renderSection(<ScoresSection part={part} failed={false} starts={starts} limit={limit} />);
}

describe('pain scores', () => {
  test('stand the latest first, with their relief and the opioid dose of the day', async () => {
    const screen = await renderScores([
      ...PAINS,
      scoreWith('2026-02-10', { kind: 'opioidMme', value: 45 }),
      scoreWith('2026-11-01', { kind: 'opioidMme', value: 22.5 }),
    ]);
    const table = screen.getByRole('table', { name: 'Scores' });
    await expect.element(table.getByRole('columnheader', { name: '2026' })).toBeVisible();
    const rows = table.getByRole('row').elements();
    expect(rows.map((row) => row.textContent?.replaceAll(/\s+/g, ' '))).toEqual([
      '2026TakenNRSReliefMME',
      '22 Novbefore session529 %22.5',
      '28 Octfollow-up271 %45 of 10 Feb',
      '4 Marbefore session7baseline45',
      '20 Febfollow-up7baseline45',
    ]);
    await expect.element(screen.getByText(/^Baseline 7, median of 2 scores/)).toBeVisible();
  });

  test('more than fit say how many there are', async () => {
    const screen = await renderScores(PAINS, { limit: 2 });
    await expect.element(screen.getByText('2 of 4')).toBeVisible();
    expect(screen.getByRole('row').elements()).toHaveLength(3);
  });

  test('without a series have no baseline and no relief', async () => {
    const screen = await renderScores(PAINS, { starts: [] });
    await expect.element(screen.getByText('Baseline unknown: no series yet')).toBeVisible();
    await expect.element(screen.getByText('%')).not.toBeInTheDocument();
  });

  test('have no baseline where those before the series were not all fetched', async () => {
    const screen = await renderScores([scoreWith('2026-02-20'), ...PAINS], { more: { more: true } });
    await expect
      .element(screen.getByText(/^Baseline unknown: not all scores in the 28 days .* were loaded/))
      .toBeVisible();
    await expect.element(screen.getByText('%')).not.toBeInTheDocument();
  });

  test('have the baseline of those that could be read, which is said', async () => {
    const screen = await renderScores(PAINS, { more: { problems: ['Observation/x cannot be read'] } });
    await expect.element(screen.getByText(/^Baseline 7, .* of those that could be read$/)).toBeVisible();
  });

  test('asked for before the first session are part of the baseline, though its record was open', async () => {
    const screen = await renderScores([
      scoreWith('2026-03-04T14:05:00Z', { value: 8, taken: 'beforeSession' }),
      scoreWith('2026-03-06T14:05:00Z', { value: 4, taken: 'beforeSession' }),
    ]);
    await expect
      .element(
        screen.getByText('Baseline 8, median of 1 score in the 28 days before the series of 4 Mar 2026'),
      )
      .toBeVisible();
    const first = screen.getByRole('row', { name: /^4 Mar/ });
    await expect.element(first).not.toMatchTextContent(/%/);
    await expect.element(screen.getByRole('row', { name: /^6 Mar/ })).toMatchTextContent(/50 %/);
  });

  test('of an earlier series are measured against its baseline, which is said', async () => {
    const items = [scoreWith('2025-06-01', { value: 8 }), scoreWith('2025-09-01', { value: 4 }), ...PAINS];
    const starts = [SERIES, Temporal.Instant.from('2025-06-15T14:00:00Z')];
    const screen = await renderScores(items, { starts });
    const row = (name: RegExp) => screen.getByRole('row', { name });
    await expect.element(row(/^22 Nov 2026/)).toMatchTextContent(/29 %/);
    // Not relief of the series before, however much later it is.
    await expect.element(row(/^20 Feb 2026/)).toMatchTextContent(/7\s*baseline/);
    await expect.element(row(/^1 Sept? 2025/)).toMatchTextContent(/50 %/);
    await expect.element(row(/^1 Jun 2025/)).toMatchTextContent(/8\s*baseline/);
    await expect
      .element(screen.getByText('Rows before 4 Feb: baseline 8, series of 15 Jun 2025'))
      .toBeVisible();
  });

  test('are not said to be measured against an earlier series where no row is', async () => {
    const starts = [SERIES, Temporal.Instant.from('2025-06-15T14:00:00Z')];
    const screen = await renderScores(PAINS, { starts });
    await expect.element(screen.getByText(/^Baseline 7/)).toBeVisible();
    await expect.element(screen.getByText(/^Rows before/)).not.toBeInTheDocument();
  });

  test('above the baseline are said to be worse', async () => {
    const screen = await renderScores([...PAINS, scoreWith('2026-11-23', { value: 8 })]);
    await expect.element(screen.getByRole('cell', { name: '−14 % worse' })).toBeVisible();
    await expect.element(screen.getByTitle('worse than the baseline')).toBeVisible();
  });

  test('without relief or dose have a dash', async () => {
    const screen = await renderScores([scoreWith('2026-11-22', { value: 5 })], { starts: [] });
    expect(screen.getByRole('cell', { name: '–', exact: true }).elements()).toHaveLength(2);
  });

  test('on a phone the date of an old dose is for the ear alone', async () => {
    await page.viewport(390, 800);
    const screen = await renderScores([...PAINS, scoreWith('2026-02-10', { kind: 'opioidMme', value: 45 })]);
    const dose = screen.getByRole('row', { name: /^28 Oct/ }).getByRole('cell', { name: /^45 of 10 Feb$/ });
    await expect.element(dose).toBeVisible();
    const { width } = dose
      .getByText(/10 Feb/)
      .element()
      .getBoundingClientRect();
    await page.viewport(1280, 800);
    expect(width).toBeLessThanOrEqual(1);
  });

  test('of several years name the year of each', async () => {
    const screen = await renderScores([...PAINS, scoreWith('2025-11-22')]);
    await expect.element(screen.getByRole('rowheader', { name: '22 Nov 2025' })).toBeVisible();
  });

  test('a dose that was not computed says so, and is never 0', async () => {
    const screen = await renderScores([
      ...PAINS,
      scoreWith('2026-01-01', { kind: 'opioidMme', value: undefined, absent: 'tramadol as needed' }),
    ]);
    const row = screen.getByRole('row', { name: /^22 Nov/ });
    await expect.element(row.getByRole('cell', { name: 'not computed of 1 Jan' })).toBeVisible();
  });

  test.each([
    ['none', [], 'No pain score yet.'],
    ['none that counts', [scoreWith('2026-10-01', { vital: true })], /others do not count/],
  ])('%s', async (_, items, words) => {
    const screen = await renderScores(items);
    await expect.element(screen.getByText(words)).toBeVisible();
    await expect.element(screen.getByRole('table')).not.toBeInTheDocument();
  });

  test('that could not be read are said, and "none" is not', async () => {
    const screen = await renderScores([], {
      more: { problems: ['Observation/1 cannot be read: its value 11'] },
    });
    await expect.element(screen.getByText(/Observation\/1 cannot be read/)).toBeVisible();
    await expect.element(screen.getByText(/No pain score/)).not.toBeInTheDocument();
  });

  test.each([
    [false, 'Loading…'],
    [true, 'Not loaded.'],
  ])('that are not here (failed: %s)', async (failed, words) => {
    const screen = await renderSection(
      <ScoresSection part={undefined} failed={failed} starts={[]} limit={11} />,
    );
    await expect.element(screen.getByText(words)).toBeVisible();
  });
});

describe('other scores', () => {
  const items = [
    scoreWith('2026-02-27', { kind: 'csi', value: 56 }),
    scoreWith('2026-10-28', { kind: 'csi', value: 38 }),
    scoreWith('2025-12-01', { kind: 'painDays', value: 7 }),
    scoreWith('2026-11-01', { kind: 'painDays', value: 4, status: 'mistake' }),
  ];
  const render = () => renderSection(<OtherScores part={partOf(items)} failed={false} starts={[SERIES]} />);

  test('show the latest, how it was before the series, and when it was taken', async () => {
    const screen = await render();
    await expect.element(screen.getByText('lower is better')).toBeVisible();
    const csi = screen.getByRole('row', { name: /^CSI 0–100/ });
    await expect.element(csi.getByRole('cell', { name: '38', exact: true })).toBeVisible();
    await expect.element(csi.getByRole('cell', { name: '56', exact: true })).toBeVisible();
    await expect.element(csi.getByRole('cell', { name: '28 Oct' })).toBeVisible();
    const days = screen.getByRole('row', { name: /^Pain days of 7/ });
    await expect.element(days.getByRole('cell', { name: '1 Dec 2025' })).toBeVisible();
    // Only one is known: it is not compared with itself.
    await expect.element(days.getByRole('cell', { name: '7' })).toBeVisible();
  });

  test('from long before the series say of when they are', async () => {
    const old = [
      scoreWith('2024-06-01', { kind: 'phq9', value: 14 }),
      scoreWith('2026-10-28', { kind: 'phq9', value: 8 }),
    ];
    const screen = await renderSection(<OtherScores part={partOf(old)} failed={false} starts={[SERIES]} />);
    await expect.element(screen.getByRole('cell', { name: '14 of 1 Jun 2024' })).toBeVisible();
  });

  test('explain themselves with cut-offs and source', async () => {
    const screen = await render();
    await userEvent.click(screen.getByRole('button', { name: 'About CSI' }));
    const panel = screen.getByRole('dialog', { name: 'About CSI' });
    await expect.element(panel.getByText('from 40: moderate')).toBeVisible();
    await expect.element(panel.getByText(/^Source: Neblett 2017/)).toBeVisible();
  });
});

describe('all scores', () => {
  const render = (items: Parameters<typeof partOf<(typeof PAINS)[number]>>[0]) =>
    renderSection(<AllScores part={partOf(items)} failed={false} />);

  test('show what does not count, and why', async () => {
    const screen = await render([
      scoreWith('2026-11-20', { value: 9, status: 'mistake' }),
      scoreWith('2026-11-19', { value: 0, vital: true, taken: 'unknown' }),
      scoreWith('2026-11', { kind: 'weight', value: 61.235, asRecorded: '135 lb' }),
      scoreWith('2026-10-01', { kind: 'phq9', value: 11, taken: 'unknown' }),
    ]);
    const mistake = screen.getByRole('row', { name: /^20 Nov 2026/ });
    await expect.element(mistake.getByText('entered in error')).toBeVisible();
    const value = mistake.getByRole('cell', { name: '9 of 10' });
    expect(getComputedStyle(value.element()).textDecorationLine).toBe('line-through');
    const vital = screen.getByRole('row', { name: /^19 Nov 2026/ });
    await expect.element(vital.getByText('when not recorded')).toBeVisible();
    await expect.element(vital.getByText('of the vitals, does not count')).toBeVisible();
    const weight = screen.getByRole('row', { name: /^Nov 2026 Weight/ });
    await expect.element(weight.getByText('recorded as 135 lb')).toBeVisible();
    const mood = screen.getByRole('row', { name: /PHQ-9/ });
    await expect.element(mood.getByText('moderate')).toBeVisible();
  });

  test('of a kind are those alone', async () => {
    const items = [...PAINS, scoreWith('2026-10-01', { kind: 'gad7', value: 8 })];
    const chosen: unknown[] = [];
    const filter = { kind: 'gad7', onKind: (kind: unknown) => chosen.push(kind) } as const;
    const screen = await renderSection(<AllScores part={partOf(items)} failed={false} filter={filter} />);
    expect(screen.getByRole('row').elements()).toHaveLength(2);
    await expect.element(screen.getByText('1 score', { exact: true })).toBeVisible();
    await userEvent.selectOptions(
      screen.getByLabelText('Score:', { exact: true }),
      'Pain intensity (NRS), 0–10',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Remove the filter Score' }));
    expect(chosen).toEqual(['pain', undefined]);
  });

  test('of a kind that there is none of say so', async () => {
    const filter = { kind: 'phq9', onKind: () => {} } as const;
    const screen = await renderSection(<AllScores part={partOf(PAINS)} failed={false} filter={filter} />);
    await expect.element(screen.getByText('No score yet of PHQ-9.')).toBeVisible();
    await expect.element(screen.getByLabelText('Score:', { exact: true })).toHaveValue('phq9');
  });

  describe('a long list', () => {
    const first = Temporal.PlainDate.from('2026-01-01');
    const many = Array.from({ length: 120 }, (_, days) => scoreWith(first.add({ days }).toString()));
    const renderPage = (of?: number) => {
      const turned: unknown[] = [];
      const paging = { page: of, onPage: (next: unknown) => turned.push(next) };
      const screen = renderSection(<AllScores part={partOf(many)} failed={false} paging={paging} />);
      return screen.then((shown) => ({ screen: shown, turned }));
    };

    test.each([
      [undefined, 'Rows 1–50 of 120', 50],
      [3, 'Rows 101–120 of 120', 20],
      [9, 'Rows 101–120 of 120', 20],
    ])('has pages of 50: page %s', async (of, range, count) => {
      const { screen } = await renderPage(of);
      await expect.element(screen.getByText(range)).toBeVisible();
      expect(screen.getByRole('row').elements()).toHaveLength(count + 1);
    });

    test('is turned by keyboard, and the focus stays where it was', async () => {
      const { screen, turned } = await renderPage(2);
      const next = screen.getByRole('button', { name: 'Next' });
      next.element().focus();
      await userEvent.keyboard('{Enter}');
      await expect.element(next).toHaveFocus();
      await screen.getByRole('button', { name: 'Previous' }).click();
      expect(turned).toEqual([3, undefined]);
    });

    test('keeps its buttons within the page of a phone', async () => {
      await page.viewport(390, 800);
      const { screen } = await renderPage(2);
      await expect.element(screen.getByRole('navigation', { name: 'Pages' })).toBeVisible();
      await expect.element(screen.getByRole('button', { name: 'Next' })).toBeVisible();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
      await page.viewport(1280, 800);
    });

    test('is whole on paper, where nothing is turned', async () => {
      const screen = await render(many);
      expect(screen.getByRole('row').elements()).toHaveLength(121);
      await expect.element(screen.getByRole('navigation', { name: 'Pages' })).not.toBeInTheDocument();
    });
  });
});
