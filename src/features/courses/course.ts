import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { LOCAL_SYSTEM, protocolUri } from '#src/fhir/codes.ts';
import { concept, hasCode, localId, reference, text, type Concept } from '#src/fhir/datatypes.ts';
import type { Reading } from '../patients/reading.ts';

export type Phase = 'consultation' | 'induction' | 'maintenance' | 'ended';

/** A course of infusions: its phase, its plan and the signed sessions that count. */
export interface Course {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly phase: Phase | undefined;
  readonly paused: boolean;
  readonly protocolUri: string | undefined;
  readonly conditionId: string | undefined;
  /** Sessions planned in the series; unknown where the plan does not say. */
  readonly planned: number | undefined;
  /** Signed sessions of the series, and after it, in time order. */
  readonly seriesSessions: readonly string[];
  readonly maintenanceSessions: readonly string[];
  readonly start: string | undefined;
}

const activity = z.object({
  outcomeReference: z.optional(z.array(reference)),
  detail: z.optional(
    z.object({
      scheduledTiming: z.optional(
        z.object({
          repeat: z.optional(z.object({ count: z.optional(z.number()), periodMax: z.optional(z.number()) })),
        }),
      ),
    }),
  ),
});

const courseRecord = z.object({
  id: z.string(),
  status: text,
  subject: reference,
  category: z.optional(z.array(concept)),
  instantiatesUri: z.optional(z.array(z.string())),
  addresses: z.optional(z.array(reference)),
  period: z.optional(z.object({ start: text })),
  activity: z.optional(z.array(activity)),
});

const PHASES: readonly Phase[] = ['consultation', 'induction', 'maintenance', 'ended'];
const OVER: ReadonlySet<string | undefined> = new Set(['completed', 'revoked', 'entered-in-error']);

/** Reads a `CarePlan` of a course; throws a zod error where a field has a shape that FHIR does not allow. */
export function toCourse(resource: RawResource, { fhirBaseUrl }: Reading): Course {
  const record = z.parse(courseRecord, resource);
  const phase = OVER.has(record.status) ? 'ended' : phaseIn(record.category ?? []);
  const { series, maintenance } = activitiesIn(record.activity ?? [], phase);
  return {
    id: record.id,
    patientId: localId(record.subject, 'Patient', fhirBaseUrl),
    phase,
    paused: record.status === 'on-hold',
    protocolUri: record.instantiatesUri?.[0],
    conditionId: localId(record.addresses?.[0], 'Condition', fhirBaseUrl),
    planned: series.map(countOf).find((count) => count !== undefined),
    seriesSessions: sessionsOf(series, fhirBaseUrl),
    maintenanceSessions: sessionsOf(maintenance, fhirBaseUrl),
    start: record.period?.start,
  };
}

/** The phase by the categories; unknown where they name none, or several that contradict each other. */
function phaseIn(categories: readonly Concept[]): Phase | undefined {
  const named = PHASES.filter((phase) =>
    categories.some((one) => hasCode(one, LOCAL_SYSTEM, [`phase-${phase}`])),
  );
  return named.length === 1 ? named[0] : undefined;
}

type Activity = z.infer<typeof activity>;

/** The series states its number of sessions. Where nothing does, the phase decides what the sessions belong to. */
function activitiesIn(all: readonly Activity[], phase: Phase | undefined) {
  const counted = all.some((one) => countOf(one) !== undefined);
  const isSeries = (one: Activity) =>
    counted
      ? countOf(one) !== undefined
      : phase !== 'maintenance' && one.detail?.scheduledTiming?.repeat?.periodMax === undefined;
  return { series: all.filter(isSeries), maintenance: all.filter((one) => !isSeries(one)) };
}

function countOf({ detail }: Activity): number | undefined {
  return detail?.scheduledTiming?.repeat?.count;
}

function sessionsOf(activities: readonly Activity[], fhirBaseUrl: string): readonly string[] {
  const ids = activities
    .flatMap(({ outcomeReference = [] }) => outcomeReference)
    .map((one) => localId(one, 'Encounter', fhirBaseUrl));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** The last signed session of a course, by the order in which it lists them. */
export function lastSessionId(course: Course): string | undefined {
  return course.maintenanceSessions.at(-1) ?? course.seriesSessions.at(-1);
}

/** Whether a course follows a protocol of the configuration. */
export function followsProtocol(course: Course, protocolId: string): boolean {
  return course.protocolUri === protocolUri(protocolId);
}

/** Signed sessions that count, in words: `induction 3 of 6`, `maintenance, 4 sessions`. */
export function progressText(course: Course): string {
  switch (course.phase) {
    case 'induction':
      return `induction ${course.seriesSessions.length} of ${course.planned ?? 'an unknown number'}`;
    case 'maintenance': {
      const count = course.maintenanceSessions.length;
      return count === 0
        ? 'maintenance, none yet'
        : `maintenance, ${count} ${count === 1 ? 'session' : 'sessions'}`;
    }
    case 'consultation':
      return 'consultation';
    case 'ended':
      return 'ended';
    case undefined:
      return 'phase not recorded';
  }
}
