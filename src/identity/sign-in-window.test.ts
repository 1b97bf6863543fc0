import { afterEach, expect, test, vi } from 'vitest';

import { answerOn } from './sign-in-window.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Runs the script of silent-callback.html as the page at an address. */
async function arriveAt(href: string): Promise<{ closed: boolean }> {
  const close = vi.fn();
  vi.stubGlobal('location', { href });
  vi.stubGlobal('window', { close });
  await import('./silent-callback.ts');
  return { closed: close.mock.calls.length === 1 };
}

test('the callback page hands its address to the request that waits for it, and closes', async () => {
  const never = new AbortController().signal;
  const answer = answerOn('s1', never, 'no-answer', '');
  const href = 'https://clinic.example/silent-callback.html?code=c1&state=s1';
  await expect(arriveAt(href)).resolves.toEqual({ closed: true });
  await expect(answer).resolves.toBe(href);
});

test('a callback page that nobody asked for only closes', async () => {
  await expect(arriveAt('https://clinic.example/silent-callback.html')).resolves.toEqual({ closed: true });
});

test('another request does not hear it', async () => {
  const end = new AbortController();
  const answer = answerOn('s2', end.signal, 'abandoned', 'no longer');
  const outcome = expect(answer).rejects.toMatchObject({ kind: 'abandoned', message: 'no longer' });
  await arriveAt('https://clinic.example/silent-callback.html?code=c1&state=s1');
  end.abort();
  await outcome;
});

test('no answer in time is no refusal', async () => {
  const end = new AbortController();
  const answer = answerOn('s3', end.signal, 'no-answer', 'none');
  end.abort();
  await expect(answer).rejects.toMatchObject({ name: 'SignInError', kind: 'no-answer', message: 'none' });
});
