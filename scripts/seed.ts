/**
 * Brings records to any FHIR R4 server: the made-up clinic, or a folder of NDJSON files.
 * `npm run seed -- --base http://127.0.0.1:8090/fhir/R4 [--from DIR]`; `--help` tells the rest.
 */
import 'temporal-polyfill/global';
import { seedCommand } from './seed/seed-command.ts';

const interrupt = new AbortController();
// The second Ctrl-C ends the process at once.
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());

process.exitCode = await seedCommand({
  args: process.argv.slice(2),
  environment: process.env,
  fetch,
  print: (text) => process.stdout.write(text),
  note: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  now: Date.now,
  signal: interrupt.signal,
});
