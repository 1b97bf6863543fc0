import { describe, expect, test } from 'vitest';
import { people } from './clinical-testing.ts';
import { intervalFrom, toldStory } from './relief-durations.ts';
import { scoreContacts } from './score-contacts.ts';
import type { ScoreSheet } from './score-records.ts';
import { sessionFacts } from './session-facts.ts';

const { patients, time } = people();
const inMaintenance = patients.flatMap(({ person, courses }) => {
  const plan = courses.at(-1);
  if (plan?.phase !== 'maintenance') return [];
  const sessions = sessionFacts(person, courses, time);
  const contacts = scoreContacts(person, courses, sessions, time);
  return [{ plan, sessions, ...toldStory(person, courses, sessions, contacts) }];
});

test('the interval in force is what the patient’s own scores say, within a week for nine in ten', () => {
  const off = inMaintenance.map(({ plan, sessions, sheets }) =>
    Math.abs((intervalFrom(plan, sessions, sheets) ?? NaN) - plan.intervalDays),
  );
  expect(off.length).toBeGreaterThan(130);
  expect(off.filter((days) => days <= 7).length / off.length).toBeGreaterThan(0.88);
  expect(off.filter((days) => days <= 14).length / off.length).toBeGreaterThan(0.94);
});

test('who has come for maintenance three times and more has had relief', () => {
  const kept = inMaintenance.filter(
    ({ plan, sessions }) =>
      sessions.filter((one) => one.plan === plan && one.visit.service === 'maintenance' && !one.voided)
        .length > 2,
  );
  expect(kept.length).toBeGreaterThan(60);
  expect(kept.filter(({ story }) => !story.responder)).toEqual([]);
});

describe('the rule', () => {
  // A short-6 course with the series and three maintenance sessions, on which scores are laid by hand.
  const found = inMaintenance.find(
    ({ plan, sessions }) =>
      plan.protocol?.id === 'short-6' && sessions.filter((one) => maintenance(one, plan)).length >= 3,
  );
  if (found === undefined) throw new Error('Nobody has three maintenance sessions');
  const { plan, sessions } = found;
  const own = sessions.filter((one) => one.plan === plan && !one.voided);
  const ends = own.slice(own.findLastIndex(({ visit }) => visit.service === 'induction'));
  const sheet = (day: number, pain: number): ScoreSheet => ({
    observed: { subject: {}, performer: [] },
    key: `${day}`,
    day,
    minute: 600,
    session: undefined,
    pain,
    others: () => [],
  });
  const start = own[0]?.visit.slot.day ?? 0;
  const day = (place: number) => ends[place]?.visit.slot.day ?? NaN;

  test.each([
    ['no scores at all', [], 84],
    ['relief that outlasts every gap', [0, 1, 2].flatMap((at) => [sheet(day(at) + 20, 2)]), 84],
    ['one duration only', [sheet(day(0) + 20, 2), sheet(day(0) + 40, 10)], 84],
    [
      // Baseline 10, worn off above 7: crossed at 5/8 of the way from day 20 to day 36.
      'two durations of 30 days',
      [0, 1].flatMap((at) => [sheet(day(at) + 20, 2), sheet(day(at) + 36, 10)]),
      30,
    ],
    [
      'two of ten days, below the least interval',
      [0, 1].flatMap((at) => [sheet(day(at) + 5, 2), sheet(day(at) + 13, 10)]),
      28,
    ],
  ])('%s', (_, scores, interval) => {
    expect(intervalFrom(plan, sessions, [sheet(start - 3, 10), ...scores])).toBe(interval);
  });
});

function maintenance(
  one: (typeof inMaintenance)[number]['sessions'][number],
  plan: (typeof inMaintenance)[number]['plan'],
): boolean {
  return one.plan === plan && one.visit.service === 'maintenance' && !one.voided;
}
