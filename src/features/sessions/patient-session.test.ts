import { describe, expect, test } from 'vitest';
import { scoreWith } from '#tests/support/score-fixture.ts';
import { sessionWith } from '#tests/support/session-fixture.ts';
import type { AdverseEvent } from './adverse-event.ts';
import { eventsBeside, lengthText, patientSessions, type SessionRecords } from './patient-session.ts';
import type { SessionNote } from './session-note.ts';
import type { Session } from './session.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const TODAY = '2026-11-23T14:00:00Z';
const YESTERDAY = '2026-11-22T14:00:00Z';

const note = (status: SessionNote['status'], over: Partial<SessionNote> = {}): SessionNote => ({
  id: 'n1',
  patientId: '7',
  sessionId: 's1',
  status,
  addendum: false,
  signedBy: undefined,
  ...over,
});

const event = (over: Partial<AdverseEvent> = {}): AdverseEvent => ({
  id: 'v1',
  patientId: '7',
  sessionId: 's1',
  name: 'nausea',
  severity: 'mild',
  outcome: undefined,
  potential: false,
  day: undefined,
  ...over,
});

function records(sessions: readonly Session[], over: Partial<SessionRecords> = {}): SessionRecords {
  return { sessions, doses: [], events: [], notes: [], scores: [], appointments: [], ...over };
}

describe('the status of a session', () => {
  const open = { state: 'open', end: undefined } as const;
  test.each<[string, string, Partial<Session>, readonly SessionNote[], string]>([
    ['runs today', TODAY, open, [], 'running'],
    ['runs today with its note begun', TODAY, open, [note('open')], 'running'],
    ['ended today', TODAY, { state: 'open' }, [note('open')], 'unsigned'],
    ['was left open yesterday', YESTERDAY, open, [note('open')], 'unsigned'],
    ['is finished and its note open', YESTERDAY, {}, [note('open')], 'unsigned'],
    ['is finished and its note signed', YESTERDAY, {}, [note('signed')], 'signed'],
    [
      'is signed, with an open addendum',
      YESTERDAY,
      {},
      [note('signed'), note('open', { addendum: true })],
      'signed',
    ],
    ['has a signed addendum alone', YESTERDAY, {}, [note('signed', { addendum: true })], 'unsigned'],
    ['has an outcome and no note', YESTERDAY, { outcome: 'completed' }, [], 'signed'],
    ['has neither', YESTERDAY, {}, [], 'unsigned'],
    ['has a note that was a mistake', YESTERDAY, { outcome: 'completed' }, [note('mistake')], 'signed'],
    ['was voided, whatever its note', YESTERDAY, { state: 'voided' }, [note('signed')], 'voided'],
    ['was cancelled', YESTERDAY, { state: 'notHeld' }, [], 'notHeld'],
    ['is of an unknown status', YESTERDAY, { state: 'unknown' }, [], 'unknown'],
  ])('that %s', (_, date, over, notes, status) => {
    const [session] = patientSessions(records([sessionWith('s1', date, over)], { notes }), today);
    expect(session?.status).toBe(status);
  });
});

test.each([
  ['fulfilled', 'unsigned'],
  ['inSession', 'running'],
] as const)('an open session of today whose appointment is %s is %s', (state, status) => {
  const session = sessionWith('s1', TODAY, { state: 'open', end: undefined, appointmentId: 'a1' });
  const given = records([session], { appointments: [{ id: 'a1', state }] });
  expect(patientSessions(given, today)[0]?.status).toBe(status);
});

test('a session has its own dose, pain, events and addenda', () => {
  const pain = (taken: 'beforeSession' | 'during' | 'afterSession', value: number, over = {}) =>
    scoreWith('2026-11-22T14:00:00Z', { sessionId: 's1', taken, value, ...over });
  const [session] = patientSessions(
    records([sessionWith('s1', YESTERDAY)], {
      doses: [
        { sessionId: 's1', doseMg: undefined },
        { sessionId: 's1', doseMg: 30.5 },
        { sessionId: 's2', doseMg: 99 },
      ],
      events: [event(), event({ id: 'v2', sessionId: 's2' })],
      notes: [
        note('signed', { signedBy: 'Dr Iyer' }),
        note('signed', { addendum: true }),
        note('mistake', { addendum: true }),
      ],
      scores: [
        pain('beforeSession', 9, { status: 'mistake' }),
        pain('beforeSession', 5),
        pain('during', 0),
        pain('afterSession', 1, { vital: true }),
        pain('afterSession', 2),
        pain('afterSession', 3, { sessionId: 's2' }),
        pain('beforeSession', 7, { kind: 'peg' }),
      ],
    }),
    today,
  );
  expect(session).toMatchObject({
    doseMg: 30.5,
    painBefore: 5,
    painAfter: 2,
    minutes: 40,
    addenda: 1,
    signedBy: 'Dr Iyer',
  });
  expect(session?.events.map(({ id }) => id)).toEqual(['v1']);
});

test('sessions stand the latest first, events without one beside them', () => {
  const sessions = [
    sessionWith('old', '2026-01-02T14:00:00Z'),
    sessionWith('undated', 'some day'),
    sessionWith('new', YESTERDAY),
  ];
  const given = records(sessions, {
    events: [event({ sessionId: 'new' }), event({ id: 'v2', sessionId: undefined })],
  });
  expect(patientSessions(given, today).map(({ id }) => id)).toEqual(['new', 'old', 'undated']);
  expect(eventsBeside(given).map(({ id }) => id)).toEqual(['v2']);
});

test.each([
  [40, '0:40'],
  [5, '0:05'],
  [60, '1:00'],
  [247, '4:07'],
])('%d minutes are %s h', (minutes, text) => {
  expect(lengthText(minutes)).toBe(text);
});

test.each([
  ['at its beginning', YESTERDAY, undefined],
  ['before it', '2026-11-22T13:00:00Z', undefined],
  ['an hour after', '2026-11-22T15:00:00Z', 60],
])('an end %s', (_, end, minutes) => {
  const session = sessionWith('s1', YESTERDAY, { end: Temporal.Instant.from(end) });
  expect(patientSessions(records([session]), today)[0]?.minutes).toBe(minutes);
});
