import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { Look } from '#src/app/App.tsx';
import { Button } from './Button.tsx';

test('works', async () => {
  const onClick = vi.fn();
  const screen = await render(<Look><Button onClick={onClick}>Go</Button></Look>);
  await screen.getByRole('button', { name: 'Go' }).click();
  expect(onClick).toHaveBeenCalledTimes(1);
});
