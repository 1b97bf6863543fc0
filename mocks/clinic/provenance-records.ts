import type { Provenance } from 'fhir/r4';
import { appointmentId, cancellationOf } from './appointment-records.ts';
import { callsFor } from './calls.ts';
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { recordId, type Person } from './person.ts';
import { courseId, toStaff } from './references.ts';
import { reminderId } from './reminder-records.ts';
import type { Reminder } from './reminder.ts';
import { sessionId } from './session-records.ts';
import { clinicianOf, deskOf, nurseOf, type StaffMember } from './staff.ts';
import { noShowMinute, visitStatus, type Visit } from './visits.ts';

/** Further back nobody wrote down who changed a state and why; and not always since then. */
const FIRST_DAY = -28;
const SHARE = 0.8;

/** A change of state, when and by whom it was made. */
interface Change {
  readonly targets: readonly string[];
  readonly day: number;
  readonly minute: number;
  readonly by: StaffMember;
  readonly reason: string;
}

/** Who changed what state in the last weeks, and why. */
export function provenanceRecords(
  person: Person,
  courses: readonly CoursePlan[],
  reminders: readonly Reminder[],
  time: ClinicTime,
): Provenance[] {
  const changes = [
    ...courses.flatMap((plan) => [
      ...plan.visits.flatMap((visit, index) => changesOfVisit(person, visit, plan.firstVisit + index, time)),
      ...changesOfCourse(person, plan, time),
    ]),
    ...reminders.flatMap((reminder, place) => changesOfReminder(person, reminder, place, time)),
  ];
  return changes
    .filter(({ targets, day }) => day >= FIRST_DAY && person.random(`told/${targets[0]}`).chance(SHARE))
    .map(({ targets, day, minute, by, reason }, index) => ({
      resourceType: 'Provenance',
      id: recordId('provenance', person, index + 1),
      target: targets.map((reference) => ({ reference })),
      recorded: time.at(day, minute),
      reason: [{ text: reason }],
      agent: [{ who: toStaff(by) }],
    }));
}

function changesOfVisit(person: Person, visit: Visit, number: number, time: ClinicTime): Change[] {
  const { slot, leaves, voided } = visit;
  if (slot.day < FIRST_DAY) return [];
  const targets = [`Appointment/${appointmentId(person, number)}`];
  if (voided === true) {
    const withdrawn = [
      `Encounter/${sessionId(person, number)}`,
      `Composition/${recordId('note', person, number + 1)}`,
    ];
    const by = nurseOf(slot);
    return [
      { targets: withdrawn, day: slot.day, minute: leaves + 12, by, reason: 'Written for the wrong patient' },
    ];
  }
  const status = visitStatus(visit, time);
  if (status === 'noshow') {
    const reason = 'Did not come, no answer by phone';
    return [{ targets, day: slot.day, minute: noShowMinute(visit), by: deskOf(slot.day), reason }];
  }
  if (status !== 'cancelled') return [];
  const reason = cancellationOf(person, visit, number).reason.text ?? '';
  const random = person.random(`cancelled/${number}`);
  const day = time.openUntil(Math.min(-1, slot.day - random.whole(0, 3)));
  return [{ targets, day, minute: random.whole(8 * 60, 16 * 60 + 45), by: deskOf(day), reason }];
}

const PAUSED = ['Waits for liver values', 'Intercurrent illness', 'Away for some weeks'] as const;

function changesOfCourse(person: Person, plan: CoursePlan, time: ClinicTime): Change[] {
  const targets = [`CarePlan/${courseId(person, plan)}`];
  const random = person.random(`course-change/${plan.ordinal}`);
  const minute = random.whole(8 * 60 + 30, 16 * 60);
  if (plan.status === 'on-hold') {
    const day = time.openUntil(-random.whole(1, 20));
    return [{ targets, day, minute, by: clinicianOf(day), reason: random.pick(PAUSED) }];
  }
  if (plan.endDay === undefined || plan.endDay < FIRST_DAY) return [];
  const day = time.openUntil(Math.min(-1, plan.endDay));
  const reason = plan.status === 'completed' ? 'Goal of treatment reached' : 'Stopped with the patient';
  return [{ targets, day, minute, by: clinicianOf(day), reason }];
}

function changesOfReminder(person: Person, reminder: Reminder, place: number, time: ClinicTime): Change[] {
  const { state } = reminder;
  if (state !== 'snoozed' && state !== 'contacted' && typeof state === 'string') return [];
  const last = callsFor(person, reminder, time).at(-1);
  if (last === undefined) return [];
  const targets = [`Task/${reminderId(person, place)}`];
  const reason = typeof state === 'string' ? last.said : state.because;
  return [{ targets, day: last.day, minute: last.minute + 1, by: deskOf(last.day), reason }];
}
