import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { partOf, renderSection } from '#tests/support/render-section.tsx';
import { scoreWith } from '#tests/support/score-fixture.ts';
import { sessionWith } from '#tests/support/session-fixture.ts';
import type { CourseDetail } from '#src/features/courses/course-detail.ts';
import type { AdverseEvent } from '#src/features/sessions/adverse-event.ts';
import type { SessionNote } from '#src/features/sessions/session-note.ts';
import { SessionsSection, type SessionParts } from './SessionsSection.tsx';

const course: CourseDetail = {
  id: 'c1',
  patientId: '7',
  phase: 'maintenance',
  paused: false,
  protocolUri: undefined,
  conditionId: undefined,
  planned: 6,
  seriesSessions: ['s1'],
  maintenanceSessions: ['s2', 's3'],
  start: undefined,
  from: undefined,
  until: undefined,
  ending: undefined,
  reason: undefined,
  intervalDays: undefined,
  protocolIntervalDays: undefined,
};
const note = (sessionId: string, status: SessionNote['status']): SessionNote => ({
  id: `note-${sessionId}`,
  patientId: '7',
  sessionId,
  status,
  addendum: false,
  signedBy: 'Dr Iyer',
});
const nausea: AdverseEvent = {
  id: 'v1',
  patientId: '7',
  sessionId: 's3',
  name: 'nausea',
  severity: 'mild',
  outcome: undefined,
  potential: false,
  day: Temporal.PlainDate.from('2026-10-14'),
};

const PARTS: SessionParts = {
  appointments: partOf([]),
  courses: partOf([course]),
  sessions: partOf([
    sessionWith('s4', '2026-11-23T14:00:00Z', { state: 'open', end: undefined }),
    sessionWith('s3', '2026-10-14T14:00:00Z'),
    sessionWith('v', '2026-10-13T14:00:00Z', { state: 'voided', chair: 'Chair 9' }),
    sessionWith('s2', '2026-08-19T14:00:00Z'),
    sessionWith('s1', '2026-03-04T14:00:00Z', { phase: 'induction' }),
  ]),
  doses: partOf([{ sessionId: 's3', doseMg: 31 }]),
  events: partOf([nausea]),
  notes: partOf([note('s3', 'signed'), note('s2', 'open'), note('s1', 'signed')]),
  scores: partOf([
    scoreWith('2026-10-14T13:50:00Z', { value: 4, taken: 'beforeSession', sessionId: 's3' }),
    scoreWith('2026-10-14T15:00:00Z', { value: 1, taken: 'afterSession', sessionId: 's3' }),
  ]),
};

function renderSessions(over: Partial<SessionParts> = {}, limit?: number) {
  return renderSection(
    <SessionsSection
      parts={{ ...PARTS, ...over }}
      failed={false}
      all={<a href="#all">all 5</a>}
      {...(limit !== undefined && { limit })}
    />,
  );
}

test('a session shows its place in the course, dose, visit, pain, events and signature', async () => {
  const screen = await renderSessions();
  const row = screen.getByRole('row', { name: /^14 Oct 2026/ });
  for (const name of [
    '2nd maintenance',
    'Chair 1',
    '31.0 mg',
    '0:40 h',
    /4 before, 1 after/,
    'nausea, mild',
    'Signed',
  ]) {
    await expect.element(row.getByRole('cell', { name })).toBeVisible();
  }
});

test.each([
  ['23 Nov 2026', '3rd maintenance', 'Running'],
  ['19 Aug 2026', '1st maintenance', 'Unsigned'],
  ['4 Mar 2026', 'induction 1 of 6', 'Signed'],
  ['13 Oct 2026', 'maintenance', 'Voided'],
])('that of %s is the %s, %s', async (day, number, status) => {
  const screen = await renderSessions();
  const row = screen.getByRole('row', { name: new RegExp(`^${day}`) });
  await expect.element(row.getByRole('cell', { name: number, exact: true })).toBeVisible();
  await expect.element(row.getByRole('cell', { name: status, exact: true })).toBeVisible();
});

