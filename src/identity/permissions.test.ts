import { describe, expect, test } from 'vitest';

import { ROLES, type Role } from '#src/config/config.ts';

import { type Bound, type Permission, can, whyNot } from './permissions.ts';

const W = 'write';
const R = 'read';
const NO = '–';

/** As the clinic put it down: what each role may do with each thing, in the order of ROLES. */
const AGREED: Readonly<Record<string, readonly string[]>> = {
  patient: [R, W, R, R],
  clinical: [W, R, R, W],
  consent: [W, W, R, W],
  course: [R, R, R, W],
  order: [R, NO, NO, W],
  appointment: ['same-day', W, R, W],
  attendance: [W, W, R, W],
  chair: [R, W, R, W],
  session: [W, NO, R, W],
  override: ['named-clinician', NO, NO, W],
  amendment: ['own-sessions', NO, NO, W],
  dueList: [W, W, R, W],
  activity: ['own-day', R, W, R],
};

/** Every permission, as a line of the table and what of it; the type keeps it complete. */
const PERMISSIONS: Readonly<Record<Permission, readonly [thing: string, what: 'read' | 'write']>> = {
  'patient.read': ['patient', R],
  'patient.write': ['patient', W],
  'clinical.read': ['clinical', R],
  'clinical.write': ['clinical', W],
  'consent.read': ['consent', R],
  'consent.write': ['consent', W],
  'course.read': ['course', R],
  'course.write': ['course', W],
  'order.read': ['order', R],
  'order.write': ['order', W],
  'appointment.read': ['appointment', R],
  'appointment.write': ['appointment', W],
  'attendance.write': ['attendance', W],
  'chair.read': ['chair', R],
  'chair.write': ['chair', W],
  'session.read': ['session', R],
  'session.write': ['session', W],
  'override.write': ['override', W],
  'amendment.write': ['amendment', W],
  'dueList.read': ['dueList', R],
  'dueList.write': ['dueList', W],
  'activity.read': ['activity', R],
  'activity.export': ['activity', W],
};

const BOUNDS: readonly Bound[] = ['same-day', 'own-sessions', 'own-day', 'named-clinician'];

const CASES = Object.entries(PERMISSIONS).flatMap(([permission, [thing, what]]) =>
  ROLES.map((role, column) => ({ permission, what, role, level: AGREED[thing]?.[column] })),
);

describe('the table that the clinic agreed on', () => {
  test.each(CASES)('$role, $permission: $level', ({ permission, what, role, level }) => {
    expect(level).toBeDefined();
    // Bound to the own day is the reading of figures; every other bound is one of writing, and reads freely.
    const bound = BOUNDS.find((b) => b === level && (b === 'own-day') === (what === R));
    const free = what === W ? level === W : level !== NO && level !== 'own-day';
    expect(can(role, known(permission))).toBe(free);
    for (const met of BOUNDS) {
      expect(can(role, known(permission), met)).toBe(free || met === bound);
    }
  });
});

function known(name: string): Permission {
  const isKnown = (key: string): key is Permission => Object.hasOwn(PERMISSIONS, key);
  if (!isKnown(name)) throw new Error(`${name} is no permission`);
  return name;
}

test.each<[Role | undefined, Permission, Bound | undefined, string | undefined]>([
  ['administrator', 'patient.write', undefined, undefined],
  ['nurse', 'patient.write', undefined, 'Administrators only'],
  ['administrator', 'order.write', undefined, 'Clinicians only'],
  ['administrator', 'order.read', undefined, 'Nurses and clinicians only'],
  ['manager', 'consent.write', undefined, 'Nurses, administrators and clinicians only'],
  ['nurse', 'appointment.write', undefined, 'Nurses only on the same day'],
  ['nurse', 'appointment.write', 'same-day', undefined],
  ['nurse', 'appointment.write', 'own-day', 'Nurses only on the same day'],
  [
    'manager',
    'appointment.write',
    undefined,
    'Administrators and clinicians only, nurses only on the same day',
  ],
  ['nurse', 'activity.export', undefined, 'Managers only'],
  [undefined, 'patient.read', 'same-day', 'You have no role in this clinic'],
])('%s may not %s (%s): %s', (role, permission, met, reason) => {
  expect(whyNot(role, permission, met)).toBe(reason);
});
