import type { CarePlan, Composition, Encounter } from 'fhir/r4';
import { expect, test } from 'vitest';
import { DAYS, MONDAY, clinic, codesOf, countBy, ofType, references } from './clinic-testing.ts';

const whole = clinic();

test.each(DAYS)('%s: as many courses of each phase as the cast has', { timeout: 20_000 }, (today) => {
  const courses = ofType<CarePlan>(clinic({ today }), 'CarePlan');
  for (const { category } of courses) {
    expect(codesOf(category)).toEqual(['ketamine-course', expect.stringMatching(/^phase-/)]);
  }
  const counts = countBy(courses, ({ category, status }) => `${codesOf(category)[1]} ${status}`);
  expect(counts).toEqual({
    'phase-consultation active': 18,
    'phase-induction active': 40,
    'phase-induction on-hold': 2,
    'phase-maintenance active': 147,
    'phase-maintenance on-hold': 3,
    'phase-ended completed': expect.any(Number),
    'phase-ended revoked': expect.any(Number),
  });
  // Beside those who have ended, some had a course before the one that runs.
  expect(counts['phase-ended completed']).toBeGreaterThan(25);
  expect(counts['phase-ended revoked']).toBeGreaterThan(25);
});

test('inductions stand anywhere from the first session to one too many', () => {
  const progress = ofType<CarePlan>(whole, 'CarePlan')
    .filter(({ category }) => codesOf(category).includes('phase-induction'))
    .map(({ activity }) => {
      const planned = activity?.[0]?.detail?.scheduledTiming?.repeat?.count;
      return `${activity?.[0]?.outcomeReference?.length ?? 0} of ${planned}`;
    });
  for (const step of [
    '0 of 6',
    '1 of 6',
    '2 of 6',
    '3 of 6',
    '4 of 6',
    '5 of 6',
    '6 of 6',
    '7 of 6',
    '0 of 10',
    '0 of 5',
  ]) {
    expect(progress).toContain(step);
  }
});

test('a course lists its signed sessions, all of them, in time order', () => {
  const sessions = new Map(ofType<Encounter>(whole, 'Encounter').map((one) => [`Encounter/${one.id}`, one]));
  const listed = new Set<string>();
  for (const { activity, subject } of ofType<CarePlan>(whole, 'CarePlan')) {
    const own = activity?.flatMap(({ outcomeReference }) => outcomeReference ?? []) ?? [];
    const found = own.map(({ reference = '' }) => {
      listed.add(reference);
      return sessions.get(reference);
    });
    expect(found.filter((one) => one?.subject?.reference !== subject.reference)).toEqual([]);
    expect(found.filter((one) => one?.status !== 'finished')).toEqual([]);
    const starts = found.map((one) => Date.parse(one?.period?.start ?? ''));
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  }
  const finished = [...sessions].filter(([, { status }]) => status === 'finished').map(([key]) => key);
  expect(finished.length).toBeGreaterThan(2000);
  expect(finished.filter((key) => !listed.has(key))).toEqual([]);
  expect(listed.size).toBe(finished.length);
});

test('what is not signed has an open note: three from before today', () => {
  const open = ofType<Encounter>(whole, 'Encounter').filter(({ status }) => status === 'in-progress');
  const notes = ofType<Composition>(whole, 'Composition').filter(({ status }) => status === 'preliminary');
  expect(new Set(notes.map(({ encounter }) => encounter?.reference))).toEqual(
    new Set(open.map(({ id }) => `Encounter/${id}`)),
  );
  expect(open.filter(({ period }) => !period?.start?.startsWith(MONDAY))).toHaveLength(3);
});

test('a few sessions were written for the wrong patient: withdrawn with their note, counted nowhere', () => {
  const voided = ofType<Encounter>(whole, 'Encounter').filter(({ status }) => status === 'entered-in-error');
  expect(voided.length).toBeGreaterThan(0);
  const ids = new Set(voided.map(({ id }) => `Encounter/${id}`));
  const notes = ofType<Composition>(whole, 'Composition').filter(({ encounter }) =>
    ids.has(encounter?.reference ?? ''),
  );
  expect(notes.map(({ status }) => status)).toEqual(voided.map(() => 'entered-in-error'));
  const counted = ofType<CarePlan>(whole, 'CarePlan').flatMap(({ activity }) => references(activity));
  expect(counted.filter((one) => ids.has(one))).toEqual([]);
});

test('the courses of a patient follow one another, and only the last one may run', () => {
  const byPatient = Map.groupBy(ofType<CarePlan>(whole, 'CarePlan'), ({ subject }) => subject.reference);
  const counts = countBy([...byPatient.values()], (courses) => String(courses.length));
  expect(Object.keys(counts)).toEqual(['1', '2', '3']);
  for (const courses of byPatient.values()) {
    const inOrder = courses.toSorted((a, b) => (a.period?.start ?? '').localeCompare(b.period?.start ?? ''));
    inOrder.slice(0, -1).forEach(({ period, status }, index) => {
      expect(['completed', 'revoked']).toContain(status);
      // Nobody begins anew before some months have passed; 119 on a clock change.
      const pause = Date.parse(inOrder[index + 1]?.period?.start ?? '') - Date.parse(period?.end ?? '');
      expect(pause / 86_400_000).toBeGreaterThan(119);
    });
  }
});
