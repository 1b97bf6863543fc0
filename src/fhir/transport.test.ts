import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FhirError } from './error.ts';
import { BASE, fakeServer, json, lostConnection, outcome, patient } from './fake-fetch.ts';
import { waitFor } from './retry.ts';

const HTML = '<!doctype html><title>Sign in to Wi-Fi</title>';

/** What a request was rejected with. */
async function failure(work: Promise<unknown>): Promise<FhirError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FhirError)) throw new Error('expected a FhirError', { cause: error });
  return error;
}

describe('a request', () => {
  test('carries the token, asks for FHIR, and leaves neither cookies nor a copy in the cache', async () => {
    const { client, requests } = fakeServer([json(patient('1'))]);
    await expect(client.read('Patient', '1')).resolves.toEqual(patient('1'));
    expect(requests[0]?.url).toBe(`${BASE}/Patient/1`);
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      accept: 'application/fhir+json',
      authorization: 'Bearer token-1',
    });
    expect(requests[0]?.init).toMatchObject({ cache: 'no-store', credentials: 'omit' });
  });

  test('stays below the base, whatever the id', async () => {
    const { client, requests } = fakeServer([json(outcome('none'), 404)], {}, { baseUrl: `${BASE}/` });
    await failure(client.read('Patient', '../Task?x'));
    expect(requests[0]?.url).toBe(`${BASE}/Patient/..%2FTask%3Fx`);
  });
});

