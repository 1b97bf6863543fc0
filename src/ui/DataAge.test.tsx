import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderUi } from '#tests/support/browser-ui.ts';
import { DataAge } from './DataAge.tsx';

const NOW = 1_795_448_520_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  [0, 'updated just now'],
  [9, 'updated just now'],
  [10, 'updated 10 s ago'],
  [99, 'updated 90 s ago'],
  [100, 'updated 1 min ago'],
  [10 * 60, 'updated 10 min ago'],
])('after %i seconds it says so by itself', async (seconds, text) => {
  const screen = await renderUi(<DataAge at={NOW} />);
  await expect.element(screen.getByText('updated just now')).toBeVisible();
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  await expect.element(screen.getByText(text)).toBeVisible();
});

test('an answer from a clock that is ahead is no older than now', async () => {
  const screen = await renderUi(<DataAge at={NOW + 60_000} />);
  await expect.element(screen.getByText('updated just now')).toBeVisible();
});

test('nothing ticks after it has gone', async () => {
  const screen = await renderUi(<DataAge at={NOW} />);
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  await screen.unmount();
  expect(vi.getTimerCount()).toBe(0);
});
