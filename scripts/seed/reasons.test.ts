import { expect, test } from 'vitest';
import { reasonOf } from './reasons.ts';

const outcome = (diagnostics: string, ...expression: string[]) => ({
  resourceType: 'OperationOutcome',
  issue: [
    { severity: 'information', code: 'informational', diagnostics: 'All is well' },
    { severity: 'error', code: 'invalid', diagnostics, expression },
  ],
});

test.each([
  ['Patient/abc-1 does not exist', [], '409 Patient/… does not exist'],
  [
    'Unknown code "OKAFOR" in \'gender\'',
    ['Patient.name[1].use'],
    '409 Unknown code "…" in \'…\' at Patient.name.use',
  ],
  ["Resource 9b1c2d3e-0000-4000-8000-123456789abc isn't known", [], "409 Resource … isn't known"],
  ['Born 1961-04-02', ['Bundle.entry[3]', 'Patient.birthDate'], '409 Born … at Patient.birthDate'],
])('%s', (diagnostics, expression, reason) => {
  expect(reasonOf(409, outcome(diagnostics, ...expression))).toBe(reason);
});

test('without an outcome the status has to do', () => {
  expect(reasonOf(502, undefined)).toBe('The server answered 502');
});
