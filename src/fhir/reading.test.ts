import { describe, expect, test } from 'vitest';
import { FhirError } from './error.ts';
import {
  BASE,
  fakeServer,
  json,
  lostConnection,
  outcome,
  patient,
  responses,
  searchset,
  type SentRequest,
} from './fake-fetch.ts';
import { searchRequest } from './search.ts';

const tasks = searchRequest('Task', { status: 'requested', _sort: 'period,_id', _include: 'Task:patient' });
const task = (id: string, patientId: string) => ({
  resourceType: 'Task',
  id,
  for: { reference: `Patient/${patientId}` },
});

/** The entries of a batch, as the server got them. */
function urlsIn({ body }: SentRequest): readonly string[] {
  const { entry }: { entry: readonly { request: { method: string; url: string } }[] } = JSON.parse(body);
  return entry.map(({ request }) => `${request.method} ${decodeURIComponent(request.url)}`);
}

/** `3 matches`, or the kind of error. */
function brief(answers: readonly (FhirError | { matches: readonly unknown[] })[]): readonly string[] {
  return answers.map((answer) =>
    answer instanceof FhirError ? answer.kind : `${answer.matches.length} matches`,
  );
}

describe('a page', () => {
  test('is asked for strictly', async () => {
    const server = fakeServer([json(searchset([task('1', 'a')], { included: [patient('a')], total: 1 }))]);
    const page = await server.client.searchPage(tasks);
    expect(server.asked()).toEqual(['GET Task?status=requested&_sort=period,_id&_include=Task:patient']);
    expect(server.requests[0]?.headers.get('prefer')).toBe('handling=strict');
    expect(page.matches).toEqual([task('1', 'a')]);
    expect(page.included.get('Patient/a')).toEqual(patient('a'));
  });

  test('is asked for plainly where the server does not know the header', async () => {
    const server = fakeServer([json(searchset([]))], { preferStrict: false });
    await server.client.searchPage(tasks);
    expect(server.requests[0]?.headers.has('prefer')).toBe(false);
  });

  test('that tells who somebody is stays out of the URL', async () => {
    const server = fakeServer([lostConnection(), json(searchset([patient('1')]))]);
    await server.client.searchPage(searchRequest('Patient', { phone: '+49 1' }, { identifying: true }));
    expect(server.asked()).toEqual(['POST Patient/_search', 'POST Patient/_search']);
    expect(server.requests[1]).toMatchObject({ url: `${BASE}/Patient/_search`, body: 'phone=%2B49%201' });
    expect(server.requests[1]?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
  });

  test('that tells who somebody is goes into the URL where the server knows no other way', async () => {
    const server = fakeServer([json(searchset([]))], { postSearch: false });
    await server.client.searchPage(searchRequest('Patient', { name: 'a' }, { identifying: true }));
    expect(server.asked()).toEqual(['GET Patient?name=a']);
  });

  test('is sorted by one key where the server knows no second one', async () => {
    const server = fakeServer([json(searchset([]))], { sortTieBreaker: false });
    await server.client.searchPage(tasks);
    expect(server.asked()).toEqual(['GET Task?status=requested&_sort=period&_include=Task:patient']);
  });

  test('leads to the next one by the link of the server, verbatim', async () => {
    const next = `${BASE}/Task?_page=abc%2B%7C&x=1`;
    const server = fakeServer([json(searchset([], { next })), json(searchset([]))]);
    const first = await server.client.searchPage(tasks);
    const second = await server.client.searchPage({ next: first.next ?? '' });
    expect(server.requests[1]?.url).toBe(next);
    expect(second.next).toBeUndefined();
  });

  test('can be read though its link leads elsewhere; only following it is refused', async () => {
    const server = fakeServer([json(searchset([patient('1')], { next: 'http://internal/fhir?page=2' }))]);
    const { matches, next } = await server.client.searchPage(searchRequest('Patient', {}));
    expect(matches).toHaveLength(1);
    await expect(server.client.searchPage({ next: next ?? '' })).rejects.toMatchObject({
      kind: 'refused-link',
    });
    expect(server.requests).toHaveLength(1);
  });

  test('that is an outcome instead of a bundle is unreadable, with its reason', async () => {
    const work = fakeServer([json(outcome('Too many'))]).client.searchPage(tasks);
    await expect(work).rejects.toMatchObject({ kind: 'unreadable', issues: [{ text: 'Too many' }] });
  });
});

describe('what should come along, on a server that does not send it', () => {
  test('is fetched by id in a second step, on the next page too', async () => {
    const next = `${BASE}/Task?page=2`;
    const server = fakeServer(
      [
        json(searchset([task('1', 'a'), task('2', 'b'), task('3', 'a')], { next })),
        json(searchset([patient('a'), patient('b')])),
        json(searchset([task('4', 'c')])),
        json(searchset([patient('c')])),
      ],
      { include: false },
    );
    const first = await server.client.searchPage(tasks);
    const second = await server.client.searchPage({ next: first.next ?? '' });
    expect([...first.included.keys()]).toEqual(['Patient/a', 'Patient/b']);
    expect([...second.included.keys()]).toEqual(['Patient/c']);
    expect(server.asked()).toEqual([
      'GET Task?status=requested&_sort=period,_id',
      'GET Patient?_id=a,b&_count=2',
      'GET Task?page=2',
      'GET Patient?_id=c&_count=1',
    ]);
  });

  test('is fetched a hundred at a time', async () => {
    const rows = Array.from({ length: 150 }, (_, index) => task(`${index}`, `p${index}`));
    const server = fakeServer(
      ({ url }) => {
        const ids = new URL(url).searchParams.get('_id')?.split(',');
        return json(searchset(ids?.map((id) => patient(id)) ?? rows));
      },
      { include: false },
    );
    const page = await server.client.searchPage(tasks);
    expect(page.included.size).toBe(150);
    expect(server.requests).toHaveLength(3);
  });

  test('needs no second step where nothing is referred to', async () => {
    const server = fakeServer([json(searchset([{ resourceType: 'Task', id: '1' }]))], { include: false });
    await server.client.searchPage(tasks);
    expect(server.requests).toHaveLength(1);
  });
});

describe('what should come along, on a server that sends a hundred at most', () => {
  const rows = (first: number) =>
    Array.from({ length: 120 }, (_, index) => task(`${first + index}`, `p${first + index}`));
  const patients = (items: readonly { for: { reference: string } }[]) =>
    items.slice(0, 100).map(({ for: { reference } }) => patient(reference.slice('Patient/'.length)));

  test('is fetched where it is missing, on the next page too', async () => {
    const next = `${BASE}/Task?page=2`;
    const server = fakeServer(({ url, target }) => {
      const ids = new URL(url).searchParams.get('_id')?.split(',');
      if (ids) return json(searchset(ids.map((id) => patient(id))));
      const items = rows(target === 'Task?page=2' ? 500 : 0);
      const page = searchset(items, { included: patients(items) });
      return json(items[0]?.id === '0' ? { ...page, link: [{ relation: 'next', url: next }] } : page);
    });
    const first = await server.client.searchPage(tasks);
    expect(first.included.size).toBe(120);
    const second = await server.client.searchPage({ next: first.next ?? '' });
    expect(second.included.size).toBe(120);
    expect(server.requests[2]?.url).toBe(next);
    expect(server.asked().map((line) => line.slice(0, 22))).toEqual([
      'GET Task?status=reques',
      'GET Patient?_id=p100,p',
      'GET Task?page=2',
      'GET Patient?_id=p600,p',
    ]);
  });

  test('is not looked for where less came', async () => {
    const server = fakeServer([json(searchset([task('1', 'gone')], { included: [] }))]);
    expect((await server.client.searchPage(tasks)).included.size).toBe(0);
    expect(server.requests).toHaveLength(1);
  });
});

describe('all pages', () => {
  const page = (ids: readonly string[], next?: string) =>
    json(
      searchset(
        ids.map((id) => patient(id)),
        { total: 5, ...(next !== undefined && { next: `${BASE}/Patient?p=${next}` }) },
      ),
    );
  const everybody = searchRequest('Patient', { _sort: 'family' });

  test('are one list, in which everybody is once', async () => {
    const server = fakeServer([page(['1', '2'], '2'), page(['2', '3'], '3'), page(['1', '4'])]);
    const { matches, complete, total } = await server.client.searchAll(everybody);
    expect(matches.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
    expect({ complete, total }).toEqual({ complete: true, total: 5 });
    expect(server.asked()).toEqual(['GET Patient?_sort=family', 'GET Patient?p=2', 'GET Patient?p=3']);
  });

  test('can begin at a link', async () => {
    const server = fakeServer([page(['3'], '3'), page(['4'])]);
    const { matches } = await server.client.searchAll({ next: `${BASE}/Patient?p=2` });
    expect(matches.map(({ id }) => id)).toEqual(['3', '4']);
  });

  test.each([
    [2, ['1', '2'], false, 1],
    [3, ['1', '2', '3'], false, 2],
    [4, ['1', '2', '3', '4'], true, 2],
  ])('end at %i rows, and say whether that was all', async (maxRows, ids, complete, requests) => {
    const server = fakeServer([page(['1', '2'], '2'), page(['3', '4'])]);
    const result = await server.client.searchAll(everybody, { maxRows });
    expect(result.matches.map(({ id }) => id)).toEqual(ids);
    expect(result.complete).toBe(complete);
    expect(server.requests).toHaveLength(requests);
  });

  test('keep every record without an id: none is the same as another', async () => {
    const nameless = { resourceType: 'Patient' };
    const { matches } = await fakeServer([json(searchset([nameless, nameless]))]).client.searchAll(everybody);
    expect(matches).toHaveLength(2);
  });

  test('that lead in a circle are an error, not an endless list', async () => {
    const server = fakeServer(() => page(['1'], '2'));
    await expect(server.client.searchAll(everybody)).rejects.toMatchObject({
      kind: 'unreadable',
      path: 'Patient',
    });
    expect(server.requests).toHaveLength(2);
  });

  test('fail where a later one does, rather than looking complete', async () => {
    const server = fakeServer([page(['1'], '2'), json({}, 500)]);
    await expect(server.client.searchAll(everybody)).rejects.toMatchObject({ kind: 'server' });
  });
});

describe('many searches', () => {
  const three = ['a', 'b', 'c'].map((id) => searchRequest('Task', { patient: `Patient/${id}` }));

  test('are one batch, and each fails for itself', async () => {
    const refused = { response: { status: '403 Forbidden', outcome: outcome('Not yours') } };
    const answer = responses(searchset([task('1', 'a')]), '200', searchset([]));
    const server = fakeServer([json({ ...answer, entry: answer.entry.with(1, refused) })]);
    const answers = await server.client.searchMany(three);
    expect(brief(answers)).toEqual(['1 matches', 'forbidden', '0 matches']);
    expect(answers[1]).toMatchObject({
      status: 403,
      method: 'GET',
      path: 'Task',
      issues: [{ text: 'Not yours' }],
    });
    expect(server.asked()).toEqual(['POST']);
    expect(server.requests[0]?.url).toBe(BASE);
    expect(server.requests.flatMap(urlsIn)).toEqual([
      'GET Task?patient=Patient/a',
      'GET Task?patient=Patient/b',
      'GET Task?patient=Patient/c',
    ]);
  });

  test('ask again only for those that the server was too busy for', async () => {
    const server = fakeServer([
      json(responses('429 Too Many Requests', searchset([task('1', 'b')]), '503')),
      json(responses(searchset([]), '429')),
      json(responses(searchset([task('2', 'c')]))),
    ]);
    expect(brief(await server.client.searchMany(three))).toEqual(['0 matches', '1 matches', '1 matches']);
    expect(server.requests.map((request) => urlsIn(request).length)).toEqual([3, 2, 1]);
    expect(server.waits).toEqual([250, 500]);
  });

  test('give up on those after three tries', async () => {
    const server = fakeServer(() => json(responses('429', '429', '429')));
    expect(brief(await server.client.searchMany(three))).toEqual(['throttled', 'throttled', 'throttled']);
    expect(server.requests).toHaveLength(3);
  });

  test('are all in error where the batch is, or where it lacks answers', async () => {
    expect(brief(await fakeServer([json({}, 500)]).client.searchMany(three))).toEqual([
      'server',
      'server',
      'server',
    ]);
    const short = fakeServer([json(responses(searchset([]), patient('1')))]);
    expect(brief(await short.client.searchMany(three))).toEqual(['0 matches', 'unreadable', 'unreadable']);
  });

  test('go in batches of a hundred', async () => {
    const server = fakeServer((request) => json(responses(...urlsIn(request).map(() => searchset([])))));
    const answers = await server.client.searchMany(Array.from({ length: 201 }, () => tasks));
    expect(answers).toHaveLength(201);
    // A hundred, a hundred and one: also the last portion is a batch.
    expect(server.requests.map((request) => urlsIn(request).length)).toEqual([100, 100, 1]);
  });

  test('go side by side, six at a time, where the server knows no search in a batch', async () => {
    let running = 0;
    let most = 0;
    const server = fakeServer(
      async ({ target }) => {
        running += 1;
        most = Math.max(most, running);
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
        running -= 1;
        return target.endsWith('/7') ? json({}, 404) : json(searchset([]));
      },
      { batchSearch: false },
    );
    const requests = Array.from({ length: 10 }, (_, index) =>
      searchRequest('Task', { patient: `Patient/${index}` }),
    );
    const answers = await server.client.searchMany(requests);
    expect(brief(answers)).toEqual(requests.map((_, index) => (index === 7 ? 'not-found' : '0 matches')));
    expect(most).toBe(6);
  });

  test('that are one or none need no batch', async () => {
    const server = fakeServer([json(searchset([]))]);
    await server.client.searchMany([]);
    await server.client.searchMany([tasks]);
    expect(server.asked()).toEqual(['GET Task?status=requested&_sort=period,_id&_include=Task:patient']);
  });

  test('fetch what should come along in a second step too', async () => {
    const server = fakeServer(
      [json(responses(searchset([task('1', 'a')]), searchset([]))), json(searchset([patient('a')]))],
      { include: false },
    );
    const [page] = await server.client.searchMany([tasks, tasks]);
    expect(page).toMatchObject({ included: new Map([['Patient/a', patient('a')]]) });
    expect(server.requests.slice(0, 1).flatMap(urlsIn)).toEqual([
      'GET Task?status=requested&_sort=period,_id',
      'GET Task?status=requested&_sort=period,_id',
    ]);
  });

  test('stop when they are aborted', async () => {
    const work = fakeServer([]).client.searchMany(three, { signal: AbortSignal.abort(new Error('left')) });
    await expect(work).rejects.toThrow('left');
  });
});

describe('counts', () => {
  const booked = searchRequest('Task', {
    status: 'accepted',
    _sort: 'period',
    _include: 'Task:focus',
    _count: 50,
  });
  const total = (value: number) => ({ resourceType: 'Bundle', total: value });
  const rows = (count: number, next?: string) =>
    searchset(
      Array.from({ length: count }, (_, index) => task(`${next ?? 'last'}-${index}`, 'a')),
      {
        ...(next !== undefined && { next: `${BASE}/Task?p=${next}` }),
      },
    );

  test('are one batch without a row in it', async () => {
    const server = fakeServer([json(responses(total(3), '403', total(0)))]);
    const counts = await server.client.count([booked, booked, booked]);
    expect(counts).toEqual([{ value: 3, exact: true }, expect.any(FhirError), { value: 0, exact: true }]);
    expect(server.requests.flatMap(urlsIn)[0]).toBe('GET Task?status=accepted&_summary=count');
  });

  test('come from the total of a page of one, where the server cannot count alone', async () => {
    const server = fakeServer([json(total(12))], { summaryCount: false, batchSearch: false });
    expect(await server.client.count([booked])).toEqual([{ value: 12, exact: true }]);
    expect(server.asked()).toEqual(['GET Task?status=accepted&_total=accurate&_count=1']);
  });

  test.each([
    ['no total', json(searchset([task('1', 'a')]))],
    ['a refusal', json(outcome('_total?'), 400)],
  ])('are counted row by row after %s', async (_, reply) => {
    const server = fakeServer([reply, json(rows(100, '2')), json(rows(20))], { summaryCount: false });
    expect(await server.client.count([booked])).toEqual([{ value: 120, exact: true }]);
    expect(server.asked()[1]).toBe('GET Task?status=accepted&_count=100');
  });

  test('are "at least 200" beyond that', async () => {
    const replies = [json(rows(1)), json(rows(100, '2')), json(rows(100, '3'))];
    const server = fakeServer(replies, { summaryCount: false });
    expect(await server.client.count([booked])).toEqual([{ value: 200, exact: false }]);
    expect(server.requests).toHaveLength(3);
  });

  test('of a search that the server refuses are its error', async () => {
    const server = fakeServer([json({}, 400), json(outcome('No such parameter'), 400)]);
    const [answer] = await server.client.count([booked]);
    expect(answer).toMatchObject({ kind: 'invalid', issues: [{ text: 'No such parameter' }] });
  });
});

test('a history holds every version, and says where the record was deleted', async () => {
  const version = (versionId: string) => ({ resource: patient('1', { meta: { versionId } }) });
  const deletion = { request: { method: 'DELETE', url: 'Patient/1' }, response: { status: '204' } };
  const bundle = (entry: readonly object[], next?: string) =>
    json({
      resourceType: 'Bundle',
      type: 'history',
      entry,
      link: next ? [{ relation: 'next', url: next }] : [],
    });
  const server = fakeServer([
    bundle([version('4'), deletion, version('2')], `${BASE}/Patient/1/_history?page=2`),
    bundle([version('2'), version('1')]),
  ]);
  const { matches, problems, complete } = await server.client.history('Patient', '1');
  expect(matches.map(({ meta }) => meta?.versionId)).toEqual(['4', '2', '1']);
  expect(problems).toEqual(['Entry 2 is a deletion']);
  expect(complete).toBe(true);
  expect(server.asked()).toEqual(['GET Patient/1/_history', 'GET Patient/1/_history?page=2']);
});
