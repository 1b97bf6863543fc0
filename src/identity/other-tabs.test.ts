import { expect, test, vi } from 'vitest';

import { otherTabs } from './other-tabs.ts';

const LEFT = { about: 'left', subject: 'ruiz' } as const;

test('what one tab tells is heard in the others of the same sign-in service, not in itself', async () => {
  const [here, there, elsewhere] = ['a', 'a', 'b'].map((name) => otherTabs(`https://${name}.example`));
  const heard = { here: vi.fn(), there: vi.fn(), elsewhere: vi.fn() };
  here?.onTold(heard.here);
  there?.onTold(heard.there);
  elsewhere?.onTold(heard.elsewhere);
  here?.tell(LEFT);
  await vi.waitFor(() => expect(heard.there.mock.calls).toEqual([[LEFT]]));
  expect(heard.here).not.toHaveBeenCalled();
  expect(heard.elsewhere).not.toHaveBeenCalled();
});

test('what is no message of ours is nothing', async () => {
  const issuer = 'https://c.example';
  const heard = vi.fn();
  otherTabs(issuer).onTold(heard);
  const channel = new BroadcastChannel(`chairside ${issuer}`);
  channel.postMessage('ruiz');
  channel.postMessage({ about: 'opened', subject: 'ruiz' });
  channel.postMessage(LEFT);
  await vi.waitFor(() => expect(heard.mock.calls).toEqual([[LEFT]]));
  channel.close();
});
