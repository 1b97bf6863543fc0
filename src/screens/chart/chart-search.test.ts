import { expect, test } from 'vitest';
import { chartSearch } from './chart-search.ts';

test.each([
  [{}, { section: 'overview' }],
  [
    { section: 'scores', score: 'phq9', page: 3 },
    { section: 'scores', score: 'phq9', page: 3 },
  ],
  [{ section: 'nowhere', score: 'nrs', page: 'last' }, { section: 'overview' }],
  [{ section: 'sessions', page: 0 }, { section: 'sessions' }],
  [{ section: 'sessions', page: 1.5 }, { section: 'sessions' }],
  [{ section: 'sessions', page: -1 }, { section: 'sessions' }],
])('an address %j means %j', (address, search) => {
  expect(chartSearch.parse(address)).toEqual(search);
});
