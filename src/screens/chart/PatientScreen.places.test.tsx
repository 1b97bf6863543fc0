import type { Observation } from 'fhir/r4';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { PAIN_NRS, PHQ_9_TOTAL } from '#src/fhir/codes.ts';
import { testClinic } from '#tests/support/browser-clinic.ts';
import { patientRecord } from '#tests/support/browser-records.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';

afterEach(() => {
  vi.useRealTimers();
});

const FIRST = Temporal.PlainDate.from('2026-01-01');

/** A patient with 60 scores of pain, one a day, and one of mood before them. */
async function clinicWithScores() {
  const clinic = testClinic();
  const id = await clinic.create(patientRecord('Okafor'));
  const score = (coding: Observation['code'], day: Temporal.PlainDate): Observation => ({
    resourceType: 'Observation',
    status: 'final',
    code: coding,
    subject: { reference: `Patient/${id}` },
    effectiveDateTime: day.toString(),
    valueQuantity: { value: 5 },
  });
  await clinic.create(score({ coding: [PHQ_9_TOTAL] }, FIRST.subtract({ days: 1 })));
  await Promise.all(
    Array.from({ length: 60 }, (_, days) =>
      clinic.create(score({ coding: [PAIN_NRS] }, FIRST.add({ days }))),
    ),
  );
  const open = async (search: string) => {
    const screen = await renderScreen({ clinic, path: `/patients/${id}${search}` });
    await expect.element(screen.getByRole('heading', { level: 1, name: 'OKAFOR Ada' })).toBeVisible();
    await expect.element(screen.getByText('Loading…')).not.toBeInTheDocument();
    return screen;
  };
  return { clinic, id, open };
}

const scores = () => page.getByRole('region', { name: 'All scores' });
const filter = () => page.getByLabelText('Score:', { exact: true });
const tab = (name: RegExp) =>
  page.getByRole('navigation', { name: 'Sections of the chart' }).getByRole('link', { name });

describe('the place in a chart is in its address', () => {
  test('the kind of scores and the page, and going back finds them again', async () => {
    const { open } = await clinicWithScores();
    const { application } = await open('?section=scores');
    const { history } = application.router;
    await scores().getByRole('button', { name: 'Next' }).click();
    await expect.element(scores().getByText('Rows 51–61 of 61')).toBeVisible();
    expect(application.router.state.location.search).toEqual({ section: 'scores', page: 2 });
    await userEvent.selectOptions(filter(), 'Pain intensity (NRS), 0–10');
    await expect.element(scores().getByText('Rows 1–50 of 60')).toBeVisible();
    await scores().getByRole('button', { name: 'Next' }).click();
    await expect.element(scores().getByText('Rows 51–60 of 60')).toBeVisible();
    expect(application.router.state.location.search).toEqual({ section: 'scores', score: 'pain', page: 2 });
    await tab(/^Overview/).click();
    await expect.element(scores()).not.toBeInTheDocument();
    expect(application.router.state.location.search).toEqual({});
    history.back();
    await expect.element(scores().getByText('Rows 51–60 of 60')).toBeVisible();
    await expect.element(filter()).toHaveValue('pain');
  });

  test.each([
    ['a kind that nobody knows shows all', '&score=nrs', 'Rows 1–50 of 61', ''],
    ['a page that is none is the first', '&page=last', 'Rows 1–50 of 61', ''],
    ['a page beyond the last is the last', '&page=40', 'Rows 51–61 of 61', ''],
    ['a kind on its page', '&score=pain&page=2', 'Rows 51–60 of 60', 'pain'],
  ])('%s', async (_, search, range, kind) => {
    const { open } = await clinicWithScores();
    await open(`?section=scores${search}`);
    await expect.element(scores().getByText(range)).toBeVisible();
    await expect.element(filter()).toHaveValue(kind);
  });

  test('the page of one section is not that of another', async () => {
    const { open } = await clinicWithScores();
    await open('?section=scores&score=phq9&page=2');
    await expect.element(scores().getByText('1 score', { exact: true })).toBeVisible();
    await tab(/^Sessions/).click();
    await tab(/^Scores/).click();
    await expect.element(scores().getByText('Rows 1–50 of 61')).toBeVisible();
  });
});

test('paper holds every row, whatever page and filter are open', async () => {
  const { open } = await clinicWithScores();
  await open('?section=scores&score=phq9');
  expect(scores().getByRole('row').elements()).toHaveLength(2);
  await cdp().send('Emulation.setEmulatedMedia', { media: 'print' });
  await expect.poll(() => scores().getByRole('row').elements().length).toBe(62);
  await expect.element(filter()).not.toBeInTheDocument();
  await expect.element(page.getByText(/^As of \d\d:\d\d EST$/)).toBeInTheDocument();
  await cdp().send('Emulation.setEmulatedMedia', { media: '' });
  await expect.poll(() => scores().getByRole('row').elements().length).toBe(2);
});

test('the chart says how old it is, and offline since when it is not renewed', async () => {
  const { open } = await clinicWithScores();
  await open('');
  await expect.element(page.getByText('updated just now')).toBeVisible();
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  window.dispatchEvent(new Event('offline'));
  await expect.element(page.getByText(/Not updated since \d\d:\d\d EST/)).toBeVisible();
  online.mockRestore();
  window.dispatchEvent(new Event('online'));
  await expect.element(page.getByText('updated just now')).toBeVisible();
});

test('the chart is renewed by itself, the patient too, and says since when it was not', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: new Date() });
  const { clinic, id, open } = await clinicWithScores();
  await open('');
  for (let minute = 0; minute < 4; minute += 1) {
    await vi.advanceTimersByTimeAsync(60_000);
    await clinic.settled();
  }
  expect(clinic.asked.filter((one) => one === `GET Patient/${id}`)).toHaveLength(5);
  await expect.element(page.getByText(/^updated/)).toBeVisible();
  clinic.faults.scenario = 'failing';
  for (let minute = 0; minute < 3; minute += 1) {
    await vi.advanceTimersByTimeAsync(60_000);
    await clinic.settled();
  }
  await expect.element(page.getByRole('status', { name: /^Not updated since/ })).toBeVisible();
  await expect.element(page.getByText(/^updated/)).not.toBeInTheDocument();
});

test('on a phone the sections and the age of the chart stay within the page', async () => {
  await page.viewport(390, 800);
  const { open } = await clinicWithScores();
  await open('?section=scores');
  await expect.element(page.getByText('updated just now')).toBeVisible();
  await expect.element(scores().getByRole('button', { name: 'Next' })).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  await page.viewport(1280, 800);
});
