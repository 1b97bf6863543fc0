import type { CarePlan, Encounter } from 'fhir/r4';
import { expect, test } from 'vitest';
import { DAYS, MONDAY, clinic, codesOf, countBy, ofType, references } from './clinic-testing.ts';

const whole = clinic();

test.each(DAYS)('%s: as many courses of each phase as the cast has', (today) => {
  const courses = ofType<CarePlan>(clinic({ today }), 'CarePlan');
  for (const { category } of courses) {
    expect(codesOf(category)).toEqual(['ketamine-course', expect.stringMatching(/^phase-/)]);
  }
  expect(countBy(courses, ({ category, status }) => `${codesOf(category)[1]} ${status}`)).toEqual({
    'phase-consultation active': 18,
    'phase-induction active': 40,
    'phase-induction on-hold': 2,
    'phase-maintenance active': 147,
    'phase-maintenance on-hold': 3,
    'phase-ended completed': 13,
    'phase-ended revoked': 7,
  });
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
    const starts = own.map(({ reference }) => {
      const session = sessions.get(reference ?? '');
      listed.add(reference ?? '');
      expect(session?.subject?.reference).toBe(subject.reference);
      expect(session?.status).toBe('finished');
      return Date.parse(session?.period?.start ?? '');
    });
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  }
  const finished = [...sessions].filter(([, { status }]) => status === 'finished').map(([key]) => key);
  expect(finished.length).toBeGreaterThan(1000);
  expect(new Set(finished)).toEqual(listed);
});

test('what is not signed has an open note: three from before today', () => {
  const open = ofType<Encounter>(whole, 'Encounter').filter(({ status }) => status === 'in-progress');
  const notes = whole.flatMap((one) => (one.resourceType === 'Composition' ? [references(one)] : []));
  expect(new Set(notes.flat().filter((one) => one.startsWith('Encounter/')))).toEqual(
    new Set(open.map(({ id }) => `Encounter/${id}`)),
  );
  expect(open.filter(({ period }) => !period?.start?.startsWith(MONDAY))).toHaveLength(3);
});