describe('an answer', () => {
  test.each([
    ['a web page', new Response(HTML), 'web page instead of FHIR'],
    ['half of a record', new Response('{"resourceType":"Pat'), 'cut off or not JSON'],
    ['something else in JSON', json({ status: 'UP' }), 'is not FHIR'],
    ['nothing', json(undefined, 204), 'with nothing instead of Patient'],
    ['another resource', json({ resourceType: 'Bundle' }), 'with Bundle instead of Patient'],
  ])('that is %s is unreadable, and says so', async (_, reply, sentence) => {
    const { client, requests } = fakeServer([reply]);
    const error = await failure(client.read('Patient', '1'));
    expect(error).toMatchObject({ kind: 'unreadable', retryable: true });
    expect(error.message).toContain(sentence);
    expect(requests).toHaveLength(1);
  });

  test.each([
    [400, 'invalid'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [410, 'gone'],
    [500, 'server'],
  ])('%i is an error with everything that the server said', async (status, kind) => {
    const reply = json(outcome('Not for you', { expression: ['Patient.name'] }), status, {
      'x-request-id': 'r-7',
    });
    const error = await failure(fakeServer([reply]).client.read('Patient', '1'));
    expect(error).toMatchObject({ kind, status, requestId: 'r-7', method: 'GET', path: 'Patient/1' });
    expect(error.issues).toEqual([
      { severity: 'error', code: 'invalid', text: 'Not for you', expression: ['Patient.name'] },
    ]);
  });

  test.each([HTML, '', '{"resourceType":'])('of an error may be anything: %j', async (body) => {
    const error = await failure(
      fakeServer([new Response(body, { status: 500 })]).client.read('Patient', '1'),
    );
    expect(error).toMatchObject({ kind: 'server', status: 500, issues: [] });
  });
});

describe('a token that is refused', () => {
  test('of the next person is never used for what the one before asked for', async () => {
    const first = new AbortController();
    let person = first;
    const server = fakeServer(
      () => {
        // She leaves, and somebody else comes, while the answer is under way.
        person = new AbortController();
        first.abort();
        return new Response(null, { status: 401 });
      },
      {},
      { accessToken: async () => (person === first ? 'hers' : 'next'), personLeft: () => person.signal },
    );
    await expect(server.client.read('Patient', '1')).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.requests).toHaveLength(1);
    expect(server.unauthenticated()).toBe(0);
  });

  test('is renewed once, in silence', async () => {
    let token = 'old';
    const server = fakeServer(
      ({ headers }) => (headers.get('authorization') === 'Bearer new' ? json(patient('1')) : json({}, 401)),
      {},
      { accessToken: async ({ renew }) => (renew ? (token = 'new') : token) },
    );
    await expect(server.client.read('Patient', '1')).resolves.toMatchObject({ id: '1' });
    expect(server.requests).toHaveLength(2);
    expect(server.unauthenticated()).toBe(0);
  });

  test('is renewed once for all requests that it was refused for, early and late ones', async () => {
    let token = 'old';
    let renewals = 0;
    let letLatecomerGo = () => {};
    const late = new Promise<void>((resolve) => (letLatecomerGo = resolve));
    const server = fakeServer(
      async ({ headers, target }) => {
        if (headers.get('authorization') === 'Bearer new') return json(patient(target.slice(-1)));
        if (target === 'Patient/3') await late;
        return json({}, 401);
      },
      {},
      {
        accessToken: async ({ renew }) => {
          if (!renew) return token;
          renewals += 1;
          await Promise.resolve();
          token = 'new';
          return token;
        },
      },
    );
    const reads = ['1', '2', '3'].map((id) => server.client.read('Patient', id));
    await Promise.all(reads.slice(0, 2));
    letLatecomerGo();
    await expect(reads[2]).resolves.toMatchObject({ id: '3' });
    expect(renewals).toBe(1);
  });

  test('twice means that the sign-in has expired', async () => {
    const server = fakeServer([json({}, 401), json(outcome('no'), 401)]);
    const error = await failure(server.client.read('Patient', '1'));
    expect(error).toMatchObject({ kind: 'unauthenticated', status: 401, retryable: false });
    expect(server.requests).toHaveLength(2);
    expect(server.unauthenticated()).toBe(1);
  });

  test('and cannot be renewed means the same', async () => {
    const server = fakeServer(
      [json({}, 401)],
      {},
      {
        accessToken: async ({ renew }) => {
          if (renew) throw new Error('login_required');
          return 'old';
        },
      },
    );
    expect(await failure(server.client.read('Patient', '1'))).toMatchObject({ kind: 'unauthenticated' });
    expect(server.unauthenticated()).toBe(1);
  });

  test('and cannot be renewed for now does not end the sign-in', async () => {
    const unreachable = new FhirError('unreachable', { method: 'POST', path: 'token' });
    const server = fakeServer(
      () => json({}, 401),
      {},
      {
        accessToken: async ({ renew }) => {
          if (renew) throw unreachable;
          return 'old';
        },
      },
    );
    expect(await failure(server.client.read('Patient', '1'))).toBe(unreachable);
    expect(server.unauthenticated()).toBe(0);
  });

  test('never shows in an error', async () => {
    const server = fakeServer([json({}, 401), json({}, 401)]);
    const error = await failure(server.client.read('Patient', '1'));
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('token-1');
  });
});

