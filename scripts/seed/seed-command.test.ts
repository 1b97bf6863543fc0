import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedCommand } from './seed-command.ts';
import { emptyServer, observation, patient, type TestServer } from './seed-testing.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seed-'));
});
afterEach(() => rm(folder, { recursive: true }));

const lines = (...records: readonly object[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** Runs the command on the folder; its exit code and its words. */
function run(fetch: typeof globalThis.fetch, more: readonly string[] = [], signal?: AbortSignal) {
  return command(fetch, ['--from', folder, ...more], signal);
}

async function command(fetch: typeof globalThis.fetch, more: readonly string[], signal?: AbortSignal) {
  const said = { code: 0, printed: '', noted: '' };
  said.code = await seedCommand({
    args: ['--base', 'https://clinic.test/fhir/R4', ...more],
    environment: {},
    fetch,
    print: (text) => (said.printed += text),
    note: (text) => (said.noted += text),
    isTerminal: false,
    now: () => 0,
    wait: async () => {},
    ...(signal === undefined ? {} : { signal }),
  });
  return said;
}

test('all records in: a table and 0; again: nothing new', async () => {
  await writeFile(join(folder, 'Patient.ndjson'), lines(patient('a'), patient('b')));
  const server = emptyServer();
  expect(await run(server.fetch)).toEqual({
    code: 0,
    noted: '',
    printed: [
      '                             created  existing  rejected',
      'Patient                            2         0         0',
      'Together                           2         0         0',
      'in 0.0 s\n',
    ].join('\n'),
  });
  expect((await run(server.fetch)).printed).toContain(
    'Together                           0         2         0',
  );
});

test.each([true, false])('the made-up clinic, where ids are kept: %s', async (updateCreate) => {
  const server = emptyServer({ updateCreate });
  const clinic = ['--patients', '4', '--today', '2026-11-23'];
  const first = await command(server.fetch, clinic);
  expect(first).toMatchObject({
    code: 0,
    noted: '',
    printed: expect.stringMatching(/\nPatient +4 +0 +0\n/),
  });
  const again = await command(server.fetch, clinic);
  expect(again.printed).toMatch(/\nTogether +0 +\d+ +0\n/);
});

test('something rejected: why, how often, where, and 1', async () => {
  const bad = ['w', 'x', 'y', 'z'].map((id) => patient(id, { gender: 'unheard-of' }));
  await writeFile(
    join(folder, 'Patient.ndjson'),
    `${lines(patient('a'))}{"resourceType":"Patient"\n${lines(...bad)}`,
  );
  const { code, printed } = await run(emptyServer().fetch);
  expect(code).toBe(1);
  expect(printed).toContain('Patient                            1         0         5');
  expect(printed).toMatch(/4 rejected: 400 .*\n {2}Patient.ndjson:3, Patient.ndjson:4, Patient.ndjson:5, …/);
  expect(printed).toContain('1 rejected: The line is not a FHIR resource in JSON\n  Patient.ndjson:2');
  expect(printed).not.toContain('unheard-of');
});

test('interrupted: what is done so far, how to go on, and 130', async () => {
  await writeFile(join(folder, 'a.ndjson'), lines(patient('a'), observation('o', 'Patient/a')));
  const stop = new AbortController();
  const server = emptyServer();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (String(init?.body).includes('"Observation"')) stop.abort();
    return server.fetch(input, init);
  };
  const { code, printed, noted } = await run(fetch, ['--ids', 'keep'], stop.signal);
  expect({ code, noted }).toEqual({ code: 130, noted: 'Interrupted: run the same command again to go on\n' });
  expect(printed).toContain('Patient                            1         0         0');
  expect((await run(server.fetch)).printed).toContain(
    'Together                           1         1         0',
  );
});

describe('one sentence for', () => {
  const answering = (answer: () => Response, server: TestServer = emptyServer()): typeof fetch => {
    return async (input, init) =>
      new URL(String(input)).pathname.endsWith('/token') ? server.fetch(input, init) : answer();
  };

  test.each<[string, typeof fetch, string]>([
    [
      'a server that is not there',
      async () => {
        throw new TypeError('fetch failed');
      },
      'it cannot be reached. Is the address right and the server running?',
    ],
    [
      'a web page',
      answering(() => new Response('<!doctype html>')),
      'answers with a web page instead of FHIR',
    ],
    [
      'an address above the base',
      answering(() => Response.json({ hello: 1 })),
      'answers 200 and no CapabilityStatement',
    ],
    [
      'nothing at all there',
      answering(() => new Response('', { status: 404 })),
      'answers 404 and no CapabilityStatement',
    ],
    [
      'another version of FHIR',
      answering(() => Response.json({ resourceType: 'CapabilityStatement', fhirVersion: '3.0.2' })),
      'speaks FHIR 3.0.2; the records are R4',
    ],
    [
      'a server that wants a token',
      answering(() => new Response('', { status: 401 })),
      'put one into FHIR_TOKEN',
    ],
  ])('%s', async (_, fetch, sentence) => {
    await writeFile(join(folder, 'Patient.ndjson'), lines(patient('a')));
    const { code, noted } = await run(fetch);
    expect({ code, noted }).toEqual({ code: 1, noted: expect.stringContaining(sentence) });
    expect(noted.trimEnd()).not.toContain('\n');
  });

  test('wrong options, a missing folder and one without records: 2', async () => {
    const { fetch } = emptyServer();
    expect((await run(fetch, ['--ids', 'new'])).code).toBe(2);
    expect(await run(fetch)).toMatchObject({
      code: 2,
      noted: expect.stringContaining('holds no *.ndjson file'),
    });
    expect(await run(fetch, ['--from', join(folder, 'none')])).toMatchObject({
      code: 2,
      noted: expect.stringContaining('is no folder'),
    });
  });
});
