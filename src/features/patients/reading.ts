import type { Clinic } from '#src/config/clinic.ts';
import { clinicDay } from '#src/lib/time.ts';

/** What the reading of a record depends on, beside the record. */
export interface Reading {
  /** References under it, and relative ones, mean the clinic's own records. */
  readonly fhirBaseUrl: string;
  readonly timeZone: string;
  /** The clinic's day: what has ended or not yet begun does not count. */
  readonly today: Temporal.PlainDate;
  /** The only types of identifiers that are taken over. */
  readonly identifierTypes: readonly string[];
  /** Whose medical record number is the clinic's own, where patients carry those of others too. */
  readonly mrnSystem: string | undefined;
}

/** How the clinic reads its records now. */
export function readingOf({ config, now }: Clinic): Reading {
  const { timeZone } = config.clinic;
  const { identifierTypes, mrnSystem } = config.codes;
  return {
    fhirBaseUrl: config.fhirBaseUrl,
    timeZone,
    today: clinicDay(now(), timeZone),
    identifierTypes,
    mrnSystem,
  };
}
