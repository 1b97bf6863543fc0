import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { LOCAL_SYSTEM, protocolUri } from '#src/fhir/codes.ts';
import { concept, idIn, reference, text } from '../patients/codeable.ts';

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
      scheduledTiming: z.optional(z.object({ repeat: z.optional(z.object({ count: z.optional(z.number()) })) })),
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

/** Reads a `CarePlan` of a course; throws a zod error where a field has a shape that FHIR does not allow. */
export function toCourse(resource: RawResource): Course {
  const record = z.parse(courseRecord, resource);
  const codes = (record.category ?? []).flatMap((one) => one.coding ?? []).filter((one) => one.system === LOCAL_SYSTEM);
  const isSeries = (one: z.infer<typeof activity>) => one.detail?.scheduledTiming?.repeat?.count !== undefined;
  const activities = record.activity ?? [];
  const sessions = (some: typeof activities) =>
    some.flatMap((one) => one.outcomeReference ?? []).flatMap((one) => idIn(one, 'Encounter') ?? []);
  return {
    id: record.id,
    patientId: idIn(record.subject, 'Patient'),
    phase: PHASES.find((phase) => codes.some(({ code }) => code === `phase-${phase}`)),
    paused: record.status === 'on-hold',
    protocolUri: record.instantiatesUri?.[0],
    conditionId: idIn(record.addresses?.[0], 'Condition'),
    planned: activities.find(isSeries)?.detail?.scheduledTiming?.repeat?.count,
    seriesSessions: sessions(activities.filter(isSeries)),
    maintenanceSessions: sessions(activities.filter((one) => !isSeries(one))),
    start: record.period?.start,
  };
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
      return count === 0 ? 'maintenance, none yet' : `maintenance, ${count} ${count === 1 ? 'session' : 'sessions'}`;
    }
    case 'consultation':
      return 'consultation';
    case 'ended':
      return 'ended';
    case undefined:
      return 'phase not recorded';
  }
}
