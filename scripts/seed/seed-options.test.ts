import { expect, test } from 'vitest';
import { seedOptions } from './seed-options.ts';

const BASE = 'http://127.0.0.1:8090/fhir/R4';
const options = (...args: string[]) => seedOptions(['--base', BASE, ...args], { FHIR_TOKEN: 'secret' });

test('the token comes from the environment, unless told or a client is named', () => {
  expect(options()).toMatchObject({ base: BASE, token: 'secret' });
  expect(options('--token', 'other')).toMatchObject({ token: 'other' });
  expect(options('--client', 'c')).toMatchObject({ token: undefined, clientId: 'c' });
  expect(seedOptions(['--base', BASE, '--client', 'c'], { FHIR_CLIENT_SECRET: 's' })).toMatchObject({
    clientSecret: 's',
  });
});

test('what is said of the server and the records', () => {
  expect(options('--profile', 'hapi', '--ids', 'server', '--patients', '24')).toMatchObject({
    transactions: true,
    ids: 'server',
    patients: 24,
  });
  expect(options('--profile', 'medplum')).toMatchObject({ transactions: false });
  expect(options()).toMatchObject({ transactions: undefined, ids: undefined, folder: undefined });
  expect(seedOptions(['--base', `${BASE}/`], {})).toMatchObject({ base: BASE, token: undefined });
});

test('help', () => {
  expect(options('--help')).toBe('help');
});

test.each([
  [[], '--base is missing'],
  [['--base', 'fhir'], '--base fhir is not an address'],
  [['--base', 'ftp://host/'], '--base ftp://host/ is not an address'],
  [['--base', BASE, '--from', 'x', '--patients', '3'], '--from and the made-up clinic'],
  [['--base', BASE, '--patients', 'many'], '--patients many is not a number'],
  [['--base', BASE, '--today', '2026-02-30'], '--today 2026-02-30 is not a date'],
  [['--base', BASE, '--profile', 'epic'], '--profile epic is none of'],
  [['--base', BASE, '--ids', 'new'], '--ids new is neither keep nor server'],
  [['--base', BASE, '--token', 't', '--client', 'c'], '--token and --client exclude each other'],
  [['--base', BASE, '--secret', 's'], 'belong to a --client'],
  [['--base', BASE, '--all'], '--all'],
  [['--base', BASE, 'folder'], 'folder'],
])('%j is refused', (args, problem) => {
  expect(seedOptions(args, {})).toEqual({ problem: expect.stringContaining(problem) });
});
