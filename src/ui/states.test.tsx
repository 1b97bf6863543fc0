import { describe, expect, test, vi } from 'vitest';
import { renderUi } from '#tests/support/browser-ui.ts';
import { EmptyState, ErrorState, StaleBar } from './states.tsx';

describe('each state is announced as what it is', () => {
  test('nothing there, politely', async () => {
    const screen = await renderUi(
      <EmptyState title="No patients yet.">Somebody has to be first.</EmptyState>,
    );
    const state = screen.getByRole('status');
    await expect.element(state).toMatchTextContent('No patients yet.');
    await expect.element(state).toMatchTextContent('Somebody has to be first.');
    await expect.element(screen.getByRole('button')).not.toBeInTheDocument();
  });

  test('a failure, at once', async () => {
    const screen = await renderUi(
      <ErrorState title="The list could not be read.">It answered 503.</ErrorState>,
    );
    await expect.element(screen.getByRole('alert')).toMatchTextContent('The list could not be read.');
    await expect.element(screen.getByRole('alert')).toMatchTextContent('It answered 503.');
    await expect.element(screen.getByRole('button')).not.toBeInTheDocument();
  });

  test('something stale, politely and by name', async () => {
    const screen = await renderUi(<StaleBar title="Not updated since 10:40.">It answered 503.</StaleBar>);
    await expect
      .element(screen.getByRole('status', { name: 'Not updated since 10:40. It answered 503.' }))
      .toBeVisible();
  });
});

test.each([
  ['EmptyState', EmptyState],
  ['ErrorState', ErrorState],
  ['StaleBar', StaleBar],
])('%s offers the one thing to do', async (_, State) => {
  const onClick = vi.fn<() => void>();
  const screen = await renderUi(
    <State title="Something is the matter." action={{ label: 'Retry', onClick }} />,
  );
  await screen.getByRole('button', { name: 'Retry' }).click();
  expect(onClick).toHaveBeenCalledTimes(1);
});
