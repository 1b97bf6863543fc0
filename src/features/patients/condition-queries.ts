import { anyOf, searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import type { Clinic } from '#src/config/clinic.ts';
import { toCondition, type Condition } from './condition.ts';
import { loadList, patientReferences, rowsWithPatients, type ListPage, type ListPlace } from './list-page.ts';

export interface ConditionListSearch {
  /** `system|code`; without one, every diagnosis that the clinic filters by. */
  readonly diagnosis: string | undefined;
  /** Only these patients, 100 at most. */
  readonly patientIds: readonly string[] | undefined;
}

/** Active diagnoses with their patients, those left out that were refuted or a mistake. Throws FhirError. */
export async function conditionPage(
  clinic: Clinic,
  { diagnosis, patientIds }: ConditionListSearch,
  place: ListPlace,
): Promise<ListPage<Condition>> {
  const tokens = clinic.config.codes.diagnoses.map(({ system, code }) => `${system}|${code}`);
  const request = searchRequest('Condition', {
    code: diagnosis ?? tokens.join(','),
    'clinical-status': anyOf(['active', 'recurrence', 'relapse']),
    patient: patientIds && patientReferences(patientIds),
    _include: 'Condition:patient',
    _sort: '-_lastUpdated,_id',
    _count: 100,
    _total: 'accurate',
  });
  const page = rowsWithPatients(clinic, await loadList(clinic.fhir, request, place), toCondition);
  const rows = page.rows.filter((row) => row.kind === 'unreadable' || row.item.current);
  return { ...page, rows, total: page.whole ? rows.length : page.total };
}

/** The diagnoses of a patient. By patient alone: one without a status would not answer a search by status. */
export function conditionsOf(patientId: string, count: number): SearchRequest {
  return searchRequest('Condition', { patient: patientReferences([patientId]), _count: count });
}
