import { expect, test, vi } from 'vitest';
import { testClinic } from '#tests/support/browser-clinic.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';
import { connection } from './connection.ts';

test('a clinic system that does not answer is announced, until it does', async () => {
  const clinic = testClinic();
  clinic.faults.scenario = 'offline';
  const screen = await renderScreen({ clinic });
  const bar = screen.getByRole('status').filter({ hasText: 'The clinic system cannot be reached.' });
  await expect.element(bar).toBeVisible();
  clinic.faults.scenario = 'normal';
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByText('No patients yet.')).toBeVisible();
  await expect.element(bar).not.toBeInTheDocument();
});

test('a server that answers with a failure is reached', async () => {
  const clinic = testClinic();
  clinic.faults.scenario = 'failing';
  const screen = await renderScreen({ clinic });
  await expect.element(screen.getByText(/answered 503/)).toBeVisible();
  await expect.element(screen.getByText('The clinic system cannot be reached.')).not.toBeInTheDocument();
});

test('a device that is offline is said to be, whatever the server last did', async () => {
  const screen = await renderScreen();
  await expect.element(screen.getByText('No patients yet.')).toBeVisible();
  connection.setReachable(false);
  await expect.element(screen.getByText('The clinic system cannot be reached.')).toBeVisible();
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  window.dispatchEvent(new Event('offline'));
  await expect.element(screen.getByText('Offline.')).toBeVisible();
  await expect.element(screen.getByText('The clinic system cannot be reached.')).not.toBeInTheDocument();
  online.mockRestore();
  window.dispatchEvent(new Event('online'));
  await expect.element(screen.getByText('Offline.')).not.toBeInTheDocument();
});
