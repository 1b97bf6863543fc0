import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { PAIN_DIAGNOSES } from '#src/fhir/codes.ts';

import { ConfigError, loadConfig, parseConfig } from './load-config.ts';

const AT = new URL('https://clinic.example/chairside/config.json');

function fileAt(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

const MOCK = '../../mocks/config.json';

/** The standalone configuration with one value put in, or taken out where it is undefined. */
function broken(path: readonly (string | number)[], value: unknown): unknown {
  const config = fileAt(MOCK);
  let parent = config;
  for (const step of path.slice(0, -1)) {
    parent = Reflect.get(Object(parent), step);
  }
  Reflect.set(Object(parent), path.at(-1) ?? '', value);
  return JSON.parse(JSON.stringify(config));
}

function problemsOf(json: unknown) {
  try {
    parseConfig(json, AT);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('a valid configuration', () => {
  test('of the made-up clinic has absolute addresses and the diagnoses of the code file', () => {
    const config = parseConfig(fileAt(MOCK), new URL('http://localhost:5173/config.json'));
    expect(config.fhirBaseUrl).toBe('http://localhost:5173/fhir/R4');
    expect(config.identity.issuer).toBe('http://localhost:5173/idp');
    expect(config.codes.diagnoses).toEqual(PAIN_DIAGNOSES);
    expect(config.protocols.map(({ id, approvedBy }) => [id, approvedBy])).toEqual([
      ['short-6', 'Dr Sunita Iyer'],
      ['daily-5', undefined],
      ['crps-10', 'Dr Sunita Iyer'],
    ]);
  });

  test('is what the published example is', () => {
    const config = parseConfig(fileAt('../../public/config.example.json'), AT);
    expect(config.fhirBaseUrl).toBe('https://fhir.clinic.example/fhir/R4');
    expect(JSON.stringify(config)).not.toContain('"comment"');
  });

  test('resolves relative addresses against itself and drops the last slash', () => {
    expect(parseConfig(broken(['fhirBaseUrl'], './fhir/R4/'), AT).fhirBaseUrl).toBe(
      'https://clinic.example/chairside/fhir/R4',
    );
  });

  test('keeps an absolute issuer as it is written', () => {
    const issuer = 'https://login.example/';
    expect(parseConfig(broken(['identity', 'issuer'], issuer), AT).identity.issuer).toBe(issuer);
  });

  test('fills in what may be left out', () => {
    const config = parseConfig(broken(['responseThreshold'], undefined), AT);
    expect(config.responseThreshold).toBe(0.3);
    expect(parseConfig(broken(['codes', 'identifierTypes'], undefined), AT).codes.identifierTypes).toEqual([
      'MR',
    ]);
  });

  test('may carry remarks', () => {
    expect(problemsOf(broken(['$schema'], './schema.json'))).toEqual([]);
    expect(problemsOf(broken(['clinic', 'comment'], 'ask Deniz'))).toEqual([]);
  });
});

describe('a broken configuration names key, value and what is allowed', () => {
  const HOUR = { days: [1], opens: '08:00', closes: '12:00' };

  test.each<[path: (string | number)[], value: unknown, key: string, shown: string, allowed: RegExp]>([
    [['fhirBaseUrl'], undefined, 'fhirBaseUrl', '(nothing)', /an address such as https:/],
    [['fhirBaseUrl'], 'ftp://x.example', 'fhirBaseUrl', '"ftp://x.example"', /an address/],
    [['fhirBaseUrl'], 'fhir/R4', 'fhirBaseUrl', '"fhir/R4"', /begins with \.\//],
    [['fhirBaseUrl'], 'http://fhir.clinic.example', 'fhirBaseUrl', '"http://fhir.clinic.example"', /https/],
    [['fhirBaseUrl'], 'https://a:b@x.example', 'fhirBaseUrl', '"https://a:b@x.example"', /an address/],
    [['serverProfile'], 'oracle', 'serverProfile', '"oracle"', /one of medplum, hapi/],
    [['serverProfile', 'batchsearch'], true, 'serverProfile.batchsearch', 'true', /keys preset, batchSearch/],
    [['identity', 'issuer'], 'http://login.example', 'identity.issuer', '"http://login.example"', /https/],
    [
      ['identity', 'origins'],
      'https://a.example',
      'identity.origins',
      '"https://a.example"',
      /a list of origins/,
    ],
    [
      ['identity', 'origins'],
      ['https://a.example/token'],
      'identity.origins[0]',
      '"https://a.example/token"',
      /without a path/,
    ],
    [['identity', 'origins'], ['*'], 'identity.origins[0]', '"*"', /an origin such as https:/],
    [['identity', 'origins'], ['http://a.example'], 'identity.origins[0]', '"http://a.example"', /https/],
    [['identity', 'scopes'], ['profile'], 'identity.scopes', '["profile"]', /openid/],
    [['identity', 'scopes', 1], 'a b', 'identity.scopes[1]', '"a b"', /one a text/],
    [
      ['identity', 'roles', 'nurse'],
      undefined,
      'identity.roles.nurse',
      '(nothing)',
      /a list of claim values/,
    ],
    [['identity', 'roles', 'doctor'], ['x'], 'identity.roles.doctor', '["x"]', /keys nurse, administrator/],
    [
      ['identity', 'roles', 'manager', 0],
      'nurse',
      'identity.roles.manager[0]',
      '"nurse"',
      /not also the role nurse/,
    ],
    [
      ['identity', 'roles', 'manager', 0],
      's|nurse',
      'identity.roles.manager[0]',
      '"s|nurse"',
      /not also the role/,
    ],
    [['clinic', 'timeZone'], 'EST', 'clinic.timeZone', '"EST"', /IANA/],
    [['clinic', 'timeZone'], '-05:00', 'clinic.timeZone', '"-05:00"', /IANA/],
    [['clinic', 'timeZone'], 'America/Nowhere', 'clinic.timeZone', '"America/Nowhere"', /IANA/],
    [['clinic', 'locale'], 'english please', 'clinic.locale', '"english please"', /language tag/],
    [['clinic', 'weekStart'], 'Monday', 'clinic.weekStart', '"Monday"', /one of monday, sunday/],
    [['clinic', 'openingHours', 0, 'days', 0], 0, 'clinic.openingHours[0].days[0]', '0', /from 1 to 7/],
    [
      ['clinic', 'openingHours', 0, 'opens'],
      '8:00',
      'clinic.openingHours[0].opens',
      '"8:00"',
      /such as 08:00/,
    ],
    [
      ['clinic', 'openingHours', 0, 'closes'],
      '07:00',
      'clinic.openingHours[0].closes',
      '"07:00"',
      /after 08:00/,
    ],
    [['clinic', 'openingHours', 1], HOUR, 'clinic.openingHours[1].opens', '"08:00"', /not overlap/],
    [
      ['clinic', 'closures', 0, 'date'],
      '2026-02-30',
      'clinic.closures[0].date',
      '"2026-02-30"',
      /a date such as/,
    ],
    [
      ['clinic', 'closures', 1, 'date'],
      '2024-11-28',
      'clinic.closures[1].date',
      '"2024-11-28"',
      /no other entry/,
    ],
    [['codes', 'diagnoses'], 'M79.2', 'codes.diagnoses', '"M79.2"', /a list of codings/],
    [['codes', 'diagnoses'], [], 'codes.diagnoses', '[]', /a list of codings, at least one/],
    [['protocols'], [], 'protocols', '[]', /at least one/],
    [['protocols', 1, 'id'], 'short-6', 'protocols[1].id', '"short-6"', /no other entry of protocols/],
    [
      ['protocols', 0, 'minimumIntervalDays'],
      undefined,
      'protocols[0].minimumIntervalDays',
      '(nothing)',
      /whole/,
    ],
    [
      ['protocols', 0, 'minimumIntervalDays'],
      90,
      'protocols[0].minimumIntervalDays',
      '90',
      /at most .*\(84\)/,
    ],
    [['protocols', 0, 'sessions'], '6', 'protocols[0].sessions', '"6"', /a whole number from 1/],
    [['protocols', 0, 'sessions'], 2.5, 'protocols[0].sessions', '2.5', /a whole number/],
    [['protocols', 0, 'dose', 'unit'], 'mg', 'protocols[0].dose.unit', '"mg"', /mg\/kg, mg\/kg\/h/],
    [['protocols', 0, 'dose', 'low'], 0.7, 'protocols[0].dose.low', '0.7', /at most dose\.high \(0\.6\)/],
    [['protocols', 0, 'dose', 'default'], 0.9, 'protocols[0].dose.default', '0.9', /from 0\.4 to 0\.6/],
    [
      ['protocols', 0, 'spacing', 'minimumDays'],
      3,
      'protocols[0].spacing.minimumDays',
      '3',
      /3 sessions fit into 7/,
    ],
    [
      ['protocols', 0, 'vitalsIntervals', 0, 'forMinutes'],
      undefined,
      'protocols[0].vitalsIntervals[0].forMinutes',
      '(nothing)',
      /a number of minutes/,
    ],
    [['responseThreshold'], 30, 'responseThreshold', '30', /from 0\.01 to 1/],
    [['inactivityWarningSeconds'], 600, 'inactivityWarningSeconds', '600', /less than inactivityMinutes/],
    [['messageTemplates', 0, 'channel'], 'sms', 'messageTemplates[0].channel', '"sms"', /one of text/],
    [
      ['messageTemplates', 1, 'text'],
      'Hi {name}',
      'messageTemplates[1].text',
      '"Hi {name}"',
      /\{givenName\}/,
    ],
    [['inactivityMinuts'], 5, 'inactivityMinuts', '5', /not known here; .*inactivityMinutes/],
  ])('%j = %j', (path, value, key, shown, allowed) => {
    const problems = problemsOf(broken(path, value));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ key, value: shown, allowed: expect.stringMatching(allowed) });
  });

  test('all at once', () => {
    const json = broken(['clinic', 'timeZone'], 'EST');
    Reflect.set(Object(json), 'nurseRatio', 0);
    expect(problemsOf(json).map(({ key }) => key)).toEqual(['clinic.timeZone', 'nurseRatio']);
  });

  test('a long value is shortened', () => {
    const [problem] = problemsOf(broken(['clinic', 'timeZone'], 'x'.repeat(500)));
    expect(problem?.value).toHaveLength(60);
  });

  test.each([[null], [[]], ['text'], [7]])('%j is no configuration at all', (json) => {
    expect(problemsOf(json)[0]).toMatchObject({ key: '', allowed: expect.stringContaining('fhirBaseUrl') });
  });

  test('a text over the length of one message is named on the channel text only', () => {
    const long = `Please call us. ${'x'.repeat(160)}`;
    expect(problemsOf(broken(['messageTemplates', 0, 'text'], long))[0]?.allowed).toContain('160');
    expect(problemsOf(broken(['messageTemplates', 1, 'text'], long))).toEqual([]);
  });

  test('a clinic whose name tells its kind cannot be named in a message', () => {
    const problems = problemsOf(broken(['clinic', 'name'], 'Harbor Row Pain Clinic'));
    expect(problems.map(({ key }) => key)).toEqual(
      [0, 1, 2].map((index) => `messageTemplates[${index}].text`),
    );
  });
});

describe('loading', () => {
  const answer = (body: string, init: ResponseInit = {}) =>
    loadConfig(AT, async () => new Response(body, init));

  test('gives the configuration', async () => {
    await expect(answer(JSON.stringify(fileAt(MOCK)))).resolves.toMatchObject({ nurseRatio: 3 });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['404', () => answer('Not found', { status: 404 }), 'missing'],
    ['the page of a single-page host', () => answer('\n<!doctype html><title>x</title>'), 'missing'],
    ['503', () => answer('', { status: 503 }), 'unreachable'],
    [
      'no network',
      () => loadConfig(AT, () => Promise.reject(new TypeError('Failed to fetch'))),
      'unreachable',
    ],
    ['half a file', () => answer('{"fhirBaseUrl": "htt'), 'not-json'],
    ['an empty file', () => answer(''), 'not-json'],
    ['another file', () => answer('{}'), 'invalid'],
  ])('%s', async (_name, load, kind) => {
    await expect(load()).rejects.toMatchObject({ name: 'ConfigError', kind, url: AT.href });
  });
});
