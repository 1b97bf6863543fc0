import { searchRequest } from '#src/fhir/search.ts';
import { localToken, protocolUri } from '#src/fhir/codes.ts';
import type { Clinic } from '#src/config/clinic.ts';
import {
  loadList,
  patientReferences,
  rowsWithPatients,
  type ListPage,
  type ListPlace,
} from '../patients/list-page.ts';
import { toCourse, type Course } from './course.ts';

export interface CourseListSearch {
  readonly phase: 'induction' | 'maintenance';
  /** Without a value both. */
  readonly course: 'active' | 'paused' | undefined;
  readonly protocolId: string | undefined;
  /** Only these patients, 100 at most. */
  readonly patientIds: readonly string[] | undefined;
}

const STATUS = { active: 'active', paused: 'on-hold' } as const;

/** Running courses of a phase with their patients. Throws FhirError. */
export async function coursePage(
  clinic: Clinic,
  { phase, course, protocolId, patientIds }: CourseListSearch,
  place: ListPlace,
): Promise<ListPage<Course>> {
  const request = searchRequest('CarePlan', {
    category: localToken(`phase-${phase}`),
    status: course === undefined ? 'active,on-hold' : STATUS[course],
    'instantiates-uri': protocolId && protocolUri(protocolId),
    patient: patientIds && patientReferences(patientIds),
    _include: 'CarePlan:patient',
    _sort: '-date,_id',
    _count: 100,
    _total: 'accurate',
  });
  return rowsWithPatients(clinic, await loadList(clinic.fhir, request, place), toCourse);
}

/** Counts the running courses of a phase. */
export function courseCountRequest(phase: 'induction' | 'maintenance') {
  return searchRequest('CarePlan', { category: localToken(`phase-${phase}`), status: 'active,on-hold' });
}