describe('a failure that passes', () => {
  test.each([
    ['no connection', () => lostConnection()],
    ['429', () => json({}, 429)],
    ['502', () => new Response(HTML, { status: 502 })],
    ['503', () => json({}, 503)],
    ['504', () => json({}, 504)],
  ])('%s is tried again, later each time', async (_, reply) => {
    const server = fakeServer([reply(), reply(), json(patient('1'))]);
    await expect(server.client.read('Patient', '1')).resolves.toMatchObject({ id: '1' });
    expect(server.waits).toEqual([250, 500]);
  });

  test('is given up after three tries', async () => {
    const server = fakeServer([lostConnection(), lostConnection(), lostConnection(), json(patient('1'))]);
    const error = await failure(server.client.read('Patient', '1'));
    expect(error).toMatchObject({ kind: 'unreachable', status: undefined, retryable: true });
    expect(error.message).toBe('The server cannot be reached (GET Patient/1)');
    expect(server.requests).toHaveLength(3);
  });

  test('and a connection that breaks in the middle of an answer is one', async () => {
    const broken = new Response(new ReadableStream({ start: (stream) => stream.error(lostConnection()) }));
    const server = fakeServer([broken, json(patient('1'))]);
    await expect(server.client.read('Patient', '1')).resolves.toMatchObject({ id: '1' });
  });

  test('is waited for as long as the server asks, in seconds or until a date', async () => {
    const server = fakeServer(
      [
        json({}, 429, { 'retry-after': '3' }),
        json({}, 503, { 'retry-after': 'Fri, 20 Nov 2026 10:00:07 GMT' }),
        json(patient('1')),
      ],
      {},
      { now: () => Date.parse('2026-11-20T10:00:00Z') },
    );
    await server.client.read('Patient', '1');
    expect(server.waits).toEqual([3000, 7000]);
  });

  test('but not for minutes', async () => {
    const server = fakeServer([json({}, 429, { 'retry-after': '120' })]);
    const error = await failure(server.client.read('Patient', '1'));
    expect(error).toMatchObject({ kind: 'throttled', retryable: true, retryAfterMs: 120_000 });
    expect(server.requests).toHaveLength(1);
  });

  test('is not tried again where that could do something twice', async () => {
    const server = fakeServer([lostConnection()]);
    await failure(server.client.create({ resourceType: 'Patient' }));
    expect(server.requests).toHaveLength(1);
  });

  test('is not any failure', async () => {
    const server = fakeServer([json({}, 500)]);
    await failure(server.client.read('Patient', '1'));
    expect(server.requests).toHaveLength(1);
  });
});

describe('whether the server can be reached', () => {
  test.each([
    ['an answer', [json(patient('1'))], [true]],
    ['a refusal', [json({}, 403)], [true]],
    ['an answer at the second try', [lostConnection(), json(patient('1'))], [true]],
    ['no answer', [lostConnection(), lostConnection(), lostConnection()], [false]],
  ])('is told by %s', async (_, replies, expected) => {
    const server = fakeServer(replies);
    await server.client.read('Patient', '1').catch((error: unknown) => error);
    expect(server.reachable).toEqual(expected);
  });
});

describe('a request that is aborted', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('rejects with the reason of the abort, not with an error of ours', async () => {
    const reason = new DOMException('left', 'AbortError');
    const server = fakeServer([json(patient('1'))]);
    await expect(server.client.read('Patient', '1', { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(server.requests).toHaveLength(0);
    expect(server.reachable).toEqual([]);
  });

  test('stops where it is on its way', async () => {
    const controller = new AbortController();
    const server = fakeServer(() => {
      controller.abort(new Error('left'));
      return lostConnection();
    });
    await expect(server.client.read('Patient', '1', { signal: controller.signal })).rejects.toThrow('left');
    expect(server.requests).toHaveLength(1);
    expect(server.waits).toEqual([]);
  });

  test('stops waiting for the next try at once', async () => {
    const controller = new AbortController();
    let started = () => {};
    const waiting = new Promise<void>((resolve) => (started = resolve));
    const server = fakeServer(
      () => json({}, 503),
      {},
      {
        wait: (ms, signal) => {
          started();
          return waitFor(ms, signal);
        },
      },
    );
    const reading = server.client.read('Patient', '1', { signal: controller.signal });
    void waiting.then(() => controller.abort(new Error('left')));
    await expect(reading).rejects.toThrow('left');
    expect(server.requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a server that takes the request and says nothing is told of after the timeout, and not asked again', async () => {
  const silent = fakeServer(
    ({ init }) =>
      new Promise<Response>((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('late', 'TimeoutError')));
      }),
    {},
    { timeoutMs: 5 },
  );
  const error = await failure(silent.client.read('Patient', '1'));
  expect(error).toMatchObject({ kind: 'unreachable', retryable: true });
  expect(error.message).toContain('did not answer within 0.005 s');
  expect(silent.requests).toHaveLength(1);
  expect(silent.reachable).toEqual([false]);
});
