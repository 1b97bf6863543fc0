import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXAMPLES, example } from './example-records.ts';
import { testServer, type TestServer } from './server-fixture.ts';

const SEARCHES = [
  'Task?status=requested',
  'Task?status=completed,cancelled',
  'Task?patient=Patient/okafor',
  'Task?patient=Patient/other&status=requested',
  'Task?period=lt2026-06-01',
  'Task?period=ge2026-06-01&_sort=-period',
  'Task?identifier=n|1',
  'Task?identifier=1&_sort=status',
  'Task?_sort=period,_id',
  'Task?_sort=-_lastUpdated',
];

type Step =
  | { readonly kind: 'create'; readonly task: Record<string, unknown> }
  | { readonly kind: 'update' | 'delete'; readonly pick: number; readonly task: Record<string, unknown> };

const task = fc
  .record({
    status: fc.constantFrom('requested', 'completed', 'cancelled'),
    patient: fc.constantFrom('okafor', 'other'),
    month: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    number: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
  })
  .map(({ status, patient, month, number }) => ({
    status,
    for: { reference: `Patient/${patient}` },
    executionPeriod:
      month === undefined ? undefined : { start: `2026-0${month}-01`, end: `2026-0${month}-01` },
    identifier: number === undefined ? undefined : [{ system: 'n', value: String(number) }],
  }));

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), task }),
  fc.record({ kind: fc.constantFrom('update' as const, 'delete' as const), pick: fc.nat(), task }),
);

const START = [
  ...Object.values(EXAMPLES).filter(({ id }) => id !== 'call'),
  example('Patient', { id: 'other' }),
];

test('after any writes a search finds what a server that starts with their result finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const server = testServer(START);
      await look(server);
      for (const item of steps) await run(server, item);
      expect(await look(server)).toEqual(await look(testServer(server.server.all())));
    }),
    { numRuns: 60 },
  );
});

async function run(server: TestServer, item: Step): Promise<void> {
  const ids = await server.ids('Task?_count=100');
  const id = item.kind === 'create' ? 'new' : ids[item.pick % ids.length];
  if (id === undefined) return;
  const { headers } = await server.get(`Task/${id}`);
  const body = example('Task', { ...item.task, id });
  const answer = await {
    create: () => server.send('POST', 'Task', { body }),
    update: () =>
      server.send('PUT', `Task/${id}`, { body, headers: { 'If-Match': headers.get('ETag') ?? '' } }),
    delete: () => server.send('DELETE', `Task/${id}`),
  }[item.kind]();
  expect(answer.status).toBeLessThan(300);
}

function look(server: TestServer): Promise<string[][]> {
  return Promise.all(SEARCHES.map((search) => server.ids(search)));
}
