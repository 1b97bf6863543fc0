import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import {
  concept,
  hasCode,
  localId,
  period,
  reference,
  says,
  text,
  type Concept,
} from '#src/fhir/datatypes.ts';
import { parseDay, parseInstant } from '#src/lib/time.ts';
import type { Reading } from '../patients/reading.ts';

/** One infusion, as its `Encounter` tells it. */
export interface Session {
  readonly id: string;
  readonly patientId: string | undefined;
  /** As recorded, then the moments and the clinic's day, as far as they are known. */
  readonly date: string | undefined;
  readonly start: Temporal.Instant | undefined;
  readonly end: Temporal.Instant | undefined;
  readonly day: Temporal.PlainDate | undefined;
  readonly phase: 'consultation' | 'induction' | 'maintenance' | undefined;
  readonly protocolId: string | undefined;
  readonly chair: string | undefined;
  readonly nurse: string | undefined;
  /** `voided`: it never was of this patient; `notHeld`: planned or cancelled. */
  readonly state: 'open' | 'finished' | 'voided' | 'notHeld' | 'unknown';
  /** Written at signing. */
  readonly outcome: 'completed' | 'stopped' | 'adverseEvent' | undefined;
  readonly appointmentId: string | undefined;
}

/** The note of a session that nobody has signed yet. */
export interface UnsignedNote {
  readonly patientId: string | undefined;
  /** The clinic's day of the session. */
  readonly day: Temporal.PlainDate;
}

const encounterRecord = z.object({ period: z.optional(z.object({ start: text })) });

const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

const sessionRecord = z.object({
  id: z.string(),
  status: text,
  type: z.optional(z.array(concept)),
  subject: z.optional(reference),
  participant: z.optional(
    z.array(z.object({ type: z.optional(z.array(concept)), individual: z.optional(reference) })),
  ),
  appointment: z.optional(z.array(reference)),
  period: z.optional(period),
  location: z.optional(z.array(z.object({ location: z.optional(reference) }))),
});

const STATES: ReadonlyMap<string | undefined, Session['state']> = new Map([
  ['arrived', 'open'],
  ['triaged', 'open'],
  ['in-progress', 'open'],
  ['onleave', 'open'],
  ['finished', 'finished'],
  ['entered-in-error', 'voided'],
  ['planned', 'notHeld'],
  ['cancelled', 'notHeld'],
]);

const PHASES = ['consultation', 'induction', 'maintenance'] as const;

/** The one that weighs most, should several be coded. */
const OUTCOMES = [
  ['adverseEvent', 'outcome-adverse-event'],
  ['stopped', 'outcome-stopped'],
  ['completed', 'outcome-completed'],
] as const;
const noteRecord = z.object({ subject: z.optional(reference), date: text });

/** The clinic's day on which a session (`Encounter`) began; unknown where the record does not say or cannot be read. */
export function sessionDay(resource: RawResource, { timeZone }: Reading): Temporal.PlainDate | undefined {
  const record = z.safeParse(encounterRecord, resource);
  return record.success ? parseDay(record.data.period?.start, timeZone) : undefined;
}

/**
 * Reads a preliminary `Composition`. Throws a zod error where a field has a shape that FHIR does not allow, and an
 * Error where it says no day: a note without one would be counted nowhere.
 */
export function toUnsignedNote(resource: RawResource, { fhirBaseUrl, timeZone }: Reading): UnsignedNote {
  const record = z.parse(noteRecord, resource);
  const day = parseDay(record.date, timeZone);
  if (day === undefined) throw new Error('the field date is no day');
  return { patientId: localId(record.subject, 'Patient', fhirBaseUrl), day };
}

/**
 * Reads an `Encounter` of an infusion. Throws a zod error where a field has a shape that FHIR does not allow, and an
 * Error where it is no infusion: other systems record visits of every kind.
 */
export function toSession(resource: RawResource, { fhirBaseUrl, timeZone }: Reading): Session {
  const record = z.parse(sessionRecord, resource);
  const types = record.type ?? [];
  if (!hasType(types, 'ketamine-infusion')) throw new Error('it is no infusion');
  const { start, end } = record.period ?? {};
  const phases = PHASES.filter((phase) => hasType(types, `phase-${phase}`));
  const nurse = record.participant?.find(({ type }) =>
    type?.some((one) => hasCode(one, PARTICIPATION, ['PPRF'])),
  );
  return {
    id: record.id,
    patientId: localId(record.subject, 'Patient', fhirBaseUrl),
    date: start,
    start: parseInstant(start),
    end: parseInstant(end),
    day: parseDay(start, timeZone),
    phase: phases.length === 1 ? phases[0] : undefined,
    protocolId: protocolIn(types),
    chair: record.location?.map(({ location }) => location?.display).find(says),
    nurse: says(nurse?.individual?.display) ? nurse.individual.display : undefined,
    state: STATES.get(record.status) ?? 'unknown',
    outcome: OUTCOMES.find(([, code]) => hasType(types, code))?.[0],
    appointmentId: localId(record.appointment?.[0], 'Appointment', fhirBaseUrl),
  };
}

function hasType(types: readonly Concept[], code: string): boolean {
  return types.some((one) => hasCode(one, LOCAL_SYSTEM, [code]));
}

function protocolIn(types: readonly Concept[]): string | undefined {
  const codes = types.flatMap(({ coding = [] }) =>
    coding.flatMap(({ system, code }) => (system === LOCAL_SYSTEM && code !== undefined ? [code] : [])),
  );
  return codes.find((code) => code.startsWith('protocol-'))?.slice('protocol-'.length);
}
