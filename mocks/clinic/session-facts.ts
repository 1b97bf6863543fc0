import type { Reference } from 'fhir/r4';
import config from '../config.json' with { type: 'json' };
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import { toPatient, toStaff } from './references.ts';
import { sessionId } from './session-records.ts';
import { clinicianOf, nurseOf } from './staff.ts';
import { isSession, isSigned, type Visit } from './visits.ts';

/** A protocol with all that the clinic configured, its dose and the times of its vitals included. */
export type FullProtocol = (typeof config.protocols)[number];

/** What every record of a session shares. Times of day are minutes after midnight. */
export interface SessionFacts {
  readonly plan: CoursePlan;
  readonly visit: Visit;
  readonly protocol: FullProtocol;
  /** `0007-03`: the end of the ids of the session's records. */
  readonly key: string;
  readonly subject: Reference;
  readonly encounter: Reference;
  readonly nurse: Reference;
  readonly performer: Reference[];
  readonly clinician: Reference;
  readonly signed: boolean;
  /** Withdrawn as a whole, because it was written for somebody else. */
  readonly voided: boolean;
  /** Whether vitals, segments and checklist are kept beside scores, dose, note and adverse events. */
  readonly detailed: boolean;
  /** Whether a minute of the session's day has passed. */
  has(minute: number): boolean;
  at(minute: number): string;
  random(subject: string): Random;
}

/** Vitals, segments and checklist are kept of all sessions of these days, and of a patient's last one for longer. */
const DETAILED_DAYS = 10;
const LAST_DETAILED_DAYS = 60;
/** What is older than this was taken over from paper, with gaps. */
const ON_PAPER_DAYS = 540;

const PROTOCOLS = new Map(config.protocols.map((protocol) => [protocol.id, protocol]));

/** Every infusion of a patient that began, over all courses, in time order. */
export function sessionFacts(
  person: Person,
  courses: readonly CoursePlan[],
  time: ClinicTime,
): SessionFacts[] {
  const subject = toPatient(person);
  const last = courses
    .flatMap(({ visits }) => visits)
    .filter((visit) => isSession(visit, time) && visit.voided !== true && visit.slot.day < 0)
    .reduce<Visit | undefined>(
      (latest, visit) => (latest === undefined || visit.slot.day > latest.slot.day ? visit : latest),
      undefined,
    );
  return courses
    .flatMap((plan) => {
      const protocol = plan.protocol && PROTOCOLS.get(plan.protocol.id);
      if (protocol === undefined) return [];
      return plan.visits.flatMap((visit, index): SessionFacts[] => {
        if (!isSession(visit, time)) return [];
        const { day } = visit.slot;
        const id = sessionId(person, plan.firstVisit + index);
        const key = id.slice('session-'.length);
        const nurse = toStaff(nurseOf(visit.slot));
        return [
          {
            plan,
            visit,
            protocol,
            key,
            subject,
            encounter: { reference: `Encounter/${id}` },
            nurse,
            performer: [nurse],
            clinician: toStaff(clinicianOf(day)),
            signed: isSigned(visit, time),
            voided: visit.voided === true,
            detailed: day >= -DETAILED_DAYS || (visit === last && day >= -LAST_DETAILED_DAYS),
            has: (minute) => hasPassed(time, day, minute),
            at: (minute) => time.at(day, minute),
            random: (about) => person.random(`${about}/${key}`),
          },
        ];
      });
    })
    .toSorted((a, b) => a.visit.slot.day - b.visit.slot.day || a.visit.begins - b.visit.begins);
}

/** Whether a day lies so far back that its records were taken over from paper. */
export function isOnPaper(day: number): boolean {
  return day < -ON_PAPER_DAYS;
}

/** Whether a minute of a day lies behind the clinic's now. */
export function hasPassed(time: ClinicTime, day: number, minute: number): boolean {
  return day < 0 || (day === 0 && minute <= time.nowMinute);
}
