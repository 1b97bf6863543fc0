import { appointmentsOf } from '#src/features/appointments/appointment-queries.ts';
import { coursesOf } from '#src/features/courses/course-queries.ts';
import { inductionOutcomesOf } from '#src/features/courses/induction-outcome.ts';
import { ordersOf, prescriptionsOf } from '#src/features/courses/order-queries.ts';
import { allergiesOf } from '#src/features/patients/allergy-queries.ts';
import { conditionsOf } from '#src/features/patients/condition-queries.ts';
import { allConsentsOf } from '#src/features/patients/consent-detail.ts';
import { medicationsOf } from '#src/features/patients/medication-queries.ts';
import { callsOf } from '#src/features/reminders/call.ts';
import { remindersOf } from '#src/features/reminders/reminder-queries.ts';
import { scoresOf } from '#src/features/scores/score-queries.ts';
import {
  adverseEventsOf,
  sessionDosesOf,
  sessionNotesOf,
  sessionsOf,
} from '#src/features/sessions/session-queries.ts';
import type { SearchRequest } from '#src/fhir/search.ts';
import type { Role } from '#src/config/config.ts';
import { can, type Permission } from '#src/identity/permissions.ts';

const ROWS = 100;
/** Of what gathers over years. */
const MANY_ROWS = 500;

interface Question {
  readonly permission: Permission;
  /** For the sentence that says who does not see it. */
  readonly words: string;
  readonly request: (patientId: string) => SearchRequest;
}

/** What a chart is made of, and who may see it. */
const QUESTIONS = {
  courses: {
    permission: 'course.read',
    words: 'courses',
    request: (id) => coursesOf([id], { which: 'all', count: ROWS }),
  },
  outcomes: {
    permission: 'clinical.read',
    words: 'outcomes of series',
    request: (id) => inductionOutcomesOf(id, ROWS),
  },
  diagnoses: { permission: 'clinical.read', words: 'diagnoses', request: (id) => conditionsOf(id, ROWS) },
  allergies: { permission: 'clinical.read', words: 'allergies', request: (id) => allergiesOf([id], ROWS) },
  consents: { permission: 'consent.read', words: 'consents', request: (id) => allConsentsOf(id, ROWS) },
  appointments: {
    permission: 'appointment.read',
    words: 'appointments',
    request: (id) => appointmentsOf(id, MANY_ROWS),
  },
  reminders: {
    permission: 'dueList.read',
    words: 'the due list',
    request: (id) => remindersOf(id, MANY_ROWS),
  },
  calls: { permission: 'dueList.read', words: 'calls', request: (id) => callsOf(id, MANY_ROWS) },
  scores: { permission: 'clinical.read', words: 'scores', request: (id) => scoresOf(id, MANY_ROWS) },
  sessions: { permission: 'session.read', words: 'sessions', request: (id) => sessionsOf(id, MANY_ROWS) },
  doses: {
    permission: 'session.read',
    words: 'doses',
    request: (id) => sessionDosesOf(id, MANY_ROWS),
  },
  events: {
    permission: 'session.read',
    words: 'adverse events',
    request: (id) => adverseEventsOf(id, MANY_ROWS),
  },
  notes: {
    permission: 'session.read',
    words: 'notes',
    request: (id) => sessionNotesOf(id, MANY_ROWS),
  },
  orders: { permission: 'order.read', words: 'orders', request: (id) => ordersOf(id, ROWS) },
  prescriptions: {
    permission: 'order.read',
    words: 'prescriptions',
    request: (id) => prescriptionsOf(id, MANY_ROWS),
  },
  medications: {
    permission: 'clinical.read',
    words: 'medication',
    request: (id) => medicationsOf(id, ROWS),
  },
} as const satisfies Readonly<Record<string, Question>>;

export type PartName = keyof typeof QUESTIONS;

const NAMES: readonly PartName[] = Object.keys(QUESTIONS).filter(isPartName);

function isPartName(name: string): name is PartName {
  return Object.hasOwn(QUESTIONS, name);
}

/** The searches of a chart that a role may ask, in the order of the batch. */
export function recordQuestions(
  patientId: string,
  role: Role | undefined,
): readonly { readonly name: PartName; readonly request: SearchRequest }[] {
  return NAMES.filter((name) => can(role, QUESTIONS[name].permission)).map((name) => ({
    name,
    request: QUESTIONS[name].request(patientId),
  }));
}

/** Why a role is not shown a part; nothing where it is. */
export function withheldFrom(role: Role | undefined, name: PartName): string | undefined {
  const { permission, words } = QUESTIONS[name];
  if (can(role, permission)) return undefined;
  if (role === undefined) return `Somebody without a role does not see ${words}.`;
  return `${role.charAt(0).toUpperCase()}${role.slice(1)}s do not see ${words}.`;
}
