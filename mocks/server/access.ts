import { forbidden } from './outcome.ts';
import type { ResourceType } from './supported-types.ts';

export interface Actor {
  /** `Practitioner/ruiz` */
  readonly reference: string;
  readonly display: string;
  /** A machine is a program that brings records in, and may write everything. */
  readonly role: 'nurse' | 'administrator' | 'manager' | 'clinician' | 'machine' | undefined;
}

export type Access = 'none' | 'read' | 'write';

type AccessByRole = Readonly<Record<Exclude<Actor['role'], 'machine' | undefined>, Access>>;

const STAFF_RECORD = access('read', 'read', 'read', 'read');
const CLINICAL_FACT = access('write', 'read', 'read', 'write');
const SESSION_RECORD = access('write', 'none', 'read', 'write');
const RECEPTION = access('write', 'write', 'read', 'write');

/** What each role may do with each type, finer rules (same day, own sessions) being the application's. */
const ACCESS: Readonly<Record<ResourceType, AccessByRole>> = {
  Patient: access('read', 'write', 'read', 'write'),
  // Contacts at the desk, and the ride home in the session.
  RelatedPerson: RECEPTION,
  Practitioner: STAFF_RECORD,
  PractitionerRole: STAFF_RECORD,
  Organization: STAFF_RECORD,
  Location: access('read', 'write', 'read', 'write'),
  Appointment: RECEPTION,
  // An administrator sees when the last session was.
  Encounter: access('write', 'read', 'read', 'write'),
  // Signing a session moves its course on, so a nurse writes to courses that only a clinician may change.
  CarePlan: access('write', 'read', 'read', 'write'),
  Task: RECEPTION,
  Communication: RECEPTION,
  Condition: CLINICAL_FACT,
  AllergyIntolerance: CLINICAL_FACT,
  Observation: CLINICAL_FACT,
  MedicationRequest: access('read', 'none', 'read', 'write'),
  MedicationAdministration: SESSION_RECORD,
  MedicationStatement: CLINICAL_FACT,
  AdverseEvent: SESSION_RECORD,
  Consent: RECEPTION,
  Composition: SESSION_RECORD,
  Questionnaire: STAFF_RECORD,
  QuestionnaireResponse: SESSION_RECORD,
  Provenance: RECEPTION,
};

/** What somebody may do with a resource type. Without a role: read the own staff records, see `ownRecords`. */
export function accessTo(type: ResourceType, { role }: Actor): Access {
  if (role === 'machine') return 'write';
  if (role !== undefined) return ACCESS[type][role];
  return type === 'Practitioner' || type === 'PractitionerRole' ? 'read' : 'none';
}

/** Throws 403, with a sentence that says what is missing, unless the person may do it. */
export function requireAccess(wanted: 'read' | 'write', type: ResourceType, actor: Actor): void {
  const allowed = accessTo(type, actor);
  if (allowed === 'write' || allowed === wanted) return;
  const who = actor.role === undefined ? 'Somebody without a role' : `The role ${actor.role}`;
  throw forbidden(`${who} may not ${wanted} ${type}`);
}

/** The search that narrows a type to the own records of somebody without a role; undefined: no narrowing. */
export function ownRecords(type: ResourceType, { role, reference }: Actor): [string, string] | undefined {
  if (role !== undefined) return undefined;
  return type === 'Practitioner' ? ['_id', reference.replace(/^.*\//, '')] : ['practitioner', reference];
}

function access(nurse: Access, administrator: Access, manager: Access, clinician: Access): AccessByRole {
  return { nurse, administrator, manager, clinician };
}
