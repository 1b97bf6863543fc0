import { fold, matchesWords } from '#src/lib/text.ts';
import { displayName, type Patient } from './patient.ts';

/** What somebody typed into the search of patients, understood. */
export type PatientSearch =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'name'; readonly words: readonly string[] }
  /** A day, month or year. */
  | { readonly kind: 'birthDate'; readonly date: string }
  /** Could be a medical record number or a phone number: both are asked for. */
  | { readonly kind: 'number'; readonly text: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Understands what was typed: a birth date (`4 Mar 1979`, `1979-03-04`, `3/4/1979` in the order of the clinic's
 * locale, a year), a number (medical record or phone), or words of a name.
 */
export function understandSearch(typed: string, locale: string): PatientSearch {
  const text = typed.trim().replaceAll(/\s+/g, ' ');
  if (text === '') return { kind: 'nothing' };
  const date = birthDateIn(text, locale);
  if (date !== undefined) return { kind: 'birthDate', date };
  const digits = text.replaceAll(/\D/g, '').length;
  if (digits >= 3 && /^[\d\s()+./-]+$/.test(text)) return { kind: 'number', text };
  if (digits >= 3 && !text.includes(' ')) return { kind: 'number', text };
  return { kind: 'name', words: text.split(' ') };
}

function birthDateIn(text: string, locale: string): string | undefined {
  if (/^(19|20)\d{2}(-\d{2}(-\d{2})?)?$/.test(text)) return validDate(text);
  const named = /^(?:(\d{1,2})\.? )?([a-z]{3,9})\.? ((?:19|20)\d{2})$/i.exec(text);
  if (named !== null) {
    const [, day, name = '', year = ''] = named;
    const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
    return month === 0 ? undefined : validDate([year, two(month), ...(day === undefined ? [] : [two(day)])].join('-'));
  }
  const numeric = /^(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d{2})$/.exec(text);
  if (numeric === null) return undefined;
  const [, first = '', second = '', year = ''] = numeric;
  const monthFirst = locale === 'en-US' && text.includes('/');
  return validDate([year, two(monthFirst ? first : second), two(monthFirst ? second : first)].join('-'));
}

function two(value: string | number): string {
  return String(value).padStart(2, '0');
}

function validDate(date: string): string | undefined {
  try {
    Temporal.PlainDate.from(`${date}-01-01`.slice(0, 10), { overflow: 'reject' });
    return date;
  } catch {
    return undefined;
  }
}

/** The ways in which the same phone number may stand in a record, since servers compare it letter by letter. */
export function phoneSpellings(typed: string): readonly string[] {
  const digits = typed.replaceAll(/\D/g, '');
  const local = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  if (local.length !== 10) return [...new Set([typed, digits])];
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

/** Whether a patient answers a search, for a list that is here whole. Accents, case and punctuation do not count. */
export function answersSearch(patient: Patient, search: PatientSearch): boolean {
  switch (search.kind) {
    case 'nothing':
      return true;
    case 'birthDate':
      return patient.birthDate?.startsWith(search.date) ?? false;
    case 'name':
      return matchesWords([displayName(patient.name), patient.name.preferred ?? ''].join(' '), search.words.join(' '));
    case 'number': {
      const digits = search.text.replaceAll(/\D/g, '');
      const same = (value: string) => fold(value).includes(fold(search.text));
      const phone = (value: string) => digits.length >= 4 && value.replaceAll(/\D/g, '').includes(digits);
      return (patient.mrn !== undefined && same(patient.mrn)) || patient.phones.some(({ value }) => phone(value));
    }
  }
}
