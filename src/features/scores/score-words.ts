import { daysOf, formatPartialDate } from '#src/lib/time.ts';
import { SCORES } from './score-kinds.ts';
import type { Score, Taken } from './score.ts';

/** How the time of taking is called on screen. */
export const TAKEN_WORDS: Readonly<Record<Taken, string>> = {
  beforeSession: 'before session',
  during: 'during session',
  afterSession: 'after session',
  followUp: 'follow-up',
  unknown: 'when not recorded',
};

/** When a score was taken: of pain it matters and may be unknown, of others it is known where they name a session. */
export function takenText({ kind, taken, sessionId }: Score): string {
  if (kind === 'pain' || taken !== 'unknown') return TAKEN_WORDS[taken];
  return sessionId === undefined ? '' : 'in session';
}

/** `5`, `−2`, `22.5`, or why there is none; an opioid dose without a value was not computed, never 0. */
export function valueText({ kind, value, absent, asRecorded }: Score): string {
  if (value !== undefined) return numberText(value);
  if (kind === 'opioidMme') return 'not computed';
  return absent ?? asRecorded ?? 'no value';
}

/** A value as it is read: no more than two decimals, with a true minus. */
export function numberText(value: number): string {
  return String(Math.round(value * 100) / 100).replace('-', '−');
}

/** Why a score does not count although it stands there, or what else has to be known of it. */
export function remarkOn({ status, vital, kind, asRecorded, value, absent }: Score): string {
  return [
    ...(status === 'mistake' ? ['entered in error'] : []),
    ...(status === 'cancelled' ? ['cancelled'] : []),
    ...(vital && kind === 'pain' ? ['of the vitals, does not count'] : []),
    ...(value !== undefined && asRecorded !== undefined ? [`recorded as ${asRecorded}`] : []),
    ...(value === undefined && kind === 'opioidMme' && absent !== undefined ? [absent] : []),
  ].join(', ');
}

/** `23 Nov 2026`, or as much of the date as is known. */
export function dateText({ day, date }: Pick<Score, 'day' | 'date'>): string {
  if (day !== undefined) return formatPartialDate(day.toString());
  return date !== undefined && daysOf(date) !== undefined ? formatPartialDate(date) : 'date unknown';
}

/** The label with its range: `PEG 0–10`, as a screen reader and a list of choices say it. */
export function labelWithRange(kind: Score['kind']): string {
  const { label, rangeText } = SCORES[kind];
  return `${label}, ${rangeText}`;
}
