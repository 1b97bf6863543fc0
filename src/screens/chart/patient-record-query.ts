import { queryOptions } from '@tanstack/react-query';
import { toAppointment, type Appointment } from '#src/features/appointments/appointment.ts';
import { appointmentsAhead } from '#src/features/appointments/appointment-queries.ts';
import { toCourse, type Course } from '#src/features/courses/course.ts';
import { coursesOf } from '#src/features/courses/course-queries.ts';
import { toAllergy, type Allergy } from '#src/features/patients/allergy.ts';
import { allergiesOf } from '#src/features/patients/allergy-queries.ts';
import { toCondition, type Condition } from '#src/features/patients/condition.ts';
import { conditionsOf } from '#src/features/patients/condition-queries.ts';
import { reasonOf } from '#src/features/patients/list-page.ts';
import { readingOf } from '#src/features/patients/reading.ts';
import { toReminder, type Reminder } from '#src/features/reminders/reminder.ts';
import { remindersOf } from '#src/features/reminders/reminder-queries.ts';
import type { SearchPage } from '#src/fhir/bundle.ts';
import { FhirError } from '#src/fhir/error.ts';
import { explainFailure } from '#src/fhir/explain.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { REFRESH_MS, type Clinic } from '#src/config/clinic.ts';
import { clockHere } from '#src/lib/time.ts';

/** One part of a patient's record: what could be read, and in words what could not. */
export interface RecordPart<Item> {
  readonly items: readonly Item[];
  /** Of the answer that the items come from. */
  readonly problems: readonly string[];
  /** There is more than was fetched. */
  readonly more: boolean;
  /** When the items were answered; nothing where they never were. */
  readonly answeredAt: Temporal.Instant | undefined;
  /** Why the last question failed. The items are then those of an earlier answer, if there was one. */
  readonly failure: string | undefined;
}

export interface RecordParts {
  readonly courses: RecordPart<Course>;
  /** All of them: also those that are over, refuted or a mistake. */
  readonly diagnoses: RecordPart<Condition>;
  /** All of them, so that "none any more" is not taken for "nobody asked". */
  readonly allergies: RecordPart<Allergy>;
  readonly appointments: RecordPart<Appointment>;
  readonly reminders: RecordPart<Reminder>;
}

const ROWS_PER_SEARCH = 100;

/**
 * What surrounds a patient's demographics, in one batch. A part that fails says so and keeps what it held, the others
 * stand; where all of them fail the query does, and keeps everything. The answer holds many types of records:
 * `meta.types` names them all, so that whoever writes one can find the query.
 */
export function patientRecordParts(clinic: Clinic, id: string) {
  const queryKey = ['Patient', 'record parts', id] as const;
  return queryOptions({
    queryKey,
    meta: { types: ['CarePlan', 'Condition', 'AllergyIntolerance', 'Appointment', 'Task'] },
    queryFn: async ({ client, signal }): Promise<RecordParts> => {
      const reading = readingOf(clinic);
      const answers = await clinic.fhir.searchMany(
        [
          coursesOf([id], { which: 'all', count: ROWS_PER_SEARCH }),
          conditionsOf(id, ROWS_PER_SEARCH),
          allergiesOf([id], ROWS_PER_SEARCH),
          appointmentsAhead([id], reading, ROWS_PER_SEARCH),
          remindersOf(id, ROWS_PER_SEARCH),
        ],
        { signal },
      );
      const [courses, diagnoses, allergies, appointments, reminders] = answers;
      if (courses instanceof FhirError && answers.every((answer) => answer instanceof FhirError)) {
        throw courses;
      }
      const earlier = client.getQueryData<RecordParts>(queryKey);
      const at = clinic.now();
      const part = <Item>(
        answer: SearchPage | FhirError | undefined,
        read: (resource: RawResource, how: typeof reading) => Item,
        before: RecordPart<Item> | undefined,
      ): RecordPart<Item> =>
        answer === undefined || answer instanceof FhirError
          ? {
              ...(before ?? NOTHING),
              failure: explainFailure(answer, clockHere(at, reading.timeZone)).detail,
            }
          : { ...readPart(answer, (one) => read(one, reading)), answeredAt: at, failure: undefined };
      return {
        courses: part(courses, toCourse, earlier?.courses),
        diagnoses: part(diagnoses, toCondition, earlier?.diagnoses),
        allergies: limited(part(allergies, toAllergy, earlier?.allergies)),
        appointments: part(appointments, toAppointment, earlier?.appointments),
        reminders: part(reminders, toReminder, earlier?.reminders),
      };
    },
    refetchInterval: REFRESH_MS,
  });
}

/** Whether a part holds all that there is, as of the last question. */
export function isComplete({ problems, failure }: RecordPart<unknown>): boolean {
  return problems.length === 0 && failure === undefined;
}

const NOTHING = { items: [], problems: [], more: false, answeredAt: undefined };

/** Beyond the allergies that were fetched there may be the one that matters: that is a problem. */
function limited(part: RecordPart<Allergy>): RecordPart<Allergy> {
  const problem = `Only the first ${part.items.length} could be loaded.`;
  return part.more && part.failure === undefined ? { ...part, problems: [...part.problems, problem] } : part;
}

function readPart<Item>({ matches, problems, next }: SearchPage, read: (resource: RawResource) => Item) {
  const items: Item[] = [];
  const unread: string[] = [];
  for (const resource of matches) {
    try {
      items.push(read(resource));
    } catch (error) {
      unread.push(`${resource.resourceType}/${resource.id ?? '?'} cannot be read: ${reasonOf(error)}`);
    }
  }
  return { items, problems: [...problems, ...unread], more: next !== undefined };
}
