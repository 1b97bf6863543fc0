import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { BrowserNeedError } from './browser-needs.ts';
import { StartErrorPage } from './StartErrorPage.tsx';

test.each([
  ['an insecure line', new BrowserNeedError('insecure', 'x'), /Open it with https/],
  ['blocked storage', new BrowserNeedError('no-storage', 'x'), /Allow cookies and site data/],
  [
    'a lost part',
    new TypeError('Failed to fetch dynamically imported module: /assets/a.js'),
    /Check the network/,
  ],
  ['what is no error', 'x', /tell whoever looks after Chairside/],
])('%s: says in plain words what to do', async (_, error, next) => {
  const screen = await render(<StartErrorPage error={error} />);
  await expect
    .element(screen.getByRole('heading', { name: 'Chairside could not start', level: 1 }))
    .toBeVisible();
  await expect.element(screen.getByText(next)).toBeVisible();
  await expect.element(screen.getByText(/TypeError|assets/)).not.toBeInTheDocument();
  expect(document.title).toBe('Could not start · Chairside');
});
