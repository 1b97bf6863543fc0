/** The people of the made-up clinic: who can sign in, and who stands in its records. */

export type StaffRole = 'nurse' | 'administrator' | 'manager' | 'clinician';

/** The code system of `PractitionerRole.code`; its codes are the roles themselves. */
export const STAFF_ROLE_SYSTEM = 'https://chairside.example/fhir/CodeSystem/staff-role';

export interface StaffMember {
  /** Practitioner id, and the subject of the sign-in. */
  readonly id: string;
  readonly given: string;
  readonly family: string;
  /** As written on screen and on the badge. */
  readonly displayName: string;
  readonly role: StaffRole | undefined;
  /** Where a client learns the role: in the id token, only from the PractitionerRole, or nowhere. */
  readonly roleFrom: 'claim' | 'practitioner-role' | 'nowhere';
  /** Whether the person is offered on the sign-in page. */
  readonly signsIn: boolean;
}

export const STAFF: readonly StaffMember[] = [
  person('ruiz', 'Maribel', 'Ruiz', 'Maribel Ruiz RN', 'nurse', 'claim', true),
  person('abara', 'Tobi', 'Abara', 'Tobi Abara RN', 'nurse', 'practitioner-role', true),
  person('lindqvist', 'Jonna', 'Lindqvist', 'Jonna Lindqvist RN', 'nurse', 'claim', false),
  person('delgado', 'Ana', 'Delgado', 'Ana Delgado RN', 'nurse', 'claim', false),
  person('mbeki', 'Thandi', 'Mbeki', 'Thandi Mbeki RN', 'nurse', 'claim', false),
  person('kaya', 'Deniz', 'Kaya', 'Deniz Kaya', 'administrator', 'claim', true),
  person('fournier', 'Luc', 'Fournier', 'Luc Fournier', 'administrator', 'claim', false),
  person('osei', 'Helen', 'Osei', 'Helen Osei', 'manager', 'claim', true),
  person('iyer', 'Sunita', 'Iyer', 'Dr Sunita Iyer', 'clinician', 'claim', true),
  person('halvorsen', 'Per', 'Halvorsen', 'Dr Per Halvorsen', 'clinician', 'claim', false),
  person('whitlock', 'Sam', 'Whitlock', 'Sam Whitlock', undefined, 'nowhere', true),
];

const NURSES = STAFF.filter(({ role }) => role === 'nurse');
const DESK = STAFF.filter(({ role }) => role === 'administrator');
const CLINICIANS = STAFF.filter(({ role }) => role === 'clinician');

/** The nurse of a chair on a day: each looks after two chairs, and the pairs rotate from day to day. */
export function nurseOf(slot: { readonly day: number; readonly chair: number }): StaffMember {
  return turn(NURSES, slot.day + Math.floor(slot.chair / 2));
}

/** The clinician in charge, by turns. */
export function clinicianOf(number: number): StaffMember {
  return turn(CLINICIANS, number);
}

/** Who is at the front desk on a day. */
export function deskOf(day: number): StaffMember {
  return turn(DESK, day);
}

function turn(people: readonly StaffMember[], number: number): StaffMember {
  const member = people[((number % people.length) + people.length) % people.length];
  if (member === undefined) throw new Error('Nobody has this role');
  return member;
}

function person(
  id: string,
  given: string,
  family: string,
  displayName: string,
  role: StaffRole | undefined,
  roleFrom: StaffMember['roleFrom'],
  signsIn: boolean,
): StaffMember {
  return { id, given, family, displayName, role, roleFrom, signsIn };
}
