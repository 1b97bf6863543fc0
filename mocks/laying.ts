/** What the records of the made-up clinic are laid for, and the clock that runs on from there. */
import * as z from 'zod/mini';

/** Kinds of day at the clinic. */
export const DAYS = ['usual', 'quiet', 'busy'] as const;
export type DayKind = (typeof DAYS)[number];

const instant = z.string().check(z.refine((text) => instantIn(text) !== undefined));

/** The same laying gives the same records, in every tab. */
export const layingSchema = z.object({
  /** The clinic's day. */
  today: z.iso.date(),
  /** How far that day had got; 10:42 unless told. */
  at: z.optional(instant),
  day: z.enum(DAYS),
  /** The instant to which the clock was set, and the real one at which that was; without it the time is the real one. */
  clock: z.optional(z.object({ at: instant, since: instant })),
});

export type Laying = z.infer<typeof layingSchema>;

/** What the clinic's clock shows at a real instant. */
export function clinicTimeAt({ clock }: Pick<Laying, 'clock'>, real: Temporal.Instant): Temporal.Instant {
  if (clock === undefined) return real;
  return Temporal.Instant.from(clock.at).add(real.since(Temporal.Instant.from(clock.since)));
}

/** The laying for what the clock shows at a real instant. */
export function layingAt(
  { day, clock }: Pick<Laying, 'day' | 'clock'>,
  real: Temporal.Instant,
  timeZone: string,
): Laying {
  const at = clinicTimeAt({ clock }, real);
  return {
    today: at.toZonedDateTimeISO(timeZone).toPlainDate().toString(),
    at: at.toString(),
    day,
    ...(clock !== undefined && { clock }),
  };
}

/** A clock that is set now. */
export function clockSetTo(at: Temporal.Instant, real: Temporal.Instant): NonNullable<Laying['clock']> {
  return { at: at.toString(), since: real.toString() };
}

/** A Monday morning, 10:42 at the clinic: the day of `at` if that is a Monday, else the next one. */
export function mondayMorning(at: Temporal.Instant, timeZone: string): Temporal.Instant {
  const today = at.toZonedDateTimeISO(timeZone).toPlainDate();
  return today
    .add({ days: (8 - today.dayOfWeek) % 7 })
    .toZonedDateTime({ timeZone, plainTime: '10:42' })
    .toInstant();
}

/** `2026-11-23T10:42` at the clinic, or an instant with its offset; nothing for anything else. */
export function clinicInstant(text: string, timeZone: string): Temporal.Instant | undefined {
  const exact = instantIn(text);
  if (exact !== undefined) return exact;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined;
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
  } catch {
    return undefined;
  }
}

/** Whether a text names a kind of day. */
export function isDayKind(text: unknown): text is DayKind {
  return DAYS.some((day) => day === text);
}

function instantIn(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}
