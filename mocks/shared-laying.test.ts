import { describe, expect, test } from 'vitest';
import { wishesIn } from './address-wishes.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { clockSetTo, layingAt, type Laying } from './laying.ts';
import { firstLaying } from './shared-laying.ts';

const timeZone = 'America/New_York';
const MORNING = Temporal.Instant.from('2026-11-24T14:00:00Z');
const NOON = MORNING.add({ hours: 3 });
const EDIT: JournalEntry = {
  kind: 'version',
  version: { type: 'Patient', id: 'p', versionId: 2, lastUpdated: MORNING.toString(), resource: undefined },
};

function journalOf(...entries: JournalEntry[]) {
  const appended: JournalEntry[] = [];
  const journal: Journal = {
    catchUp: async () => entries,
    append: async (more) => void appended.push(...more),
  };
  return { journal, appended };
}

const laid = (laying: Laying): JournalEntry => ({ kind: 'laid', laying });
const start = (
  entries: JournalEntry[],
  {
    query = '',
    alone = false,
    real = NOON,
  }: { query?: string; alone?: boolean; real?: Temporal.Instant } = {},
) => {
  const { journal, appended } = journalOf(...entries);
  const options = { wishes: wishesIn(query, timeZone), alone, real, timeZone };
  return firstLaying(journal, options).then((started) => ({ ...started, appended }));
};
const usual = layingAt({ day: 'usual' }, MORNING, timeZone);

test('the first tab lays the clinic for this hour', async () => {
  const { laying, appended } = await start([]);
  expect(laying).toEqual(layingAt({ day: 'usual' }, NOON, timeZone));
  expect(appended).toEqual([laid(laying)]);
});

test('another tab takes the same, with what was written since', async () => {
  expect(await start([laid(usual), EDIT])).toEqual({ laying: usual, entries: [EDIT], appended: [] });
});

test('so does one that is alone, where something was written', async () => {
  expect(await start([laid(usual), EDIT], { alone: true })).toMatchObject({ laying: usual, appended: [] });
});

test('alone and with nothing written, the morning gives way to noon', async () => {
  const { laying } = await start([laid(usual)], { alone: true });
  expect(laying.at).toBe(NOON.toString());
});

test('yesterday is over, whatever was written', async () => {
  const { laying, entries } = await start([laid(usual), EDIT], { real: NOON.add({ hours: 24 }) });
  expect([laying.today, entries]).toEqual(['2026-11-25', []]);
});

test('a clock that was set outlives the real day', async () => {
  const clock = clockSetTo(Temporal.Instant.from('2026-11-23T15:42:00Z'), MORNING);
  const set = layingAt({ day: 'usual', clock }, MORNING, timeZone);
  const { laying } = await start([laid(set), EDIT], { real: MORNING.add({ hours: 9 }) });
  expect(laying).toEqual(set);
});

describe('the address', () => {
  test('sets the clock', async () => {
    const { laying } = await start([laid(usual), EDIT], { query: '?clock=2026-11-23T10:42' });
    expect(laying).toMatchObject({ today: '2026-11-23', at: '2026-11-23T15:42:00Z', day: 'usual' });
  });

  test('asks for a kind of day; the busy one is a Monday', async () => {
    expect((await start([], { query: '?scenario=quiet' })).laying).toMatchObject({
      day: 'quiet',
      today: '2026-11-24',
    });
    expect((await start([], { query: '?scenario=busy' })).laying).toMatchObject({
      day: 'busy',
      today: '2026-11-30',
      at: '2026-11-30T15:42:00Z',
    });
    expect((await start([], { query: '?scenario=busy&clock=2026-11-25T09:00' })).laying).toMatchObject({
      day: 'busy',
      today: '2026-11-25',
    });
  });

  test.each([
    ['?scenario=sunny', /no scenario “sunny”/],
    ['?clock=noon', /“noon” is no time/],
    ['?scenario=&clock=2026-02-30T10:00', /no scenario “”.*“2026-02-30T10:00” is no time/],
  ])('is answered where it is not understood: %s', (query, notice) => {
    expect(wishesIn(query, timeZone)).toEqual({ notice: expect.stringMatching(notice) });
  });

  test.each([
    ['', {}],
    ['?scenario=slow', { scenario: 'slow' }],
    ['?scenario=busy', { day: 'busy' }],
  ])('%j is understood', (query, wishes) => {
    expect(wishesIn(query, timeZone)).toEqual(wishes);
  });
});
