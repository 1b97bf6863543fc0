import { describe, expect, test } from 'vitest';
import { partOf, renderSection } from '#tests/support/render-section.tsx';
import type { Order } from '#src/features/courses/order.ts';
import type { Medication } from '#src/features/patients/medication.ts';
import { MedicationSection } from './MedicationSection.tsx';
import { OrdersSection, PrescriptionsSection } from './OrdersSection.tsx';

const order = (over: Partial<Order> = {}): Order => ({
  id: 'r1',
  patientId: '7',
  ketamine: true,
  drug: 'ketamine',
  dose: { value: 0.5, unit: 'mg/kg' },
  maximum: { value: 60, unit: 'mg' },
  words: undefined,
  status: 'active',
  orderedBy: 'Dr Sunita Iyer',
  date: '2026-06-01T14:00:00Z',
  replacesId: undefined,
  ...over,
});

const ibuprofen = order({
  id: 'x',
  ketamine: false,
  drug: 'Ibuprofen 200 MG Oral Tablet',
  dose: undefined,
  maximum: undefined,
  status: 'stopped',
  orderedBy: undefined,
  date: '2016-01-07T22:28:27+00:00',
});

describe('orders', () => {
  test('show dose, limit, who ordered them, and which one replaced them', async () => {
    const screen = await renderSection(
      <OrdersSection
        part={partOf([
          order({ id: 'r2', replacesId: 'r1', dose: { value: 0.6, unit: 'mg/kg' } }),
          order({ status: 'stopped', date: '2026-03-01', maximum: undefined }),
          order({ id: 'r0', status: 'mistake', date: '2026-02-01' }),
          ibuprofen,
        ])}
        failed={false}
      />,
    );
    const current = screen.getByRole('row', { name: /^1 Jun 2026/ });
    for (const name of ['0.6 mg/kg', '60 mg', 'Active', 'Dr Sunita Iyer']) {
      await expect.element(current.getByRole('cell', { name })).toBeVisible();
    }
    const old = screen.getByRole('row', { name: /^1 Mar 2026/ });
    await expect
      .element(old.getByRole('cell', { name: 'Stopped, replaced by the order of 1 Jun 2026' }))
      .toBeVisible();
    await expect.element(old.getByRole('cell', { name: 'not stated' })).toBeVisible();
    const mistake = screen.getByRole('row', { name: /^1 Feb 2026/ }).getByRole('cell', { name: '0.5 mg/kg' });
    expect(getComputedStyle(mistake.element()).textDecorationLine).toBe('line-through');
    await expect.element(screen.getByText(/Ibuprofen/)).not.toBeInTheDocument();
  });

  test('none, although there are other prescriptions', async () => {
    const screen = await renderSection(<OrdersSection part={partOf([ibuprofen])} failed={false} />);
    await expect.element(screen.getByText('No order yet.')).toBeVisible();
  });

  test('of which there may be more than were fetched are not none', async () => {
    const screen = await renderSection(
      <OrdersSection part={partOf([ibuprofen], { more: true, total: 1412 })} failed={false} />,
    );
    await expect.element(screen.getByText('first 1 of 1412 shown')).toBeVisible();
    await expect.element(screen.getByText('No order yet.')).not.toBeInTheDocument();
  });

  test('other prescriptions stand plainly by themselves', async () => {
    const screen = await renderSection(
      <PrescriptionsSection part={partOf([order(), ibuprofen])} orders={partOf([order()])} failed={false} />,
    );
    const row = screen.getByRole('row', { name: /^7 Jan 2016/ });
    await expect.element(row.getByRole('cell', { name: 'Ibuprofen 200 MG Oral Tablet' })).toBeVisible();
    await expect.element(row.getByRole('cell', { name: 'Stopped' })).toBeVisible();
    expect(screen.getByRole('row').elements()).toHaveLength(2);
  });
});

test('what cannot be read of an order of ketamine is told once', async () => {
  const broken = 'MedicationRequest/r1 cannot be read: an amount of 0 is no dose';
  const other = 'MedicationRequest/x cannot be read: the field status';
  const render = (problems: readonly string[]) =>
    renderSection(
      <PrescriptionsSection
        part={partOf([order()], { problems })}
        orders={partOf([], { problems: [broken] })}
        failed={false}
      />,
    );
  const screen = await render([broken]);
  await expect.element(screen.getByText('No other prescription.')).toBeVisible();
  await expect.element(screen.getByText(broken)).not.toBeInTheDocument();
  await screen.unmount();
  const again = await render([broken, other]);
  await expect.element(again.getByText(other)).toBeVisible();
  await expect.element(again.getByText('No other prescription.')).not.toBeInTheDocument();
});

test('of more prescriptions than were fetched it is told how many are shown, without those of ketamine', async () => {
  const screen = await renderSection(
    <PrescriptionsSection
      part={partOf([order(), ibuprofen], { more: true })}
      orders={partOf([order()])}
      failed={false}
    />,
  );
  await expect.element(screen.getByText('first 1 shown, there are more')).toBeVisible();
});

describe('medication', () => {
  const medication = (over: Partial<Medication> = {}): Medication => ({
    id: 'm1',
    patientId: '7',
    drug: 'oxycodone',
    opioid: true,
    ingredient: 'oxycodone',
    daily: { value: 30, unit: 'mg/d' },
    words: undefined,
    mme: { computed: true, value: 45 },
    standing: 'current',
    since: '2026-02',
    ...over,
  });
  const tramadol = medication({
    id: 'm2',
    drug: 'tramadol',
    ingredient: 'tramadol',
    daily: undefined,
    words: '50 mg as needed',
    mme: { computed: false, reason: 'the daily dose is not recorded' },
  });
  const render = (items: readonly Medication[]) =>
    renderSection(<MedicationSection part={partOf(items)} failed={false} />);

  test('opioids stand first, with their equivalents and the sum of them', async () => {
    const screen = await render([
      medication({ id: 'm0', standing: 'past', drug: 'morphine' }),
      medication({ id: 'm3', drug: 'duloxetine', opioid: false, mme: undefined }),
      medication(),
    ]);
    await expect.element(screen.getByText('opioids 45 MME a day')).toBeVisible();
    const drugs = screen.getByRole('rowheader').elements();
    expect(drugs.map(({ textContent }) => textContent)).toEqual(['oxycodone', 'duloxetine', 'morphine']);
    const row = screen.getByRole('row', { name: /^oxycodone/ });
    for (const name of ['30 mg', '45', 'Current', 'Feb 2026']) {
      await expect.element(row.getByRole('cell', { name, exact: true })).toBeVisible();
    }
  });

  test('one that stands there twice is said, since it may be one and the same', async () => {
    const screen = await render([medication(), medication({ id: 'm4', drug: 'Oxycodone ER' })]);
    await expect.element(screen.getByText('opioids 90 MME a day, oxycodone in 2 entries')).toBeVisible();
  });

  test('one that cannot be computed says why, and there is no sum', async () => {
    const screen = await render([medication(), tramadol]);
    await expect.element(screen.getByText('opioids: MME not computed')).toBeVisible();
    const row = screen.getByRole('row', { name: /^tramadol/ });
    await expect.element(row.getByText('not computed: the daily dose is not recorded')).toBeVisible();
    await expect.element(row.getByText('50 mg as needed')).toBeVisible();
  });

  test('none', async () => {
    const screen = await render([]);
    await expect.element(screen.getByText('No medication recorded.')).toBeVisible();
    await expect.element(screen.getByText(/MME/)).not.toBeInTheDocument();
  });
});
