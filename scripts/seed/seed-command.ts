/** The command: its options, its words and its exit code. */
import { stat } from 'node:fs/promises';
import config from '#mocks/config.json' with { type: 'json' };
import { parseResource } from '#src/fhir/resource.ts';
import { accessToken } from './access-token.ts';
import { ndjsonSource } from './ndjson-source.ts';
import { createProgress } from './progress.ts';
import { SeedFailure } from './seed-failure.ts';
import { type SeedOptions, seedOptions, USAGE } from './seed-options.ts';
import { seedRun } from './seed-run.ts';
import { memorySource, type Source } from './source-record.ts';
import { createTally } from './tally.ts';

export interface SeedCommand {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof fetch;
  /** The summary. */
  print(text: string): void;
  /** Progress and what went wrong. */
  note(text: string): void;
  readonly isTerminal: boolean;
  /** Milliseconds since 1970. */
  now(): number;
  readonly signal?: AbortSignal;
  wait?(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Runs the command; the exit code. */
export async function seedCommand(command: SeedCommand): Promise<0 | 1 | 2 | 130> {
  const { print, note, now, signal, fetch } = command;
  const options = seedOptions(command.args, command.environment);
  if (options === 'help') {
    print(`${USAGE}\n`);
    return 0;
  }
  if ('problem' in options) {
    note(`${options.problem}\nnpm run seed -- --help tells all options\n`);
    return 2;
  }
  const started = now();
  const source = await sourceOf(options, started);
  if (typeof source === 'string') {
    note(`${source}\n`);
    return 2;
  }
  const total = source.records.length + source.rejects.length;
  const progress = createProgress({ total, write: note, isTerminal: command.isTerminal, now });
  const tally = createTally((done) => progress.update(done));
  const summary = () => `${tally.report((now() - started) / 1000)}\n`;
  try {
    const token = accessToken({ ...options, fetch, now });
    const { wait } = command;
    await seedRun({ ...options, source, tally, token, fetch, now, signal, ...(wait && { wait }) });
    progress.end();
    print(summary());
    return tally.rejected === 0 ? 0 : 1;
  } catch (error) {
    progress.end();
    const interrupted = signal?.aborted === true;
    if (!interrupted && !(error instanceof SeedFailure)) throw error;
    if (tally.done > 0) print(summary());
    note(interrupted ? 'Interrupted: run the same command again to go on\n' : `${messageOf(error)}\n`);
    return interrupted ? 130 : 1;
  } finally {
    await source.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The records, or the sentence that says why there are none. */
async function sourceOf(options: SeedOptions, now: number): Promise<Source | string> {
  const { folder } = options;
  if (folder === undefined) {
    const { buildClinic } = await import('#mocks/clinic/clinic.ts');
    const { PATIENTS } = await import('#mocks/clinic-server.ts');
    const { timeZone } = config.clinic;
    const { patients = PATIENTS } = options;
    const today =
      options.today === undefined
        ? Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate()
        : Temporal.PlainDate.from(options.today);
    return memorySource(
      buildClinic({ today, timeZone, patients }).flatMap((resource) => parseResource(resource) ?? []),
    );
  }
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) return `--from ${folder} is no folder that can be read`;
  const source = await ndjsonSource(folder);
  if (source.records.length + source.rejects.length > 0) return source;
  await source.close();
  return `--from ${folder} holds no *.ndjson file with a line in it`;
}
