import * as z from 'zod/mini';
import { concept, conceptText, text } from '#src/fhir/datatypes.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { parseDay } from '#src/lib/time.ts';
import type { Reading } from '../patients/reading.ts';
import { toCourse, type Course } from './course.ts';

/** A course with what its chart says beyond the list: its days, its interval, and why it rests or is over. */
export interface CourseDetail extends Course {
  readonly from: Temporal.PlainDate | undefined;
  readonly until: Temporal.PlainDate | undefined;
  /** How it ended; nothing while it runs, or where the record does not say. */
  readonly ending: 'completed' | 'stopped' | undefined;
  /** Why it is paused or over, in the words of the record. */
  readonly reason: string | undefined;
  /** Days from one maintenance session to the next: in force, and the protocol's. */
  readonly intervalDays: number | undefined;
  readonly protocolIntervalDays: number | undefined;
}

const repeat = z.object({
  count: z.optional(z.number()),
  frequency: z.optional(z.number()),
  period: z.optional(z.number()),
  periodMax: z.optional(z.number()),
  periodUnit: text,
});

const detailRecord = z.object({
  status: text,
  period: z.optional(z.object({ start: text, end: text })),
  activity: z.optional(
    z.array(
      z.object({
        detail: z.optional(
          z.object({
            statusReason: z.optional(concept),
            scheduledTiming: z.optional(z.object({ repeat: z.optional(repeat) })),
          }),
        ),
      }),
    ),
  ),
});

const ENDINGS: ReadonlyMap<string | undefined, 'completed' | 'stopped'> = new Map([
  ['completed', 'completed'],
  ['revoked', 'stopped'],
]);

/** Reads a `CarePlan` of a course for its chart; throws a zod error where a field has a shape that FHIR does not allow. */
export function toCourseDetail(resource: RawResource, reading: Reading): CourseDetail {
  const course = toCourse(resource, reading);
  const record = z.parse(detailRecord, resource);
  const details = (record.activity ?? []).flatMap(({ detail }) => detail ?? []);
  const upkeep = details
    .flatMap(({ scheduledTiming }) => scheduledTiming?.repeat ?? [])
    .find(({ count }) => count === undefined);
  const ending = ENDINGS.get(record.status);
  return {
    ...course,
    from: parseDay(record.period?.start, reading.timeZone),
    until: ending === undefined ? undefined : parseDay(record.period?.end, reading.timeZone),
    ending,
    reason: details
      .map(({ statusReason }) => conceptText(statusReason))
      .findLast((words) => words !== undefined),
    intervalDays: daysBetween(upkeep, upkeep?.period),
    protocolIntervalDays: daysBetween(upkeep, upkeep?.periodMax),
  };
}

const UNIT_DAYS: Readonly<Record<string, number>> = { d: 1, wk: 7 };

/** Whole days from one to the next; nothing where they are no days or weeks: a month is no number of days. */
function daysBetween(
  every: z.infer<typeof repeat> | undefined,
  period: number | undefined,
): number | undefined {
  const unit = UNIT_DAYS[every?.periodUnit ?? ''];
  if (unit === undefined || period === undefined) return undefined;
  const days = (period * unit) / (every?.frequency ?? 1);
  return Number.isInteger(days) && days > 0 ? days : undefined;
}

/** The course that is under way: the newest that is not over. */
export function currentCourse<One extends Course>(courses: readonly One[]): One | undefined {
  return courses.find(({ phase }) => phase !== 'ended');
}
