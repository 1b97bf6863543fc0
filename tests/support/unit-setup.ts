// Node has no Temporal yet; Chromium has it, so only tests in Node load the polyfill.
import 'temporal-polyfill/global';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** A noisy console is a failed test. */
const noise = { error: vi.spyOn(console, 'error'), warn: vi.spyOn(console, 'warn') };

beforeEach(() => {
  noise.error.mockClear();
  noise.warn.mockClear();
});

afterEach(() => {
  expect(noise.error.mock.calls).toEqual([]);
  expect(noise.warn.mock.calls).toEqual([]);
});
