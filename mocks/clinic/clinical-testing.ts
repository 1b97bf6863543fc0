/** What the tests of clinical records share: people with their courses, and ways to read their records. */
import type { Observation, Resource } from 'fhir/r4';
import type { LocalCode } from '#src/fhir/codes.ts';
import { chairCalendar } from './chair-calendar.ts';
import { MONDAY, ofType } from './clinic-testing.ts';
import { clinicTime, type ClinicTime } from './clinic-time.ts';
import { clinicalRecords } from './clinical-records.ts';
import { coursePlans } from './course-plan.ts';
import type { CoursePlan } from './course-desk.ts';
import { personOf, type Person } from './person.ts';
import { storiesOf } from './stories.ts';

export interface Patient {
  readonly person: Person;
  readonly courses: readonly CoursePlan[];
  readonly records: readonly Resource[];
}

/** The clinical records of the first people of a clinic in New York, at 10:42 of the day unless told. */
export function people({ today = MONDAY, count = 240, minute }: PeopleOptions = {}): {
  patients: Patient[];
  time: ClinicTime;
} {
  const day = Temporal.PlainDate.from(today);
  const zone = 'America/New_York';
  const now = minute === undefined ? undefined : day.toZonedDateTime(zone).add({ minutes: minute });
  const time = clinicTime(day, zone, now?.toInstant());
  const calendar = chairCalendar(time, '0');
  const patients = storiesOf(0)
    .slice(0, count)
    .map((story, place): Patient => {
      const person = personOf(place + 1, story);
      const courses = coursePlans(person, time, calendar);
      return { person, courses, records: clinicalRecords(person, courses, time) };
    });
  return { patients, time };
}

interface PeopleOptions {
  readonly today?: string;
  readonly count?: number;
  /** Minutes after midnight. */
  readonly minute?: number;
}

/** The observations that carry a code of the project, and were not taken back. */
export function observed(records: readonly Resource[], code: LocalCode): Observation[] {
  return ofType<Observation>(records, 'Observation').filter(
    (one) => one.status === 'final' && one.code.coding?.some((coding) => coding.code === code),
  );
}

/** The number that an observation holds. */
export function valueOf(one: Observation | undefined): number {
  return one?.valueQuantity?.value ?? NaN;
}

/** The moment of an observation, in milliseconds. */
export function momentOf({ effectiveDateTime }: Observation): number {
  return Date.parse(effectiveDateTime ?? '');
}
