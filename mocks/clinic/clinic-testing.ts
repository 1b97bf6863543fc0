/** What the tests of the clinic's records share: clinics on awkward days, and ways to read their records. */
import type { CodeableConcept, Resource } from 'fhir/r4';
import { buildClinic, type ClinicOptions } from './clinic.ts';

/** The days on which the clinic is tried: ordinary ones, clock changes, a leap day, a closure, a weekend. */
export const MONDAY = '2026-11-23';
export const DAYS = [
  MONDAY,
  '2026-03-08',
  '2026-11-01',
  '2028-02-29',
  '2026-11-26',
  '2026-11-27',
  '2026-11-28',
  '2027-01-04',
];

/** The clinic on a day, of 240 patients in New York unless told. */
export function clinic(options: Partial<Omit<ClinicOptions, 'today'>> & { today?: string } = {}): Resource[] {
  const { today = MONDAY, timeZone = 'America/New_York', patients = 240, ...rest } = options;
  return buildClinic({ today: Temporal.PlainDate.from(today), timeZone, patients, ...rest });
}

/** The records of one type. */
export function ofType<R extends Resource>(records: readonly Resource[], type: R['resourceType']): R[] {
  return records.filter((record): record is R => record.resourceType === type);
}

/** Every code of some concepts, whatever its system. */
export function codesOf(concepts: CodeableConcept[] | undefined): string[] {
  return (concepts ?? []).flatMap(({ coding }) => coding?.flatMap(({ code }) => code ?? []) ?? []);
}

/** How often each key occurs. */
export function countBy<T>(list: readonly T[], key: (one: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of list) counts[key(one)] = (counts[key(one)] ?? 0) + 1;
  return counts;
}

/** Every reference within a value. */
export function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reference' && typeof inner === 'string' ? [inner] : references(inner),
  );
}
