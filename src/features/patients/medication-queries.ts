import { searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { patientReferences } from './list-page.ts';

/** What a patient takes and took, whatever its status: one that was never recorded would not answer a search by it. */
export function medicationsOf(patientId: string, count: number): SearchRequest {
  return searchRequest('MedicationStatement', { patient: patientReferences([patientId]), _count: count });
}
