import type { CodeableConcept, Reference } from 'fhir/r4';
import { local, type LocalCode } from '#src/fhir/codes.ts';
import type { Slot } from './chair-calendar.ts';
import { patientId, recordId, type Person } from './person.ts';
import type { StaffMember } from './staff.ts';

export const ORGANIZATION_ID = 'harbor-row';

export function toOrganization(): Reference {
  return { reference: `Organization/${ORGANIZATION_ID}` };
}

export function toPatient(person: Person): Reference {
  return { reference: `Patient/${patientId(person)}` };
}

export function toCourse(person: Person): Reference {
  return { reference: `CarePlan/${recordId('course', person)}` };
}

export function toStaff({ id, displayName }: StaffMember): Reference {
  return { reference: `Practitioner/${id}`, display: displayName };
}

export function toChair(site: number, { chair }: Pick<Slot, 'chair'>): Reference {
  return { reference: `Location/${chairId(site, chair)}`, display: chairName(chair) };
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
  return { coding: [local(code)] };
}
