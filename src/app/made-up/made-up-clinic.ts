/** The switches of the made-up clinic, as the standalone build reaches them: by requests, like everything of it. */
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { ClinicConfig } from '#src/config/config.ts';
import { formatDayAndTime, parseInstant } from '#src/lib/time.ts';

const stateSchema = z.object({
  scenario: z.string(),
  scenarios: z.array(z.string()),
  day: z.string(),
  days: z.array(z.string()),
  clock: z.object({ setTo: z.nullable(z.string()), now: z.string() }),
  notice: z.optional(z.string()),
});

type MadeUpState = z.infer<typeof stateSchema>;

/** How the switches stand. */
export function madeUpState(config: ClinicConfig) {
  return queryOptions({
    queryKey: ['MadeUpClinic', 'state'],
    queryFn: async (): Promise<MadeUpState> => {
      const response = await fetch(address(config, 'clock'));
      return z.parse(stateSchema, await response.json());
    },
  });
}

/** Turns a switch. Rejects with the sentence that says what is wrong. */
export async function turn(
  config: ClinicConfig,
  name: 'scenario' | 'day' | 'clock',
  value: string | null,
): Promise<void> {
  const response = await fetch(address(config, name), {
    method: 'PUT',
    body: JSON.stringify({ [name === 'clock' ? 'at' : name]: value }),
  });
  if (response.ok) return;
  const { detail } = z.parse(z.object({ detail: z.string() }), await response.json());
  throw new Error(detail);
}

/** Lays the made-up clinic anew, as it is at this hour. */
export async function reset(config: ClinicConfig): Promise<void> {
  await fetch(address(config, 'reset'), { method: 'POST' });
}

function address({ fhirBaseUrl }: ClinicConfig, name: string): URL {
  return new URL(`../../mock/${name}`, `${fhirBaseUrl}/`);
}

/** `Mon 23 Nov 10:42`, clinic time; as it came where it is no instant. */
export function momentText(text: string, timeZone: string): string {
  const at = parseInstant(text);
  if (at === undefined) return text;
  const day = at.toZonedDateTimeISO(timeZone).toPlainDate();
  // The weekday is wanted also for today.
  return formatDayAndTime(at, day.subtract({ days: 1 }), timeZone);
}

/** What a switch shows, in words. */
export const SCENARIO_WORDS: Readonly<Record<string, string>> = {
  normal: 'Answers well',
  slow: 'Slow',
  offline: 'Offline',
  conflict: 'Conflict: somebody else saves first',
  failing: 'Failing (503)',
  throttled: 'Too many requests (429)',
  forbidden: 'Lets nobody read (403)',
  expired: 'Takes no sign-in (401)',
  html: 'Sends web pages in place of records',
  'cut-off': 'Answers are cut off',
  empty: 'Answers are empty',
};

export const DAY_WORDS: Readonly<Record<string, string>> = {
  usual: 'Usual day',
  quiet: 'Quiet day',
  busy: 'Busy Monday',
};
