import { createContext, use } from 'react';
import type { FhirClient } from '#src/fhir/client.ts';
import type { ClinicConfig } from './config.ts';

/** What every query needs: the clinic's server, its configuration and its clock. */
export interface Clinic {
  readonly fhir: FhirClient;
  readonly config: ClinicConfig;
  readonly now: () => Temporal.Instant;
}

/** While a page is visible, what others change in the clinic's records appears within this time. */
export const REFRESH_MS = 60_000;

const ClinicContext = createContext<Clinic | undefined>(undefined);

export const ClinicProvider = ClinicContext.Provider;

/** The clinic of the running application; throws outside of its provider. */
export function useClinic(): Clinic {
  const clinic = use(ClinicContext);
  if (clinic === undefined) throw new Error('useClinic outside of ClinicProvider');
  return clinic;
}
