import { expect, test } from 'vitest';
import { withHeldSessions } from './course-sessions.ts';

test('a course counts the sessions that were held, and those that are not at hand', () => {
  const course = { id: 'k1', seriesSessions: ['a', 'b', 'c', 'd'], maintenanceSessions: ['e', 'f'] };
  const sessions = [
    { id: 'a', state: 'finished' },
    { id: 'b', state: 'voided' },
    { id: 'c', state: 'open' },
    { id: 'e', state: 'notHeld' },
  ] as const;
  expect(withHeldSessions(course, sessions)).toEqual({
    id: 'k1',
    seriesSessions: ['a', 'c', 'd'],
    maintenanceSessions: ['f'],
  });
});
