import type { Resource } from 'fhir/r4';
import { appointmentRecords } from './appointment-records.ts';
import { callRecords } from './call-records.ts';
import { chairCalendar, type ChairCalendar, type DayKind } from './chair-calendar.ts';
import { clinicTime, type ClinicTime } from './clinic-time.ts';
import { clinicalDefinitions, clinicalRecords } from './clinical-records.ts';
import { conditionRecords } from './condition-records.ts';
import { coursePlans } from './course-plan.ts';
import { courseRecord } from './course-records.ts';
import { organizationRecords } from './organization-records.ts';
import { patientRecord } from './patient-records.ts';
import { personOf, type Person } from './person.ts';
import { provenanceRecords } from './provenance-records.ts';
import { relatedPersonRecords } from './related-person-records.ts';
import { reminderRecords } from './reminder-records.ts';
import { remindersOf } from './reminders.ts';
import { allergyRecords, consentRecords } from './safety-records.ts';
import { sessionRecords } from './session-records.ts';
import { SITE_PATIENTS, storiesOf } from './stories.ts';

export interface ClinicOptions {
  /** The clinic's day around which everything is laid. */
  readonly today: Temporal.PlainDate;
  readonly timeZone: string;
  /** Every 240 patients are a site with six chairs of its own. */
  readonly patients: number;
  /** How far the day has got; 10:42 at the clinic unless told. */
  readonly now?: Temporal.Instant;
  /** How full today, or the next open day, is; as usual unless told. */
  readonly day?: DayKind;
}

/**
 * The records of the made-up clinic, in an order in which every reference points backwards or within one patient.
 * The same options give the same records, and a patient has the same records in a smaller or larger clinic.
 */
export function buildClinic({ today, timeZone, patients, now, day }: ClinicOptions): Resource[] {
  const time = clinicTime(today, timeZone, now);
  const sites = Math.max(1, Math.ceil(patients / SITE_PATIENTS));
  const records: Resource[] = [...organizationRecords(sites), ...clinicalDefinitions()];
  for (let site = 0; site < sites; site++) {
    const calendar = chairCalendar(time, String(site), day);
    const first = site * SITE_PATIENTS + 1;
    // In the order of their numbers: the first to come has the first choice of chairs, whoever comes later.
    storiesOf(site)
      .slice(0, Math.max(0, patients - first + 1))
      .forEach((story, place) => {
        records.push(...patientRecords(personOf(first + place, story), time, calendar));
      });
  }
  return records;
}

function patientRecords(person: Person, time: ClinicTime, calendar: ChairCalendar): Resource[] {
  const courses = coursePlans(person, time, calendar);
  const reminders = remindersOf(person, courses, time);
  return [
    patientRecord(person, time),
    ...conditionRecords(person, time),
    ...allergyRecords(person, time),
    ...consentRecords(person, courses, time),
    ...relatedPersonRecords(person),
    ...courses.flatMap((plan) => [
      courseRecord(person, plan, time),
      ...appointmentRecords(person, plan, time),
      ...sessionRecords(person, plan, time),
    ]),
    ...reminderRecords(person, reminders, time),
    ...callRecords(person, reminders, time),
    ...provenanceRecords(person, courses, reminders, time),
    ...clinicalRecords(person, courses, time),
  ];
}
