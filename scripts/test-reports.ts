/** What the test tools' own reports say: how many passed and failed, and which failed. */
import * as z from 'zod/mini';

export interface Counted {
  readonly passed: number;
  readonly failed: number;
  /** The failed ones, each as the file and its title. */
  readonly failures: readonly string[];
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Of vitest's `json` reporter. A file that failed before its first test counts as one failure. */
export function vitestCounted(report: unknown): Counted {
  const { numPassedTests, testResults } = z.parse(vitestReport, report);
  const failures = testResults.flatMap(({ name, status, assertionResults }) => {
    const file = name.replace(`${process.cwd()}/`, '');
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${file} could not be run`];
    return failed.map(({ fullName }) => `${file} › ${fullName}`);
  });
  return { passed: numPassedTests, failed: failures.length, failures };
}

const playwrightSuite = z.object({
  title: z.string(),
  specs: z.optional(
    z.array(z.object({ title: z.string(), tests: z.array(z.object({ status: z.string() })) })),
  ),
  get suites() {
    return z.optional(z.array(playwrightSuite));
  },
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), flaky: z.number(), unexpected: z.number(), skipped: z.number() }),
  suites: z.array(playwrightSuite),
});

/** Of Playwright's `json` reporter. A skipped test counts as failed. */
export function playwrightCounted(report: unknown): Counted {
  const { stats, suites } = z.parse(playwrightReport, report);
  const failedOf = (suite: z.infer<typeof playwrightSuite>, path: string): string[] => {
    const here = [path, suite.title].filter((part) => part !== '').join(' › ');
    const failed = (suite.specs ?? [])
      .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'skipped'))
      .map(({ title }) => `${here} › ${title}`);
    return [...failed, ...(suite.suites ?? []).flatMap((inner) => failedOf(inner, here))];
  };
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + stats.skipped,
    failures: suites.flatMap((suite) => failedOf(suite, '')),
  };
}

const plainReport = z.object({
  passed: z.number(),
  failed: z.number(),
  failures: z.optional(z.array(z.string())),
});

/** Of the project's own scripts. */
export function plainCounted(report: unknown): Counted {
  const { passed, failed, failures = [] } = z.parse(plainReport, report);
  return { passed, failed, failures };
}