test('a voided one stays, struck through', async () => {
  const screen = await renderSessions();
  const chair = screen.getByRole('cell', { name: 'Chair 9' });
  expect(getComputedStyle(chair.element()).textDecorationLine).toBe('line-through');
});

test('the latest lead to all of them', async () => {
  const screen = await renderSessions({}, 2);
  expect(screen.getByRole('row').elements()).toHaveLength(3);
  await expect.element(screen.getByRole('link', { name: 'all 5' })).toBeVisible();
});

test('all of them lead nowhere, and events beside them are told', async () => {
  const screen = await renderSessions({ events: partOf([{ ...nausea, sessionId: undefined }]) });
  await expect
    .element(screen.getByText(/^Events outside of these sessions: nausea, mild, 14 Oct 2026/))
    .toBeVisible();
  await expect.element(screen.getByRole('link')).not.toBeInTheDocument();
});

test('what is missing of their doses is said once, where notes failed for the same reason', async () => {
  const failure = 'The server did not answer at 10:42.';
  const screen = await renderSessions({ doses: partOf([], { failure }), notes: partOf([], { failure }) });
  await expect.element(screen.getByText(failure)).toBeVisible();
  expect(screen.getByText(failure).elements()).toHaveLength(1);
});

describe('pain that may be recorded and was not loaded', () => {
  const pain = (day: string) => screen.getByRole('row', { name: new RegExp(`^${day}`) });
  let screen: Awaited<ReturnType<typeof renderSessions>>;

  test('is said of the sessions that are as old as the oldest score, and of no other', async () => {
    const scores = partOf(PARTS.scores.items, { more: true, total: 812 });
    screen = await renderSessions({ scores });
    await expect.element(pain('19 Aug 2026').getByRole('cell', { name: 'not loaded' })).toBeVisible();
    await expect.element(pain('4 Mar 2026').getByRole('cell', { name: 'not loaded' })).toBeVisible();
    await expect
      .element(pain('23 Nov 2026').getByRole('cell', { name: 'not loaded' }))
      .not.toBeInTheDocument();
    await expect.element(screen.getByText(/Pain –: not recorded, or not loaded/)).toBeVisible();
  });

  test('is said where scores failed', async () => {
    const [before] = PARTS.scores.items;
    const scores = partOf(before === undefined ? [] : [before], { failure: 'The server did not answer.' });
    screen = await renderSessions({ scores });
    await expect
      .element(pain('14 Oct 2026').getByRole('cell', { name: /4 before, not loaded after/ }))
      .toBeVisible();
    await expect.element(pain('23 Nov 2026').getByRole('cell', { name: 'not loaded' })).toBeVisible();
  });

  test('is nothing to speak of where all scores are here', async () => {
    screen = await renderSessions();
    await expect.element(pain('19 Aug 2026').getByRole('cell', { name: 'Unsigned' })).toBeVisible();
    await expect.element(screen.getByText(/not loaded/)).not.toBeInTheDocument();
  });
});

test('the length is that of the visit, and says so', async () => {
  const screen = await renderSessions();
  await expect.element(screen.getByRole('columnheader', { name: 'Visit' })).toBeVisible();
  await expect.element(screen.getByText(/^Visit: from the start of the session to discharge/)).toBeVisible();
});

test('none at all', async () => {
  const screen = await renderSessions({ sessions: partOf([]), events: partOf([]) });
  await expect.element(screen.getByText('No session yet.')).toBeVisible();
});

test('on a phone a session is a block of lines, within the page', async () => {
  await page.viewport(390, 800);
  const screen = await renderSessions();
  const row = screen.getByRole('row', { name: /^14 Oct 2026/ });
  await expect.element(row.getByText('31.0 mg')).toBeVisible();
  expect(getComputedStyle(row.element()).display).toBe('flex');
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  await page.viewport(1280, 800);
});
