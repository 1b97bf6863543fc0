/**
 * The kinds of value that the configuration file knows. Every field carries the sentence that says what is allowed;
 * that sentence is the message of its issue, so the page that shows a broken file needs no second table.
 */
import * as z from 'zod/mini';

/** A text that passes `test`; `allowed` says what would. Empty and padded texts never pass. */
export function text(allowed = 'a text', test: (value: string) => boolean = () => true) {
  return z.custom<string>(
    (value) => typeof value === 'string' && value !== '' && value === value.trim() && test(value),
    allowed,
  );
}

/** One of a few words. */
export function oneOf<const T extends string>(words: readonly T[]) {
  return z.custom<T>((value) => words.some((word) => word === value), `one of ${words.join(', ')}`);
}

/** A number within bounds, both included. */
export function numeric(low: number, high: number) {
  return z.custom<number>(
    (value) => typeof value === 'number' && value >= low && value <= high,
    `a number from ${low} to ${high}`,
  );
}

/** A whole number within bounds, both included. */
export function whole(low: number, high: number) {
  return z.custom<number>(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high,
    `a whole number from ${low} to ${high}`,
  );
}

/** true or false. */
export function yesNo() {
  return z.custom<boolean>((value) => typeof value === 'boolean', 'true or false');
}

/** An object with exactly these keys; a key it does not know is an issue that lists the ones it does. */
export function group<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, { error: () => `an object with the keys ${Object.keys(shape).join(', ')}` });
}

/** A list with at least `least` entries. */
export function list<T extends z.core.SomeType>(entry: T, allowed: string, least = 0) {
  return z.array(entry, allowed).check(z.refine((entries) => entries.length >= least, allowed));
}

/** `2026-11-26`, a day that exists. */
export function day() {
  return text('a date such as 2026-11-26', (value) => {
    const time = Date.parse(`${value}T00:00:00Z`);
    return (
      /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
    );
  });
}

/** `08:00`, on the clock of the clinic. */
export function clockTime() {
  return text('a time such as 08:00', (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value));
}

/** An IANA name. Offsets and abbreviations are refused: they know nothing of the clock changes. */
export function timeZone() {
  return text('an IANA time zone such as America/New_York', (value) => {
    try {
      return (
        (value === 'UTC' || /^[A-Z]\w*\//.test(value)) &&
        Boolean(Intl.DateTimeFormat('en', { timeZone: value }))
      );
    } catch {
      return false;
    }
  });
}

/** A BCP 47 tag. */
export function locale() {
  return text('a language tag such as en-GB', (value) => {
    try {
      return Intl.getCanonicalLocales(value).length === 1;
    } catch {
      return false;
    }
  });
}

/** Scheme, host and port of a server, as a browser writes them. */
export function origin() {
  return text(
    'an origin such as https://login.clinic.example, without a path',
    (value) => /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value,
  );
}

/** An http(s) address, or one relative to the configuration file; neither with a query, fragment or password. */
export function address() {
  return text('an address such as https://fhir.clinic.example/R4, or one that begins with ./', (value) => {
    if (!/^(https?:\/\/|\.{0,2}\/)/.test(value) || !URL.canParse(value, 'https://clinic.example/')) {
      return false;
    }
    const url = new URL(value, 'https://clinic.example/');
    return url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  });
}
