/**
 * Everything that has to hold before a change lands, one step after the other, with what was run and how many.
 * `npm test` runs all steps; `npm run check` those that need no browser and no build. A failing step does not stop
 * the others: the end says all that failed.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { plainCounted, playwrightCounted, vitestCounted, type Counted } from './test-reports.ts';

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Where the step's tool writes its results, and how they are counted. */
  readonly report?: { readonly file: string; readonly count: (report: unknown) => Counted };
  /** Part of `npm run check` too. */
  readonly quick?: true;
}

const REPORTS = '.cache/reports';
const vitest = (project: string): Step['command'] => [
  'vitest',
  'run',
  '--project',
  project,
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${REPORTS}/${project}.json`,
];

const STEPS: readonly Step[] = [
  { name: 'types', command: ['tsc', '--noEmit'], quick: true },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'], quick: true },
  { name: 'format', command: ['oxfmt', '--check'], quick: true },
  { name: 'dead code', command: ['knip'], quick: true },
  {
    name: 'unit and structure',
    command: vitest('unit'),
    report: { file: 'unit.json', count: vitestCounted },
  },
  {
    name: 'contract',
    command: vitest('contract'),
    report: { file: 'contract.json', count: vitestCounted },
  },
  { name: 'browser', command: vitest('browser'), report: { file: 'browser.json', count: vitestCounted } },
  { name: 'production build', command: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'standalone build', command: ['vite', 'build', '--mode', 'standalone', '--logLevel', 'warn'] },
  {
    name: 'end to end',
    command: ['playwright', 'test'],
    report: { file: 'e2e.json', count: playwrightCounted },
  },
  {
    name: 'budgets',
    command: ['node', 'tests/perf/budgets.ts', `--report=${REPORTS}/budgets.json`],
    report: { file: 'budgets.json', count: plainCounted },
  },
  {
    name: 'large clinic',
    command: ['node', 'tests/perf/large-clinic.ts', `--report=${REPORTS}/large-clinic.json`],
    report: { file: 'large-clinic.json', count: plainCounted },
  },
];

async function run(step: Step): Promise<Counted & { readonly seconds: number }> {
  const started = performance.now();
  console.warn(`\n── ${step.name}: ${step.command.join(' ')}`);
  const [program, ...args] = step.command;
  const code = await new Promise<number>((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: process.env });
    child.on('error', () => done(127));
    child.on('close', (exit) => done(exit ?? 1));
  });
  const seconds = (performance.now() - started) / 1000;
  if (step.report === undefined)
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, failures: [], seconds };
  const counted = await countReport(step.report);
  // A tool that died without counting a failure has failed all the same, and so has one that ran nothing.
  const failed =
    (code !== 0 && counted.failed === 0) || counted.passed + counted.failed === 0 ? 1 : counted.failed;
  return { passed: counted.passed, failed, failures: counted.failures, seconds };
}

async function countReport({ file, count }: NonNullable<Step['report']>): Promise<Counted> {
  try {
    const report: unknown = JSON.parse(await readFile(join(REPORTS, file), 'utf8'));
    return count(report);
  } catch {
    return { passed: 0, failed: 0, failures: [] };
  }
}

await rm(REPORTS, { recursive: true, force: true });
await mkdir(REPORTS, { recursive: true });
const steps = process.argv[2] === 'check' ? STEPS.filter(({ quick }) => quick) : STEPS;
const results: (Counted & { readonly name: string; readonly seconds: number })[] = [];
for (const step of steps) results.push({ name: step.name, ...(await run(step)) });

console.warn('\n── what ran');
for (const { name, passed, failed, seconds } of results) {
  const verdict = failed === 0 ? 'ok    ' : 'FAILED';
  console.warn(`${verdict} ${name.padEnd(20)} ${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s`);
}
const sum = (key: 'passed' | 'failed' | 'seconds') =>
  results.reduce((total, result) => total + result[key], 0);
const broken = results.filter(({ failed }) => failed > 0).map(({ name }) => name);
console.warn(`in ${sum('seconds').toFixed(0)} s`);
if (broken.length > 0) console.warn(`failed: ${broken.join(', ')}`);
for (const failure of results.flatMap(({ failures }) => failures)) console.warn(`  ✘ ${failure}`);
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
