import fc from 'fast-check';
import { expect, test } from 'vitest';

import { safeReturnAddress } from './return-address.ts';

const BASE = new URL('https://clinic.example/chairside/');
const ROOT = new URL('https://clinic.example/');

test.each([
  [
    '/chairside/patients?view=all&sort=family#x',
    'https://clinic.example/chairside/patients?view=all&sort=family#x',
  ],
  ['patients/1', 'https://clinic.example/chairside/patients/1'],
  ['https://clinic.example/chairside/patients', 'https://clinic.example/chairside/patients'],
  ['https://evil.example/chairside/', BASE.href],
  ['//evil.example/chairside/', BASE.href],
  ['\\\\evil.example', BASE.href],
  ['/other', BASE.href],
  ['/chairside/../other', BASE.href],
  ['javascript:alert(1)', BASE.href],
  ['https://clinic.example@evil.example/chairside/', BASE.href],
  ['https://you:me@clinic.example/chairside/', BASE.href],
  [undefined, BASE.href],
  [{ href: '/' }, BASE.href],
])('%s leads to %s', (value, address) => {
  expect(safeReturnAddress(value, BASE)).toBe(address);
});

test('a path that reads as a host does not leave an application at the root', () => {
  expect(safeReturnAddress('/.//evil.example', ROOT)).toBe(ROOT.href);
});

test('nothing leads out of the application', () => {
  const piece = fc.constantFrom(
    '/',
    '//',
    '\\',
    '..',
    '.',
    '@',
    ':',
    '?',
    '#',
    'https:',
    'javascript:',
    'chairside',
    'evil.example',
    '%2f',
    '\t',
    '\n',
    ' ',
  );
  const anything = fc.oneof(
    fc.array(piece).map((pieces) => pieces.join('')),
    fc.webUrl(),
    fc.string(),
    fc.anything(),
  );
  fc.assert(
    fc.property(anything, fc.constantFrom(BASE, ROOT), (value, base) => {
      const address = new URL(safeReturnAddress(value, base));
      expect(address.origin).toBe(base.origin);
      expect(address.pathname.startsWith(base.pathname)).toBe(true);
      // Whoever keeps only the path and resolves it later stays here as well.
      expect(new URL(address.pathname + address.search + address.hash, base).origin).toBe(base.origin);
    }),
    { numRuns: 2000 },
  );
});
