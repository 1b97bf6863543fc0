import { fold, matchesWords } from '#src/lib/text.ts';
import { daysOf } from '#src/lib/time.ts';
import { says } from '#src/fhir/datatypes.ts';
import type { Patient } from './patient.ts';

/** What somebody typed into the search of patients, understood. */
export type PatientSearch =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'name'; readonly words: readonly string[] }
  /** A day, month or year. */
  | { readonly kind: 'birthDate'; readonly date: string }
  /** Four digits that are a year or a medical record number: both are asked for. */
  | { readonly kind: 'numberOrBirthDate'; readonly text: string; readonly date: string }
  /** Could be a medical record number or a phone number: both are asked for. */
  | { readonly kind: 'number'; readonly text: string }
  /** Letters and digits in one word: a medical record number or a name, both are asked for. */
  | { readonly kind: 'numberOrName'; readonly text: string; readonly words: readonly string[] };

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/**
 * Understands what was typed: a birth date (`4 Mar 1979`, `March 4, 1979`, `1979-03-04`, `3/4/1979` in the order of
 * the clinic's locale), a number (medical record or phone; four digits may be a year too), or words of a name.
 */
export function understandSearch(typed: string, locale: string): PatientSearch {
  const text = typed.trim().replaceAll(/\s+/g, ' ');
  if (fold(text) === '') return { kind: 'nothing' };
  const date = birthDateIn(text, locale);
  if (date !== undefined) {
    return date === text && /^\d{4}$/.test(text)
      ? { kind: 'numberOrBirthDate', text, date }
      : { kind: 'birthDate', date };
  }
  const digits = text.replaceAll(/\D/g, '').length;
  if (digits >= 3 && /^[\d\s()+./-]+$/.test(text)) return { kind: 'number', text };
  // SURNAME, Given: the comma is no part of the name.
  const words = text.split(/[\s,;]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return { kind: 'name', words: [text] };
  return digits >= 3 && words.length === 1 ? { kind: 'numberOrName', text, words } : { kind: 'name', words };
}

function birthDateIn(text: string, locale: string): string | undefined {
  const iso = /^((?:19|20)\d{2})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
  if (iso !== null) return validDate(iso.slice(1));
  const dayFirst = /^(?:(\d{1,2})\.?[ -])?([a-z]{3,9})\.?,?[ -]((?:19|20)\d{2})$/i.exec(text);
  if (dayFirst !== null) return validDate([dayFirst[3], monthNamed(dayFirst[2]), dayFirst[1]]);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2}),? ((?:19|20)\d{2})$/i.exec(text);
  if (monthFirst !== null) return validDate([monthFirst[3], monthNamed(monthFirst[1]), monthFirst[2]]);
  const [, first, second, year] = /^(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d{2})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  // Whoever writes dots writes the day first.
  const monthLeads = !text.includes('.') && isMonthFirst(locale);
  const orders = [
    [year, first, second],
    [year, second, first],
  ];
  // Where only one order is a day, that one is meant.
  const [meant, other] = monthLeads ? orders : orders.toReversed();
  return validDate(meant ?? []) ?? validDate(other ?? []);
}

/** Whether a locale writes the month of a date in figures before its day. */
function isMonthFirst(locale: string): boolean {
  const figures = { day: 'numeric', month: 'numeric', year: 'numeric', calendar: 'gregory' } as const;
  const order = new Intl.DateTimeFormat(locale, figures).formatToParts(0).map(({ type }) => type);
  return order.indexOf('month') < order.indexOf('day');
}

/** The month that a whole name or the beginning of one means; `0` where it means none. */
function monthNamed(name = ''): string {
  return String(MONTHS.findIndex((month) => month.startsWith(name.toLowerCase())) + 1);
}

/** Year, month and day, as many as are known, as FHIR writes them; nothing where there is no such day. */
function validDate(parts: readonly (string | undefined)[]): string | undefined {
  const date = parts.flatMap((part) => part?.padStart(2, '0') ?? []).join('-');
  return daysOf(date) === undefined ? undefined : date;
}

/** The ways in which the same phone number may stand in a record, since servers compare it letter by letter. */
export function phoneSpellings(typed: string): readonly string[] {
  const local = localDigits(typed);
  if (local.length !== 10)
    return [...new Set([typed, local, ...(typed.startsWith('+') ? [`+${local}`] : [])])];
  const [area, office, line] = [local.slice(0, 3), local.slice(3, 6), local.slice(6)];
  return [
    ...new Set([
      typed,
      local,
      `1${local}`,
      `+1${local}`,
      `(${area}) ${office}-${line}`,
      `${area}-${office}-${line}`,
      `${area}.${office}.${line}`,
      `${area} ${office} ${line}`,
      `+1-${area}-${office}-${line}`,
      `+1 ${area} ${office} ${line}`,
      `+1 (${area}) ${office}-${line}`,
      `1-${area}-${office}-${line}`,
    ]),
  ];
}

/** The digits of a phone number, without the 1 that leads into North America. */
function localDigits(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}

/**
 * The ways in which the same word of a name may stand in a record, since not every server takes the apostrophe that a
 * telephone types for the one in the record.
 */
export function nameSpellings(word: string): readonly string[] {
  const apostrophe = /['‘’ʼ`]/g;
  return apostrophe.test(word)
    ? ["'", '’', ''].map((other) => word.replaceAll(apostrophe, other)).filter(says)
    : [word];
}

/** Whether a patient answers a search, for a list that is here whole. Accents, case and punctuation do not count. */
export function answersSearch(patient: Patient, search: PatientSearch): boolean {
  const hasName = (words: readonly string[]) => {
    const { surname, given, preferred = '' } = patient.name;
    return matchesWords([surname, given, preferred].join(' '), words.join(' '));
  };
  const hasMrn = (text: string) =>
    patient.mrn !== undefined && says(bare(text)) && bare(patient.mrn).includes(bare(text));
  switch (search.kind) {
    case 'nothing':
      return true;
    case 'birthDate':
      return patient.birthDate?.startsWith(search.date) ?? false;
    case 'name':
      return hasName(search.words);
    case 'numberOrBirthDate':
      return hasMrn(search.text) || (patient.birthDate?.startsWith(search.date) ?? false);
    case 'numberOrName':
      return hasMrn(search.text) || hasName(search.words);
    case 'number': {
      const digits = localDigits(search.text);
      const phone = (value: string) => digits.length >= 4 && value.replaceAll(/\D/g, '').includes(digits);
      return hasMrn(search.text) || patient.phones.some(({ value }) => phone(value));
    }
  }
}

function bare(text: string): string {
  return fold(text).replaceAll(/[^\p{L}\p{N}]/gu, '');
}
