/**
 * Who may do what. The screen disables by this table and says why; the server decides, and its 403 always wins.
 */
import { ROLES, type Role } from '#src/config/config.ts';

/** A permission that holds only within a bound, which whoever asks must have checked. */
export type Bound = 'same-day' | 'own-sessions' | 'own-day' | 'named-clinician';
type Access = 'yes' | 'no' | Bound;

const IN_WORDS: Readonly<Record<Bound, string>> = {
  'same-day': 'on the same day',
  'own-sessions': 'for their own sessions',
  'own-day': 'for their own day',
  'named-clinician': 'naming the clinician who authorised it',
};

/** One line per permission, one column per role in the order of ROLES: nurse, administrator, manager, clinician. */
const TABLE = {
  // Demographics, contacts, preferences.
  'patient.read': ['yes', 'yes', 'yes', 'yes'],
  'patient.write': ['no', 'yes', 'no', 'no'],
  // Diagnoses, allergies, weight, opioids, scores.
  'clinical.read': ['yes', 'yes', 'yes', 'yes'],
  'clinical.write': ['yes', 'no', 'no', 'yes'],
  'consent.read': ['yes', 'yes', 'yes', 'yes'],
  'consent.write': ['yes', 'yes', 'no', 'yes'],
  // Start, pause, complete, stop, change sessions or interval.
  'course.read': ['yes', 'yes', 'yes', 'yes'],
  'course.write': ['no', 'no', 'no', 'yes'],
  'order.read': ['yes', 'no', 'no', 'yes'],
  'order.write': ['no', 'no', 'no', 'yes'],
  // Book, move, cancel.
  'appointment.read': ['yes', 'yes', 'yes', 'yes'],
  'appointment.write': ['same-day', 'yes', 'no', 'yes'],
  // Arrived, no-show, undo; chair and nurse of the day.
  'attendance.write': ['yes', 'yes', 'no', 'yes'],
  // Out of service and back.
  'chair.read': ['yes', 'yes', 'yes', 'yes'],
  'chair.write': ['no', 'yes', 'no', 'yes'],
  // Chart, discharge, sign.
  'session.read': ['yes', 'no', 'yes', 'yes'],
  'session.write': ['yes', 'no', 'no', 'yes'],
  // Of a red checklist item.
  'override.write': ['named-clinician', 'no', 'no', 'yes'],
  // Void a session, add to a signed one.
  'amendment.write': ['own-sessions', 'no', 'no', 'yes'],
  // Due list, call log, follow-up calls.
  'dueList.read': ['yes', 'yes', 'yes', 'yes'],
  'dueList.write': ['yes', 'yes', 'no', 'yes'],
  'activity.read': ['own-day', 'yes', 'yes', 'yes'],
  'activity.export': ['no', 'no', 'yes', 'no'],
} as const satisfies Record<string, readonly [Access, Access, Access, Access]>;

export type Permission = keyof typeof TABLE;

function accessOf(role: Role, permission: Permission): Access {
  return TABLE[permission][ROLES.indexOf(role)] ?? 'no';
}

/**
 * Whether a role may do something. Where it may only within a bound, the caller states that the bound is met by
 * passing it; otherwise the answer is no.
 */
export function can(role: Role | undefined, permission: Permission, met?: Bound): boolean {
  if (role === undefined) return false;
  const access = accessOf(role, permission);
  return access === 'yes' || (access !== 'no' && access === met);
}

/** The reason beside a disabled control, or undefined where the role may. */
export function whyNot(role: Role | undefined, permission: Permission, met?: Bound): string | undefined {
  if (can(role, permission, met)) return undefined;
  if (role === undefined) return 'You have no role in this clinic';
  const own = accessOf(role, permission);
  if (own !== 'no' && own !== 'yes') return `${capitalised(role)}s only ${IN_WORDS[own]}`;
  const free = ROLES.filter((other) => accessOf(other, permission) === 'yes');
  const bound = ROLES.flatMap((other) => {
    const access = accessOf(other, permission);
    return access === 'yes' || access === 'no' ? [] : [`, ${other}s only ${IN_WORDS[access]}`];
  });
  return `${capitalised(joined(free.map((other) => `${other}s`)))} only${bound.join('')}`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
