import type { OperationOutcomeIssue, Resource } from 'fhir/r4';
import { periodRange } from './date-range.ts';
import { isRecord, type JsonRecord } from './json.ts';
import { issue } from './outcome.ts';
import { walkElements } from './structure.ts';

/** A rule of the specification that the structure alone cannot say. */
export interface Invariant {
  /** Its key in the specification. */
  readonly key: string;
  /** The type whose every element must obey it. */
  readonly on: string;
  readonly text: string;
  readonly holds: (value: JsonRecord) => boolean;
}

export const INVARIANTS: readonly Invariant[] = [
  rule(
    'app-1',
    'Appointment.participant',
    'Either the type or the actor of a participant is given',
    (value) => hasAny(value, 'type', 'actor'),
  ),
  rule(
    'app-2',
    'Appointment',
    'Either start and end are given, or neither',
    (value) => has(value, 'start') === has(value, 'end'),
  ),
  rule(
    'app-3',
    'Appointment',
    'Only proposed, cancelled or waitlisted appointments may lack start and end',
    ({ status, ...value }) =>
      (has(value, 'start') && has(value, 'end')) || oneOf(status, 'proposed', 'cancelled', 'waitlist'),
  ),
  rule(
    'app-4',
    'Appointment',
    'A cancelation reason is only for cancelled appointments and no-shows',
    ({ status, ...value }) => !has(value, 'cancelationReason') || oneOf(status, 'cancelled', 'noshow'),
  ),
  rule(
    'con-4',
    'Condition',
    'An abated condition is inactive, resolved or in remission',
    (value) =>
      !Object.keys(value).some((key) => key.startsWith('abatement')) ||
      hasCode(value['clinicalStatus'], 'inactive', 'resolved', 'remission'),
  ),
  rule(
    'con-5',
    'Condition',
    'A condition entered in error has no clinical status',
    (value) => !(hasCode(value['verificationStatus'], 'entered-in-error') && has(value, 'clinicalStatus')),
  ),
  rule(
    'ait-1',
    'AllergyIntolerance',
    'An allergy has a clinical status unless entered in error',
    (value) => has(value, 'clinicalStatus') || hasCode(value['verificationStatus'], 'entered-in-error'),
  ),
  rule(
    'ait-2',
    'AllergyIntolerance',
    'An allergy entered in error has no clinical status',
    (value) => !(hasCode(value['verificationStatus'], 'entered-in-error') && has(value, 'clinicalStatus')),
  ),
  rule('mad-1', 'MedicationAdministration.dosage', 'A dosage has a dose or a rate', (value) =>
    hasAny(value, 'dose', 'rateRatio', 'rateQuantity'),
  ),
  rule(
    'qrs-1',
    'QuestionnaireResponse.item',
    'Nested items stand under an item or under its answer, not both',
    (value) => !(has(value, 'answer') && has(value, 'item')),
  ),
  rule('ppc-1', 'Consent', 'A consent has a policy or a policy rule', (value) =>
    hasAny(value, 'policy', 'policyRule'),
  ),
  rule('inv-1', 'Task', 'The last modification is not before the authoring', ({ authoredOn, lastModified }) =>
    inOrder(authoredOn, lastModified),
  ),
  rule(
    'cpl-3',
    'CarePlan.activity',
    'An activity has a detail or a reference, not both',
    (value) => !(has(value, 'detail') && has(value, 'reference')),
  ),
  rule(
    'obs-6',
    'Observation',
    'A reason for absent data is only given without a value',
    (value) => !(has(value, 'dataAbsentReason') && Object.keys(value).some((key) => key.startsWith('value'))),
  ),
  rule('cmp-1', 'Composition.section', 'A section has text, entries or sections', (value) =>
    hasAny(value, 'text', 'entry', 'section'),
  ),
  rule(
    'cmp-2',
    'Composition.section',
    'A section is only empty for a reason when it has no entries',
    (value) => !(has(value, 'emptyReason') && has(value, 'entry')),
  ),
  rule('org-1', 'Organization', 'An organization has an identifier or a name', (value) =>
    hasAny(value, 'identifier', 'name'),
  ),
  rule('pat-1', 'Patient.contact', 'A contact has details or an organization', (value) =>
    hasAny(value, 'name', 'telecom', 'address', 'organization'),
  ),
  rule('per-1', 'Period', 'A period does not end before it starts', ({ start, end }) => inOrder(start, end)),
  rule(
    'cpt-2',
    'ContactPoint',
    'A contact point with a value has a system',
    (value) => !has(value, 'value') || has(value, 'system'),
  ),
  rule(
    'qty-3',
    'Quantity',
    'A coded unit names its system',
    (value) => !has(value, 'code') || has(value, 'system'),
  ),
  rule(
    'ext-1',
    'Extension',
    'An extension has either a value or extensions',
    (value) => Object.keys(value).some((key) => key.startsWith('value')) !== has(value, 'extension'),
  ),
  rule(
    'tim-1',
    'Timing.repeat',
    'A duration has a unit',
    (value) => !has(value, 'duration') || has(value, 'durationUnit'),
  ),
  rule(
    'tim-2',
    'Timing.repeat',
    'A period has a unit',
    (value) => !has(value, 'period') || has(value, 'periodUnit'),
  ),
  rule(
    'tim-6',
    'Timing.repeat',
    'A longest period has a period',
    (value) => !has(value, 'periodMax') || has(value, 'period'),
  ),
];

/** The rules that a resource of sound structure breaks, each with the expression of the element. */
export function brokenInvariants(resource: Resource): OperationOutcomeIssue[] {
  const issues: OperationOutcomeIssue[] = [];
  walkElements(resource, (value, typeName, path) => {
    for (const { key, on, text, holds } of INVARIANTS) {
      if (on === typeName && !holds(value)) issues.push(issue('invariant', `${key}: ${text}`, path));
    }
  });
  return issues;
}

function rule(key: string, on: string, text: string, holds: (value: JsonRecord) => boolean): Invariant {
  return { key, on, text, holds };
}

function has(value: JsonRecord, name: string): boolean {
  return value[name] !== undefined;
}

function hasAny(value: JsonRecord, ...names: readonly string[]): boolean {
  return names.some((name) => has(value, name));
}

function oneOf(value: unknown, ...codes: readonly string[]): boolean {
  return typeof value === 'string' && codes.includes(value);
}

function hasCode(concept: unknown, ...codes: readonly string[]): boolean {
  const codings: unknown = isRecord(concept) ? concept['coding'] : undefined;
  return (
    Array.isArray(codings) && codings.some((coding) => isRecord(coding) && oneOf(coding['code'], ...codes))
  );
}

function inOrder(start: unknown, end: unknown): boolean {
  if (typeof start !== 'string' || typeof end !== 'string') return true;
  const range = periodRange(start, end);
  return range === undefined || range.low < range.high;
}
