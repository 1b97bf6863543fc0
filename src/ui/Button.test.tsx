import { expect, test, vi } from 'vitest';
import { renderUi } from '#tests/support/browser-ui.ts';
import { Button } from './Button.tsx';

test('works', async () => {
  const onClick = vi.fn();
  const screen = await renderUi(<Button onClick={onClick}>Go</Button>);
  await screen.getByRole('button', { name: 'Go' }).click();
  expect(onClick).toHaveBeenCalledTimes(1);
});
