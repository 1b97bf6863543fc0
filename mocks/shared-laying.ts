/** Which laying of the clinic all tabs of this browser share. */
import type { Wishes } from './address-wishes.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { clinicTimeAt, clockSetTo, type Laying, layingAt, mondayMorning } from './laying.ts';

interface Start {
  readonly laying: Laying;
  /** What was written since. */
  readonly entries: readonly JournalEntry[];
}

interface StartOptions {
  /** What the address asks for and has not got yet. */
  readonly wishes: Wishes;
  /** No other tab is open. */
  readonly alone: boolean;
  readonly real: Temporal.Instant;
  readonly timeZone: string;
}

/**
 * Finds the laying in the journal, or makes a new one: where the address asks for another, on another day, and, so
 * that the morning does not stay for ever, where nothing was written and nobody else looks at it.
 */
export async function firstLaying(journal: Journal, options: StartOptions): Promise<Start> {
  const all = await journal.catchUp();
  const place = all.findLastIndex(({ kind }) => kind === 'laid');
  const last = all[place];
  const entries = all.slice(place + 1);
  const laying = last?.kind === 'laid' ? last.laying : undefined;
  const next = nextLaying(laying, entries.length > 0, options);
  if (next === undefined) return { laying: laying ?? layingOf({}, options), entries };
  await journal.append([{ kind: 'laid', laying: next }]);
  return { laying: next, entries: [] };
}

function nextLaying(laying: Laying | undefined, written: boolean, options: StartOptions): Laying | undefined {
  const { wishes, alone, real, timeZone } = options;
  if (laying === undefined || wishes.clock !== undefined || wishes.day !== undefined) {
    return layingOf(laying ?? {}, options);
  }
  const fresh = layingAt(laying, real, timeZone);
  const over = laying.clock === undefined && fresh.today !== laying.today;
  return over || (alone && !written) ? fresh : undefined;
}

function layingOf(before: Partial<Laying>, { wishes, real, timeZone }: StartOptions): Laying {
  const day = wishes.day ?? before.day ?? 'usual';
  const clock = wishes.clock === undefined ? before.clock : clockSetTo(wishes.clock, real);
  const at = clinicTimeAt({ clock }, real);
  const isMonday = at.toZonedDateTimeISO(timeZone).dayOfWeek === 1;
  return layingAt(
    {
      day,
      // The busy day is a Monday, unless somebody set the clock.
      clock:
        wishes.day === 'busy' && wishes.clock === undefined && !isMonday
          ? clockSetTo(mondayMorning(at, timeZone), real)
          : clock,
    },
    real,
    timeZone,
  );
}
