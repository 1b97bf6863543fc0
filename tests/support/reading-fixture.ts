import type { Reading } from '#src/features/patients/reading.ts';

/** How a clinic in New York reads its records on a Monday; `over` says what is particular. */
export function readingWith(over: Partial<Reading> = {}): Reading {
  return {
    fhirBaseUrl: 'https://ehr.example/fhir/R4',
    timeZone: 'America/New_York',
    today: Temporal.PlainDate.from('2026-11-23'),
    identifierTypes: ['MR'],
    mrnSystem: undefined,
    ...over,
  };
}
