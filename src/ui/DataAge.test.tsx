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
  [12, 'updated 12 s ago'],
  [99, 'updated 99 s ago'],
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

const clock = () => '10:31';

test('what should be newer says since when it is not', async () => {
  const screen = await renderUi(<DataAge at={NOW} clock={clock} />);
  await vi.advanceTimersByTimeAsync(150_000);
  await expect.element(screen.getByText('updated 2 min ago')).toBeVisible();
  await vi.advanceTimersByTimeAsync(1_000);
  await expect.element(screen.getByText('Not updated since 10:31')).toBeVisible();
});

test('offline it may be old at once, and online it is what it was', async () => {
  const screen = await renderUi(<DataAge at={NOW} clock={clock} />);
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  window.dispatchEvent(new Event('offline'));
  await expect.element(screen.getByText('Not updated since 10:31')).toBeVisible();
  online.mockRestore();
  window.dispatchEvent(new Event('online'));
  await expect.element(screen.getByText('updated just now')).toBeVisible();
});

test('is read by who wants to know, and announced to nobody', async () => {
  const screen = await renderUi(<DataAge at={NOW} clock={clock} />);
  expect(screen.container.querySelector('[aria-live], [role="status"], [role="alert"]')).toBeNull();
});

test('nothing ticks after it has gone', async () => {
  const screen = await renderUi(<DataAge at={NOW} />);
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  await screen.unmount();
  expect(vi.getTimerCount()).toBe(0);
});
