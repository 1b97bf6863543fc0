import { describe, expect, test } from 'vitest';
import { renderUi } from '#tests/support/browser-ui.ts';
import type { Course } from './course.ts';
import { PhaseProgress } from './PhaseProgress.tsx';

interface Plan extends Partial<Course> {
  readonly series?: number;
  readonly since?: number;
}

const sessions = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`);

async function show({ series = 0, since = 0, ...fields }: Plan, extraBooked = false) {
  const course: Course = {
    id: 'c1',
    patientId: 'p1',
    phase: undefined,
    paused: false,
    protocolUri: undefined,
    conditionId: undefined,
    planned: undefined,
    seriesSessions: sessions('series', series),
    maintenanceSessions: sessions('since', since),
    start: undefined,
    ...fields,
  };
  const screen = await renderUi(<PhaseProgress course={course} extraBooked={extraBooked} />);
  const boxes = [...screen.container.querySelectorAll('[aria-hidden] > span')];
  const filled = boxes.filter((box) => box.getAttribute('data-done') === 'true');
  return { screen, boxes: `${filled.length} of ${boxes.length}` };
}

describe('an induction', () => {
  test.each([
    ['that has not begun', { planned: 6 }, 'induction 0 of 6', '0 of 6'],
    ['in its midst', { planned: 6, series: 3 }, 'induction 3 of 6', '3 of 6'],
    ['with a session more than planned', { planned: 6, series: 7 }, 'induction 7 of 6', '7 of 7'],
    ['of an unknown plan', { series: 2 }, 'induction 2 of an unknown number', '2 of 2'],
    ['of an unknown plan that has not begun', {}, 'induction 0 of an unknown number', '0 of 0'],
    ['of more boxes than one could count', { planned: 13, series: 3 }, 'induction 3 of 13', '0 of 0'],
  ])('%s', async (_, plan, words, expected) => {
    const { screen, boxes } = await show({ phase: 'induction', ...plan });
    await expect.element(screen.getByText(words)).toBeVisible();
    expect(boxes).toBe(expected);
  });

  test('that is paused says so', async () => {
    const { screen } = await show({ phase: 'induction', paused: true, planned: 6, series: 3 });
    await expect.element(screen.getByText('induction 3 of 6')).toBeVisible();
    await expect.element(screen.getByText('paused')).toBeVisible();
  });

  test('with a session booked beyond the plan says so', async () => {
    const { screen } = await show({ phase: 'induction', planned: 6, series: 6 }, true);
    await expect.element(screen.getByText('extra booked')).toBeVisible();
  });
});

test.each<[string, Plan, string]>([
  ['maintenance', { phase: 'maintenance', planned: 6, series: 6, since: 4 }, 'maintenance, 4 sessions'],
  [
    'its first maintenance',
    { phase: 'maintenance', planned: 6, series: 6, since: 1 },
    'maintenance, 1 session',
  ],
  ['maintenance to come', { phase: 'maintenance', planned: 6, series: 6 }, 'maintenance, none yet'],
  ['a consultation', { phase: 'consultation' }, 'consultation'],
  ['a course that ended', { phase: 'ended', planned: 6, series: 6 }, 'ended'],
  ['a course of no phase', {}, 'phase not recorded'],
])('%s is words without boxes', async (_, plan, words) => {
  const { screen, boxes } = await show(plan);
  await expect.element(screen.getByText(words)).toBeVisible();
  expect(boxes).toBe('0 of 0');
});
