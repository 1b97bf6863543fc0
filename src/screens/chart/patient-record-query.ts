import { queryOptions } from '@tanstack/react-query';
import {
  toAppointmentDetail,
  type AppointmentDetail,
} from '#src/features/appointments/appointment-detail.ts';
import { toCourseDetail, type CourseDetail } from '#src/features/courses/course-detail.ts';
import { toInductionOutcome, type InductionOutcome } from '#src/features/courses/induction-outcome.ts';
import { toOrder, type Order } from '#src/features/courses/order.ts';
import { toAllergyDetail, type AllergyDetail } from '#src/features/patients/allergy-detail.ts';
import { toConditionDetail, type ConditionDetail } from '#src/features/patients/condition-detail.ts';
import { toConsentDetail, type ConsentDetail } from '#src/features/patients/consent-detail.ts';
import { reasonOf } from '#src/features/patients/list-page.ts';
import { toMedication, type Medication } from '#src/features/patients/medication.ts';
import { readingOf } from '#src/features/patients/reading.ts';
import { toCall, type Call } from '#src/features/reminders/call.ts';
import { toReminderDetail, type ReminderDetail } from '#src/features/reminders/reminder-detail.ts';
import { toScore, type Score } from '#src/features/scores/score.ts';
import { toAdverseEvent, type AdverseEvent } from '#src/features/sessions/adverse-event.ts';
import { withHeldSessions } from '#src/features/sessions/course-sessions.ts';
import { toSessionDose, type SessionDose } from '#src/features/sessions/session-dose.ts';
import { toSessionNote, type SessionNote } from '#src/features/sessions/session-note.ts';
import { toSession, type Session } from '#src/features/sessions/session.ts';
import type { SearchPage } from '#src/fhir/bundle.ts';
import { FhirError } from '#src/fhir/error.ts';
import { explainFailure } from '#src/fhir/explain.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { REFRESH_MS, type Clinic } from '#src/config/clinic.ts';
import type { Role } from '#src/config/config.ts';
import { clockHere } from '#src/lib/time.ts';
import { recordQuestions, withheldFrom, type PartName } from './record-questions.ts';

/** One part of a patient's record: what could be read, and in words what could not. */
export interface RecordPart<Item> {
  readonly items: readonly Item[];
  /** Of the answer that the items come from. */
  readonly problems: readonly string[];
  /** There is more than was fetched. */
  readonly more: boolean;
  /** How many there are, where the server tells it. */
  readonly total?: number | undefined;
  /** When the items were answered; nothing where they never were. */
  readonly answeredAt: Temporal.Instant | undefined;
  /** Why the last question failed. The items are then those of an earlier answer, if there was one. */
  readonly failure: string | undefined;
  /** Why it was not asked for: the role does not see it. */
  readonly withheld?: string | undefined;
}

export interface RecordParts {
  /** Their sessions are those that were held, as far as the sessions tell. */
  readonly courses: RecordPart<CourseDetail>;
  readonly outcomes: RecordPart<InductionOutcome>;
  /** All of them: also those that are over, refuted or a mistake. */
  readonly diagnoses: RecordPart<ConditionDetail>;
  /** All of them, so that "none any more" is not taken for "nobody asked". */
  readonly allergies: RecordPart<AllergyDetail>;
  readonly consents: RecordPart<ConsentDetail>;
  /** Past ones and those ahead, the latest first. */
  readonly appointments: RecordPart<AppointmentDetail>;
  /** Open and closed ones, the latest first. */
  readonly reminders: RecordPart<ReminderDetail>;
  readonly calls: RecordPart<Call>;
  readonly scores: RecordPart<Score>;
  readonly sessions: RecordPart<Session>;
  readonly doses: RecordPart<SessionDose>;
  readonly events: RecordPart<AdverseEvent>;
  readonly notes: RecordPart<SessionNote>;
  /** Of ketamine. */
  readonly orders: RecordPart<Order>;
  /** Of everything, also what other systems wrote; orders of ketamine among it. */
  readonly prescriptions: RecordPart<Order>;
  readonly medications: RecordPart<Medication>;
}

/**
 * What surrounds a patient's demographics, in one batch: what the role may see. A part that fails says so and keeps
 * what it held, the others stand; where all of them fail the query does, and keeps everything. The answer holds many
 * types of records: `meta.types` names them all, so that whoever writes one can find the query.
 */
