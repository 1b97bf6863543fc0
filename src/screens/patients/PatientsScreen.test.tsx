import { expect, test } from 'vitest';
import { testClinic } from '#tests/support/browser-clinic.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';

test('x', async () => {
  let t = performance.now();
  const clinic = testClinic({ patients: 240 });
  console.log('build', performance.now() - t);
  t = performance.now();
  const screen = await renderScreen({ clinic });
  await expect.element(screen.getByText('Rows 1–50 of 240')).toBeVisible();
  console.log('shown', performance.now() - t);
  console.log(clinic.asked.join('\n'));
});
test('y', async () => {
  const clinic = testClinic();
  const id = await clinic.create({ resourceType: 'Patient', name: [{ family: 'Okafor' }] });
  clinic.spoil(`Patient/${id}`, { birthDate: 1950 });
  const screen = await renderScreen({ clinic });
  await expect.element(screen.getByText(/cannot be read/)).toBeVisible();
  console.log(screen.container.innerText);
});
