import * as z from 'zod/mini';
import { LOCAL_SYSTEM, localToken } from '#src/fhir/codes.ts';
import { concept, hasCode, localId, reference, text } from '#src/fhir/datatypes.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { parseDay } from '#src/lib/time.ts';
import { patientReferences } from '../patients/list-page.ts';
import type { Reading } from '../patients/reading.ts';
import type { CourseDetail } from './course-detail.ts';

/** Whether a series was found to have helped. */
export interface InductionOutcome {
  readonly courseId: string | undefined;
  /** Nothing where the record says neither. */
  readonly responded: boolean | undefined;
  readonly on: Temporal.PlainDate | undefined;
}

const outcomeRecord = z.object({
  basedOn: z.optional(z.array(reference)),
  effectiveDateTime: text,
  valueCodeableConcept: z.optional(concept),
});

/** The outcomes of a patient's series, those left out that were a mistake, the newest first. */
export function inductionOutcomesOf(patientId: string, count: number): SearchRequest {
  return searchRequest('Observation', {
    patient: patientReferences([patientId]),
    code: localToken('induction-outcome'),
    status: 'final,amended,corrected',
    _sort: '-date,_id',
    _count: count,
  });
}

/** Reads an `Observation` of an outcome; throws a zod error where a field has a shape that FHIR does not allow. */
export function toInductionOutcome(
  resource: RawResource,
  { fhirBaseUrl, timeZone }: Reading,
): InductionOutcome {
  const record = z.parse(outcomeRecord, resource);
  const says = (code: string) => hasCode(record.valueCodeableConcept, LOCAL_SYSTEM, [code]);
  const [yes, no] = [says('responder'), says('non-responder')];
  return {
    courseId: record.basedOn?.flatMap((one) => localId(one, 'CarePlan', fhirBaseUrl) ?? [])[0],
    responded: yes === no ? undefined : yes,
    on: parseDay(record.effectiveDateTime, timeZone),
  };
}

type Begun = Pick<CourseDetail, 'id' | 'from'>;

/** What is known of a course's series. An outcome that names no course belongs to the one that had begun last by then. */
export function outcomeOf(
  course: Begun,
  outcomes: readonly InductionOutcome[],
  courses: readonly Begun[],
): InductionOutcome | undefined {
  return (
    outcomes.find(({ courseId }) => courseId === course.id) ??
    outcomes.find((one) => one.courseId === undefined && ownerOf(one, courses)?.id === course.id)
  );
}

function ownerOf({ on }: InductionOutcome, courses: readonly Begun[]): Begun | undefined {
  if (courses.length === 1) return courses[0];
  // One whose beginning is not known may be the one.
  if (on === undefined || courses.some(({ from }) => from === undefined)) return undefined;
  return courses
    .flatMap(({ id, from }) =>
      from !== undefined && Temporal.PlainDate.compare(from, on) <= 0 ? [{ id, from }] : [],
    )
    .toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))
    .at(-1);
}
