import { expect, test } from 'vitest';
import { renderScreen } from '#tests/support/render-screen.tsx';

test('a sign-in that takes long is seen to be under way', async () => {
  const screen = await renderScreen({ state: { kind: 'starting' } });
  const status = screen.getByRole('status');
  await expect.element(status).toHaveTextContent('Signing in…');
  const [animation] = status.element().getAnimations();
  expect(animation?.effect?.getComputedTiming()).toMatchObject({ delay: 300, fill: 'both' });
  expect(getComputedStyle(status.element()).opacity).toBe('0');
  animation?.finish();
  expect(getComputedStyle(status.element()).opacity).toBe('1');
  const { width, height } = status.element().getBoundingClientRect();
  expect(Math.min(width, height)).toBeGreaterThan(100);
});
