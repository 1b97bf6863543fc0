import { KETAMINE, token } from '#src/fhir/codes.ts';
import { searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { patientReferences } from '../patients/list-page.ts';

/** A patient's orders of ketamine, also those that are over, the newest first. */
export function ordersOf(patientId: string, count: number): SearchRequest {
  return searchRequest('MedicationRequest', {
    patient: patientReferences([patientId]),
    code: token(KETAMINE.system, KETAMINE.code),
    _sort: '-authoredon,_id',
    _count: count,
  });
}

/** Everything that was ever prescribed to a patient, by whomever, the newest first; orders of ketamine among it. */
export function prescriptionsOf(patientId: string, count: number): SearchRequest {
  return searchRequest('MedicationRequest', {
    patient: patientReferences([patientId]),
    _sort: '-authoredon,_id',
    _count: count,
  });
}
