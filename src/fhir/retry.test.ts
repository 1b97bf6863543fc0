import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FhirError, type FhirErrorDetails, type FhirErrorKind } from './error.ts';
import { isTransient, parseRetryAfter, retryDelay, waitFor } from './retry.ts';

describe('Retry-After', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');

  test.each([
    ['3', 3000],
    ['0', 0],
    ['Fri, 20 Nov 2026 10:00:07 GMT', 7000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %j ms', (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });
});

describe('a failure passes by itself', () => {
  test.each<[FhirErrorKind, Partial<FhirErrorDetails>, boolean]>([
    ['unreachable', {}, true],
    ['throttled', { status: 429 }, true],
    ['throttled', { status: 429, retryAfterMs: 10_000 }, true],
    ['throttled', { status: 429, retryAfterMs: 10_001 }, false],
    ['server', { status: 500 }, false],
    ['server', { status: 502 }, true],
    ['server', { status: 503 }, true],
    ['server', { status: 504 }, true],
    ['conflict', { status: 412 }, false],
    ['unreadable', {}, false],
  ])('%s %j: %s', (kind, details, transient) => {
    expect(isTransient(new FhirError(kind, { method: 'GET', path: '', ...details }))).toBe(transient);
  });
});

test('the delay doubles and stays within its jitter; what the server asks for is a lower bound', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 }), random, fc.nat(10_000), (tries, chance, asked) => {
      const full = 500 * 2 ** (tries - 1);
      expect(retryDelay(tries, undefined, chance)).toBeGreaterThanOrEqual(full / 2);
      expect(retryDelay(tries, undefined, chance)).toBeLessThanOrEqual(full);
      expect(retryDelay(tries, asked, chance)).toBeGreaterThanOrEqual(asked);
      expect(retryDelay(tries, asked, chance)).toBeLessThanOrEqual(asked + 250);
    }),
  );
});

describe('waiting', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('ends when the time is over', async () => {
    const waiting = waitFor(1000, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(1000);
    await expect(waiting).resolves.toBeUndefined();
  });

  test('ends at once when it is aborted, and leaves no timer behind', async () => {
    const controller = new AbortController();
    const waiting = waitFor(1000, controller.signal);
    const reason = new Error('left the page');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('does not begin when it was aborted before', async () => {
    await expect(waitFor(1000, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(vi.getTimerCount()).toBe(0);
  });
});
