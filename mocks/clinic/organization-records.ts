import type { Location, Organization, Practitioner, PractitionerRole } from 'fhir/r4';
import { CHAIRS } from './chair-calendar.ts';
import {
  ORGANIZATION_ID,
  chairId,
  chairName,
  localConcept,
  siteId,
  toOrganization,
  toStaff,
} from './references.ts';
import { STAFF, STAFF_ROLE_SYSTEM, type StaffMember } from './staff.ts';

const NAME = 'Harbor Row Clinic';

/** The clinic itself, the people who work there and its chairs, six at each site. */
export function organizationRecords(
  sites: number,
): (Organization | Location | Practitioner | PractitionerRole)[] {
  return [
    {
      resourceType: 'Organization',
      id: ORGANIZATION_ID,
      active: true,
      name: NAME,
      telecom: [{ system: 'phone', value: '+1 555 0100', use: 'work' }],
    },
    ...STAFF.map(practitioner),
    ...STAFF.flatMap(practitionerRole),
    ...Array.from({ length: sites }, (_, site) => siteLocations(site)).flat(),
  ];
}

function siteLocations(site: number): Location[] {
  const clinic: Location = {
    resourceType: 'Location',
    id: siteId(site),
    status: 'active',
    mode: 'instance',
    name: site === 0 ? NAME : `${NAME}, site ${site + 1}`,
    physicalType: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/location-physical-type',
          code: 'si',
          display: 'Site',
        },
      ],
    },
    managingOrganization: toOrganization(),
  };
  const chairs = Array.from({ length: CHAIRS }, (_, chair): Location => ({
    resourceType: 'Location',
    id: chairId(site, chair),
    status: 'active',
    mode: 'instance',
    name: chairName(chair),
    type: [localConcept('infusion-chair')],
    managingOrganization: toOrganization(),
    partOf: { reference: `Location/${siteId(site)}` },
  }));
  return [clinic, ...chairs];
}

function practitioner({ id, given, family, displayName }: StaffMember): Practitioner {
  return {
    resourceType: 'Practitioner',
    id,
    active: true,
    name: [{ use: 'official', text: displayName, family, given: [given] }],
  };
}

function practitionerRole(member: StaffMember): PractitionerRole[] {
  const { id, role } = member;
  if (role === undefined) return [];
  const display = role.charAt(0).toUpperCase() + role.slice(1);
  return [
    {
      resourceType: 'PractitionerRole',
      id: `role-${id}`,
      active: true,
      practitioner: toStaff(member),
      organization: toOrganization(),
      code: [{ coding: [{ system: STAFF_ROLE_SYSTEM, code: role, display }] }],
    },
  ];
}
