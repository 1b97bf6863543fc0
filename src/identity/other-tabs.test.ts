import { expect, test, vi } from 'vitest';

import { otherTabs } from './other-tabs.ts';

test('who leaves in one tab is told of in the others of the same sign-in service, not in itself', async () => {
  const [here, there, elsewhere] = ['a', 'a', 'b'].map((name) => otherTabs(`https://${name}.example`));
  const heard = { here: vi.fn(), there: vi.fn(), elsewhere: vi.fn() };
  here?.onLeft(heard.here);
  there?.onLeft(heard.there);
  elsewhere?.onLeft(heard.elsewhere);
  here?.tellLeft('ruiz');
  await vi.waitFor(() => expect(heard.there.mock.calls).toEqual([['ruiz']]));
  expect(heard.here).not.toHaveBeenCalled();
  expect(heard.elsewhere).not.toHaveBeenCalled();
});