export function patientRecordParts(clinic: Clinic, id: string, role: Role | undefined) {
  const queryKey = ['Patient', 'record parts', id, role] as const;
  const questions = recordQuestions(id, role);
  return queryOptions({
    queryKey,
    meta: { types: [...new Set(questions.map(({ request }) => request.type))] },
    queryFn: async ({ client, signal }): Promise<RecordParts> => {
      const answers = await clinic.fhir.searchMany(
        questions.map(({ request }) => request),
        { signal },
      );
      const [first] = answers;
      if (first instanceof FhirError && answers.every((answer) => answer instanceof FhirError)) throw first;
      const earlier = client.getQueryData<RecordParts>(queryKey);
      const at = clinic.now();
      const reading = readingOf(clinic);
      const part = <Item extends object>(
        name: PartName,
        read: (resource: RawResource, how: typeof reading) => Item,
        before: RecordPart<Item> | undefined,
      ): RecordPart<Item> => {
        const withheld = withheldFrom(role, name);
        if (withheld !== undefined) return { ...NOTHING, failure: undefined, withheld };
        const answer = answers[questions.findIndex((one) => one.name === name)];
        return answer === undefined || answer instanceof FhirError
          ? {
              ...(before ?? NOTHING),
              failure: explainFailure(answer, clockHere(at, reading.timeZone)).detail,
            }
          : {
              ...readPart(answer, (one) => ofPatient(id, read(one, reading))),
              answeredAt: at,
              failure: undefined,
            };
      };
      const courses = part('courses', toCourseDetail, earlier?.courses);
      const sessions = part('sessions', toSession, earlier?.sessions);
      return {
        courses: { ...courses, items: courses.items.map((one) => withHeldSessions(one, sessions.items)) },
        outcomes: part('outcomes', toInductionOutcome, earlier?.outcomes),
        diagnoses: part('diagnoses', toConditionDetail, earlier?.diagnoses),
        allergies: part('allergies', toAllergyDetail, earlier?.allergies),
        consents: part('consents', toConsentDetail, earlier?.consents),
        appointments: part('appointments', toAppointmentDetail, earlier?.appointments),
        reminders: part('reminders', toReminderDetail, earlier?.reminders),
        calls: part('calls', toCall, earlier?.calls),
        scores: part('scores', toScore, earlier?.scores),
        sessions,
        doses: part('doses', toSessionDose, earlier?.doses),
        events: part('events', toAdverseEvent, earlier?.events),
        notes: part('notes', toSessionNote, earlier?.notes),
        orders: part('orders', toOrder, earlier?.orders),
        prescriptions: part('prescriptions', toOrder, earlier?.prescriptions),
        medications: part('medications', toMedication, earlier?.medications),
      };
    },
    refetchInterval: REFRESH_MS,
  });
}

/** Whether a part holds all that was fetched, as of the last question. What a role does not see is not missing. */
export function isComplete({ problems, failure }: RecordPart<unknown>): boolean {
  return problems.length === 0 && failure === undefined;
}

/** Whether a part holds all that there is: only then does "none" mean none. */
export function isWhole(part: RecordPart<unknown>): boolean {
  return isComplete(part) && !part.more && part.withheld === undefined;
}

/** What a part holds, where that is all that was fetched; else nothing, for what would be wrong without the rest. */
export function knownItems<Item>(part: RecordPart<Item> | undefined): readonly Item[] | undefined {
  return part?.answeredAt !== undefined && isComplete(part) ? part.items : undefined;
}

const NOTHING = { items: [], problems: [], more: false, total: undefined, answeredAt: undefined };

/** Some servers ignore what they do not know of a search and answer with everybody's. Throws for another patient's. */
function ofPatient<Item extends object>(id: string, item: Item): Item {
  const patientIds =
    'patientId' in item ? [item.patientId] : 'patientIds' in item ? item.patientIds : undefined;
  const named = Array.isArray(patientIds) ? patientIds.filter((one) => one !== undefined) : [];
  if (named.length > 0 && !named.includes(id)) throw new Error('it is of another patient');
  return item;
}

function readPart<Item>(
  { matches, problems, next, total }: SearchPage,
  read: (resource: RawResource) => Item,
) {
  const items: Item[] = [];
  const unread: string[] = [];
  for (const resource of matches) {
    try {
      items.push(read(resource));
    } catch (error) {
      unread.push(`${resource.resourceType}/${resource.id ?? '?'} cannot be read: ${reasonOf(error)}`);
    }
  }
  return { items, problems: [...problems, ...unread], more: next !== undefined, total };
}
