import type { CodeableConcept, Reference } from 'fhir/r4';
import { local, type LocalCode } from '#src/fhir/codes.ts';
import type { Slot } from './chair-calendar.ts';
import type { CoursePlan } from './course-desk.ts';
import { patientId, recordId, type Person } from './person.ts';
import type { StaffMember } from './staff.ts';

export const ORGANIZATION_ID = 'harbor-row';

// Records share what they refer by, and are never changed in place: a large clinic holds millions of references.
const ORGANIZATION: Reference = { reference: `Organization/${ORGANIZATION_ID}` };
const PATIENTS = new WeakMap<Person, Reference>();
const STAFF_MEMBERS = new Map<string, Reference>();
const CHAIRS = new Map<string, Reference>();
const CONCEPTS = new Map<LocalCode, CodeableConcept>();

export function toOrganization(): Reference {
  return ORGANIZATION;
}

export function toPatient(person: Person): Reference {
  return once(PATIENTS, person, () => ({ reference: `Patient/${patientId(person)}` }));
}

export function toCourse(person: Person, course: Pick<CoursePlan, 'ordinal'>): Reference {
  return { reference: `CarePlan/${courseId(person, course)}` };
}

/** `course-0007` is the latest course of a patient, `course-0007-01` the one before it. */
export function courseId(person: Person, { ordinal }: Pick<CoursePlan, 'ordinal'>): string {
  return ordinal === 0 ? recordId('course', person) : recordId('course', person, ordinal);
}

export function toStaff({ id, displayName }: StaffMember): Reference {
  return once(STAFF_MEMBERS, id, () => ({ reference: `Practitioner/${id}`, display: displayName }));
}

export function toChair(site: number, { chair }: Pick<Slot, 'chair'>): Reference {
  const id = chairId(site, chair);
  return once(CHAIRS, id, () => ({ reference: `Location/${id}`, display: chairName(chair) }));
}

/** `chair-1` at the first site, `site-2-chair-1` at the second. */
export function chairId(site: number, chair: number): string {
  return site === 0 ? `chair-${chair + 1}` : `${siteId(site)}-chair-${chair + 1}`;
}

export function chairName(chair: number): string {
  return `Chair ${chair + 1}`;
}

/** The Location of a site. */
export function siteId(site: number): string {
  return site === 0 ? 'harbor-row' : `site-${site + 1}`;
}

export function localConcept(code: LocalCode): CodeableConcept {
  return once(CONCEPTS, code, () => ({ coding: [local(code)] }));
}

function once<Key, Value>(
  known: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
