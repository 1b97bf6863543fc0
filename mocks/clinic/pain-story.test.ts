import { expect, test } from 'vitest';
import { people } from './clinical-testing.ts';
import { painStory } from './pain-story.ts';
import { sessionFacts } from './session-facts.ts';

const { patients, time } = people();
const stories = patients.flatMap(({ person, courses }) => {
  const sessions = sessionFacts(person, courses, time);
  return sessions.length === 0 ? [] : [{ story: painStory(person, courses, sessions), sessions }];
});

test('pain without treatment lies between 4 and 9', () => {
  for (const { story } of stories) {
    expect(story.baseline).toBeGreaterThanOrEqual(4);
    expect(story.baseline).toBeLessThanOrEqual(9);
  }
});

test('nothing is relieved before the first session, and relief is always a share', () => {
  for (const { story, sessions } of stories) {
    expect(story.relief(sessions[0]?.visit.slot.day ?? 0)).toBe(0);
    for (let day = -900; day <= 0; day += 7) {
      expect(story.relief(day)).toBeGreaterThanOrEqual(0);
      expect(story.relief(day)).toBeLessThan(1);
    }
  }
});

test('of responders relief grows over the series and fades after the last session', () => {
  for (const { story, sessions } of stories) {
    const [first, second] = sessions.filter(({ voided }) => !voided);
    const last = sessions.findLast(({ voided }) => !voided);
    if (!story.responder || first === undefined || second === undefined || last === undefined) continue;
    expect(story.relief(second.visit.slot.day)).toBeGreaterThan(0);
    const { day } = last.visit.slot;
    expect(story.relief(day + 60)).toBeLessThan(story.relief(day + 1));
  }
});

test('it fades at the person’s own pace: some within six weeks, some after three months', () => {
  const lasts = stories.flatMap(({ story, sessions }) => {
    const from = sessions.at(-1)?.visit.slot.day ?? 0;
    if (!story.responder || story.relief(from + 1) < 0.35) return [];
    let days = 1;
    while (days < 400 && story.relief(from + days) >= 0.3) days++;
    return [days];
  });
  expect(lasts.length).toBeGreaterThan(60);
  expect(lasts.filter((days) => days < 42).length).toBeGreaterThan(5);
  expect(lasts.filter((days) => days > 90).length).toBeGreaterThan(5);
});
