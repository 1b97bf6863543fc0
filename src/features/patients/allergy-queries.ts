import { searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { patientReferences } from './list-page.ts';

/**
 * The allergies of patients, 100 at most. By patient alone: one whose status was never recorded would not answer a
 * search by status.
 */
export function allergiesOf(patientIds: readonly string[], count: number): SearchRequest {
  return searchRequest('AllergyIntolerance', { patient: patientReferences(patientIds), _count: count });
}
