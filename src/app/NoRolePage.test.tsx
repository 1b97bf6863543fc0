import { expect, test } from 'vitest';
import { PEOPLE, renderScreen } from '#tests/support/render-screen.tsx';

test.each(['signed-in', 'expired'] as const)(
  'nobody without a role is asked anything for: %s',
  async (kind) => {
    const person = { ...PEOPLE.nurse, name: 'Sam Whitlock', role: undefined, roleSource: 'none' } as const;
    const screen = await renderScreen({ state: { kind, person }, path: '/patients/p-0001' });
    await expect.element(screen.getByRole('heading', { name: 'No role in this clinic' })).toBeVisible();
    await expect
      .element(screen.getByText(/signed in as Sam Whitlock.*Ask Deniz Kaya at the front desk for one/))
      .toBeVisible();
    expect(screen.clinic.asked).toEqual([]);
    await screen.getByRole('button', { name: 'Sign out' }).click();
    expect(screen.identity.signOut).toHaveBeenCalledTimes(1);
  },
);
