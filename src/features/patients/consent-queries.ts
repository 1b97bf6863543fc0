import { searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { patientReferences } from './list-page.ts';

/** The consents and refusals of patients, 100 at most, that nobody has taken back. */
export function consentsOf(patientIds: readonly string[], count: number): SearchRequest {
  return searchRequest('Consent', {
    patient: patientReferences(patientIds),
    status: 'active',
    _count: count,
  });
}
