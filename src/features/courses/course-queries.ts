import { searchRequest, type SearchRequest, type SearchValue } from '#src/fhir/search.ts';
import { localToken, protocolUri, type LocalCode } from '#src/fhir/codes.ts';
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
const RUNNING = 'active,on-hold';
/** Neither mistakes nor drafts. */
const EVER = `${RUNNING},completed,revoked,unknown`;

function courseSearch(
  category: LocalCode,
  status: string,
  more: Readonly<Record<string, SearchValue | undefined>> = {},
): SearchRequest {
  return searchRequest('CarePlan', { category: localToken(category), status, ...more });
}

/** The courses of patients, 100 at most, the newest first: the running ones, or with those that are over. */
export function coursesOf(
  patientIds: readonly string[],
  { which, count }: { readonly which: 'running' | 'all'; readonly count: number },
): SearchRequest {
  return courseSearch('ketamine-course', which === 'all' ? EVER : RUNNING, {
    patient: patientReferences(patientIds),
    _sort: '-date,_id',
    _count: count,
  });
}

/** Running courses of a phase with their patients. Throws FhirError. */
export async function coursePage(
  clinic: Clinic,
  { phase, course, protocolId, patientIds }: CourseListSearch,
  place: ListPlace,
): Promise<ListPage<Course>> {
  const request = courseSearch(`phase-${phase}`, course === undefined ? RUNNING : STATUS[course], {
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
  return courseSearch(`phase-${phase}`, RUNNING);
}
