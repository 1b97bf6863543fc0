import { expect, test } from 'vitest';
import { plainCounted, playwrightCounted, vitestCounted } from './test-reports.ts';

test('of vitest: each failed test by file and name, and a file that could not be run', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      {
        name: `${process.cwd()}/src/a.test.ts`,
        status: 'failed',
        assertionResults: [
          { fullName: 'adds', status: 'failed' },
          { fullName: 'stays', status: 'passed' },
        ],
      },
      { name: `${process.cwd()}/src/b.test.ts`, status: 'failed', assertionResults: [] },
      { name: `${process.cwd()}/src/c.test.ts`, status: 'passed', assertionResults: [] },
    ],
  };
  expect(vitestCounted(report)).toEqual({
    passed: 3,
    failed: 2,
    failures: ['src/a.test.ts › adds', 'src/b.test.ts could not be run'],
  });
});

test('of Playwright: failed and skipped ones, in groups too', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const report = {
    stats: { expected: 1, flaky: 1, unexpected: 1, skipped: 1 },
    suites: [
      {
        title: 'list.spec.ts',
        specs: [spec('opens', 'expected'), spec('pages', 'unexpected')],
        suites: [{ title: 'offline', specs: [spec('waits', 'skipped'), spec('tries', 'flaky')] }],
      },
    ],
  };
  expect(playwrightCounted(report)).toEqual({
    passed: 2,
    failed: 2,
    failures: ['list.spec.ts › pages', 'list.spec.ts › offline › waits'],
  });
});

test('of the project’s own scripts', () => {
  expect(plainCounted({ passed: 1, failed: 1, failures: ['scripts of the first list'] })).toEqual({
    passed: 1,
    failed: 1,
    failures: ['scripts of the first list'],
  });
});

test('a report of another shape is an error, not zero failures', () => {
  expect(() => vitestCounted({ tests: 4 })).toThrow();
});
