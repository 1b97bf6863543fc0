import { queryOptions } from '@tanstack/react-query';
import { toAppointment, type Appointment } from '#src/features/appointments/appointment.ts';
import { toCourse, type Course } from '#src/features/courses/course.ts';
import { toAllergy, type Allergy } from '#src/features/patients/allergy.ts';
import { toCondition, type Condition } from '#src/features/patients/condition.ts';
import { reasonOf } from '#src/features/patients/list-page.ts';
import { REMINDER_CODES, toReminder, type Reminder } from '#src/features/reminders/reminder.ts';
import { localToken } from '#src/fhir/codes.ts';
import { FhirError } from '#src/fhir/error.ts';
import { explainFailure } from '#src/fhir/explain.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { searchRequest } from '#src/fhir/search.ts';
import type { Clinic } from '#src/config/clinic.ts';
import { clinicDay, dayStart, formatClock } from '#src/lib/time.ts';

/** One part of a patient's record: what could be read, and in words what could not. */
export interface RecordPart<Item> {
  readonly items: readonly Item[];
  readonly problems: readonly string[];
  /** There is more than was fetched. */
  readonly more: boolean;
}

export interface RecordParts {
  readonly courses: RecordPart<Course>;
  readonly diagnoses: RecordPart<Condition>;
  readonly allergies: RecordPart<Allergy>;
  readonly appointments: RecordPart<Appointment>;
  readonly reminders: RecordPart<Reminder>;
}

/** What surrounds a patient's demographics, in one batch. A part that fails says so; the others stand. */
export function patientRecordParts(clinic: Clinic, id: string) {
  const { timeZone } = clinic.config.clinic;
  const today = clinicDay(clinic.now(), timeZone);
  return queryOptions({
    queryKey: ['Patient', 'record parts', id, today.toString()],
    queryFn: async ({ signal }): Promise<RecordParts> => {
      const patient = `Patient/${id}`;
      const _count = 100;
      const [courses, diagnoses, allergies, appointments, reminders] = await clinic.fhir.searchMany(
        [
          searchRequest('CarePlan', {
            patient,
            category: localToken('ketamine-course'),
            // Neither mistakes nor drafts.
            status: 'active,on-hold,completed,revoked,unknown',
            _sort: '-date',
            _count,
          }),
          searchRequest('Condition', { patient, 'clinical-status': 'active,recurrence,relapse', _count }),
          // By patient alone: an allergy whose status was never recorded would not answer a search by status.
          searchRequest('AllergyIntolerance', { patient, _count }),
          searchRequest('Appointment', {
            patient,
            date: `ge${dayStart(today, timeZone)}`,
            status: 'booked,arrived,checked-in',
            _sort: 'date',
            _count,
          }),
          searchRequest('Task', {
            patient,
            code: Object.values(REMINDER_CODES).map(localToken).join(','),
            status: 'requested,received,on-hold,accepted',
            _sort: 'period',
            _count,
          }),
        ],
        { signal },
      );
      const at = formatClock(clinic.now(), timeZone);
      return {
        courses: part(courses, at, toCourse),
        diagnoses: part(diagnoses, at, toCondition),
        allergies: currentAllergies(part(allergies, at, toAllergy)),
        appointments: part(appointments, at, toAppointment),
        reminders: part(reminders, at, (one) => toReminder(one, timeZone)),
      };
    },
  });
}

/** The allergies that count; beyond those that were fetched there may be the one that matters. */
function currentAllergies({ items, problems, more }: RecordPart<Allergy>): RecordPart<Allergy> {
  return {
    items: items.filter(({ current }) => current),
    problems: more ? [...problems, `Only the first ${items.length} could be loaded.`] : problems,
    more,
  };
}

function part<Item>(
  answer:
    | {
        readonly matches: readonly RawResource[];
        readonly problems: readonly string[];
        readonly next: string | undefined;
      }
    | FhirError
    | undefined,
  at: string,
  read: (resource: RawResource) => Item,
): RecordPart<Item> {
  if (answer === undefined || answer instanceof FhirError) {
    return { items: [], problems: [explainFailure(answer, at).detail], more: false };
  }
  const items: Item[] = [];
  const problems = [...answer.problems];
  for (const resource of answer.matches) {
    try {
      items.push(read(resource));
    } catch (error) {
      problems.push(`${resource.resourceType}/${resource.id ?? '?'} cannot be read: ${reasonOf(error)}`);
    }
  }
  return { items, problems, more: answer.next !== undefined };
}
