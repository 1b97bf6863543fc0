import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** The sources of the directives that depend on the configuration. */
function sources(config: unknown) {
  const directives = contentSecurityPolicy(config)
    .split('; ')
    .map((directive) => directive.split(' '));
  const of = (name: string) => directives.find(([first]) => first === name)?.slice(1);
  return { connect: of('connect-src'), frame: of('frame-src'), form: of('form-action') };
}

test('the clinic’s server and the sign-in service, with all origins of the latter', () => {
  const config = {
    fhirBaseUrl: 'https://fhir.example/R4',
    identity: { issuer: 'https://login.example/realm', origins: ['https://token.example'] },
  };
  const signIn = ["'self'", 'https://login.example', 'https://token.example'];
  expect(sources(config)).toEqual({
    connect: ["'self'", 'https://fhir.example', 'https://login.example', 'https://token.example'],
    frame: signIn,
    form: signIn,
  });
});

test('a server is named once', () => {
  const config = { fhirBaseUrl: 'https://a.example/R4', identity: { issuer: 'https://a.example/idp' } };
  expect(sources(config).connect).toEqual(["'self'", 'https://a.example']);
});

test.each([
  ['nothing', undefined],
  ['no object', 'config'],
  ['addresses beside index.html', { fhirBaseUrl: './fhir', identity: { issuer: './idp' } }],
  ['values of another kind', { fhirBaseUrl: 4, identity: { issuer: [], origins: 'https://a.example' } }],
  [
    'what would add to the policy',
    { fhirBaseUrl: "'unsafe-inline'; script-src *", identity: { origins: ['data:', '*', 'blob:x'] } },
  ],
])('%s allows no other server', (_, config) => {
  expect(sources(config)).toEqual({ connect: ["'self'"], frame: ["'self'"], form: ["'self'"] });
});

test('one wrong key leaves the others', () => {
  const config = { fhirBaseUrl: 4, identity: { issuer: 'https://a.example', origins: 'x' } };
  expect(sources(config).connect).toEqual(["'self'", 'https://a.example']);
});
