import type { Appointment, Communication, Encounter, Provenance, RelatedPerson, Task } from 'fhir/r4';
import { expect, test } from 'vitest';
import { MONDAY, clinic, codesOf, countBy, ofType, references } from './clinic-testing.ts';

const whole = clinic();
const calls = ofType<Communication>(whole, 'Communication');
const callsOfTask = Map.groupBy(calls, ({ basedOn }) => basedOn?.[0]?.reference ?? '');

function callsFor(status: Task['status'], kind: string): readonly Communication[][] {
  return ofType<Task>(whole, 'Task')
    .filter((one) => one.status === status && codesOf(one.code && [one.code]).includes(kind))
    .map(({ id }) => callsOfTask.get(`Task/${id}`) ?? []);
}

test.each([
  ['received', 'maintenance-infusion', 0.9],
  ['on-hold', 'maintenance-infusion', 0.9],
  ['accepted', 'maintenance-infusion', 0.9],
  ['rejected', 'maintenance-infusion', 1],
  ['completed', 'maintenance-infusion', 0.9],
  ['completed', 'follow-up-call', 1],
  ['cancelled', 'follow-up-call', 1],
] as const)('%s: a %s was called about, one to three times', (status, kind, share) => {
  const attempts = callsFor(status, kind);
  expect(attempts.length).toBeGreaterThan(0);
  expect(attempts.filter((list) => list.length > 0).length / attempts.length).toBeGreaterThanOrEqual(share);
  expect(attempts.filter((list) => list.length > 3)).toEqual([]);
});

test('what is due and was not called about has no calls', () => {
  expect(callsFor('requested', 'maintenance-infusion').filter((list) => list.length > 0)).toEqual([]);
});

test('who could not be reached: why, and not after what was answered', () => {
  expect(new Set(calls.map(({ status }) => status))).toEqual(new Set(['completed', 'not-done']));
  expect(
    calls.filter(({ status, statusReason }) => (statusReason !== undefined) !== (status === 'not-done')),
  ).toEqual([]);
  const media = countBy(calls, ({ medium }) => codesOf(medium).join());
  expect(Object.keys(media).toSorted()).toEqual(['PHONE', 'SMSWRIT']);
  for (const list of callsOfTask.values()) {
    expect(list.slice(0, -1).filter(({ status }) => status === 'completed')).toEqual([]);
    const sent = list.map((one) => one.sent ?? '');
    expect(sent).toEqual(sent.toSorted());
  }
});

test('the call log names neither drug nor diagnosis nor kind of clinic', () => {
  const words = calls.flatMap(({ note, payload }) => [
    ...(note ?? []).map(({ text }) => text),
    ...(payload ?? []).map(({ contentString }) => contentString ?? ''),
  ]);
  expect(words.length).toBe(calls.length);
  expect(words.filter((text) => /ketamine|infusion|pain|clinic/i.test(text))).toEqual([]);
});

test('those who take patients home stand in their sessions', () => {
  const people = new Map(
    ofType<RelatedPerson>(whole, 'RelatedPerson').map((one) => [`RelatedPerson/${one.id}`, one]),
  );
  const sessions = ofType<Encounter>(whole, 'Encounter').filter(
    ({ status }) => status !== 'entered-in-error',
  );
  const escorted = sessions.flatMap(({ participant, subject }) => {
    const escort = participant?.find(({ type }) => codesOf(type).includes('ESC'))?.individual?.reference;
    return escort === undefined ? [] : [{ escort, subject: subject?.reference }];
  });
  expect(escorted.length / sessions.length).toBeGreaterThan(0.85);
  expect(escorted.length).toBeLessThan(sessions.length);
  expect(escorted.filter(({ escort, subject }) => people.get(escort)?.patient.reference !== subject)).toEqual(
    [],
  );
  expect(
    [...people.values()].filter(({ name, telecom }) => !name?.[0]?.family || !telecom?.[0]?.value),
  ).toEqual([]);
});

test('who changed a state, and why, is told of most of the last weeks’ changes and of none before', () => {
  const told = ofType<Provenance>(whole, 'Provenance').filter(({ id }) => /^provenance-\d/.test(id ?? ''));
  const known = new Set(told.flatMap(references).filter((one) => one.startsWith('Appointment/')));
  const lost = ofType<Appointment>(whole, 'Appointment').filter(
    ({ status, start = '' }) =>
      ['noshow', 'cancelled'].includes(status) && start > '2026-11-01' && start < '2026-11-24',
  );
  const explained = lost.filter(({ id }) => known.has(`Appointment/${id}`));
  expect(explained.length / lost.length).toBeGreaterThan(0.5);
  expect(explained.length).toBeLessThan(lost.length);
  const types = countBy(told, ({ target }) => target[0]?.reference?.split('/')[0] ?? '');
  expect(Object.keys(types).toSorted()).toEqual(['Appointment', 'CarePlan', 'Encounter', 'Task']);
  for (const { recorded, reason, agent } of told) {
    expect(recorded > '2026-10-25' && recorded <= `${MONDAY}T10:42:00-05:00`).toBe(true);
    expect(reason?.[0]?.text).not.toBe('');
    expect(agent[0]?.who.reference).toMatch(/^Practitioner\//);
  }
});
