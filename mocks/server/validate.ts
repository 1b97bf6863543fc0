import type { OperationOutcomeIssue, Resource } from 'fhir/r4';
import { brokenInvariants } from './invariants.ts';
import { FhirError, issue } from './outcome.ts';
import { isRecord, type JsonRecord } from './json.ts';
import { primitiveType, propertiesOf, type Property, type PropertyType } from './structure.ts';
import { isResourceType } from './supported-types.ts';

/** A report of everything that is wrong is useless past this many. */
const MOST_ISSUES = 50;

/**
 * The resource, when it is one: structure and primitives by the official definitions (400), then the invariants (422),
 * as the specification splits them. Throws a FhirError with one issue per fault, each with its `expression`.
 */
export function validResource(value: unknown): Resource {
  const issues = structureIssues(value);
  if (issues.length > 0 || !isResource(value)) throw new FhirError(400, issues.slice(0, MOST_ISSUES));
  const broken = brokenInvariants(value);
  if (broken.length > 0) throw new FhirError(422, broken.slice(0, MOST_ISSUES));
  return value;
}

/** What is wrong with the structure of a resource: unknown, missing, repeated or ill-typed properties, bad values. */
export function structureIssues(value: unknown): OperationOutcomeIssue[] {
  const issues: OperationOutcomeIssue[] = [];
  checkResource(value, undefined, issues);
  return issues;
}

function isResource(value: unknown): value is Resource {
  return isRecord(value) && typeof value['resourceType'] === 'string';
}

function checkResource(value: unknown, path: string | undefined, issues: OperationOutcomeIssue[]): void {
  if (!isRecord(value)) {
    issues.push(issue('structure', 'A resource must be a JSON object', path));
    return;
  }
  const type = value['resourceType'];
  if (typeof type !== 'string' || !isResourceType(type)) {
    issues.push(issue('structure', `Unknown resource type ${JSON.stringify(type)}`, path ?? 'resourceType'));
    return;
  }
  const { resourceType: _, ...rest } = value;
  checkElement(rest, type, path ?? type, issues);
}

function checkElement(
  value: JsonRecord,
  typeName: string,
  path: string,
  issues: OperationOutcomeIssue[],
): void {
  const properties = propertiesOf(typeName);
  for (const [key, item] of Object.entries(value)) {
    const sibling = key.startsWith('_');
    const property = properties.get(sibling ? key.slice(1) : key);
    const at = `${path}.${key}`;
    if (property === undefined || (sibling && primitiveType(property.type.name) === undefined)) {
      issues.push(issue('structure', `Unknown property ${key} of ${typeName}`, at));
    } else if (sibling) {
      checkSibling(item, property, at, issues);
    } else {
      checkProperty(item, property, value[`_${key}`], at, issues);
    }
  }
  checkPresence(value, properties, path, issues);
}

function checkPresence(
  value: JsonRecord,
  properties: ReadonlyMap<string, Property>,
  path: string,
  issues: OperationOutcomeIssue[],
): void {
  const forms = new Map<string, string[]>();
  const required = new Set<string>();
  for (const { name, choice, ...property } of properties.values()) {
    const element = choice ?? name;
    if (property.required) required.add(element);
    if (name in value || `_${name}` in value) forms.set(element, [...(forms.get(element) ?? []), name]);
  }
  for (const element of required) {
    if (!forms.has(element))
      issues.push(issue('required', `${path}.${element} is required`, `${path}.${element}`));
  }
  for (const [element, names] of forms) {
    if (names.length > 1) {
      issues.push(
        issue('structure', `Only one form of ${element}, not ${names.join(' and ')}`, `${path}.${element}`),
      );
    }
  }
}

function checkProperty(
  value: unknown,
  { name, type, repeats }: Property,
  sibling: unknown,
  path: string,
  issues: OperationOutcomeIssue[],
): void {
  if (!repeats) {
    if (Array.isArray(value)) issues.push(issue('structure', `${name} does not repeat`, path));
    else checkValue(value, type, path, issues);
    return;
  }
  if (!Array.isArray(value) || value.length === 0) {
    issues.push(issue('structure', `${name} must be an array that is not empty`, path));
    return;
  }
  value.forEach((item, index) => {
    // A repeated primitive without a value stands as null beside its extension.
    const extension: unknown = Array.isArray(sibling) ? sibling[index] : undefined;
    if (item !== null || !isRecord(extension)) checkValue(item, type, `${path}[${index}]`, issues);
  });
}

function checkSibling(
  value: unknown,
  { name, repeats }: Property,
  path: string,
  issues: OperationOutcomeIssue[],
): void {
  if (Array.isArray(value) !== repeats) {
    issues.push(issue('structure', repeats ? `_${name} must be an array` : `_${name} does not repeat`, path));
    return;
  }
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  elements.forEach((item, index) => {
    if (item === null && repeats) return;
    checkValue(item, ELEMENT, repeats ? `${path}[${index}]` : path, issues);
  });
}

/** id and extension, which every element has. */
const ELEMENT: PropertyType = { name: 'Element', codes: [], targets: [] };

function checkValue(value: unknown, type: PropertyType, path: string, issues: OperationOutcomeIssue[]): void {
  if (primitiveType(type.name) !== undefined) {
    const problem = primitiveProblem(value, type);
    if (problem !== undefined) issues.push(issue('value', problem, path));
    return;
  }
  if (type.name === 'Resource') {
    checkResource(value, path, issues);
    return;
  }
  if (!isRecord(value)) {
    issues.push(issue('structure', `Must be an object of type ${type.name}`, path));
    return;
  }
  if (Object.keys(value).length === 0) {
    issues.push(issue('structure', 'An element must have a value or children', path));
    return;
  }
  checkElement(value, type.name, path, issues);
  const target = value['reference'];
  if (type.targets.length > 0 && typeof target === 'string') {
    const targetType = /^([A-Z][A-Za-z]+)\//.exec(target)?.[1];
    if (targetType !== undefined && !type.targets.includes(targetType)) {
      issues.push(
        issue('value', `May refer to ${type.targets.join(', ')}, not to ${targetType}`, `${path}.reference`),
      );
    }
  }
}

function primitiveProblem(value: unknown, { name, codes }: PropertyType): string | undefined {
  const primitive = primitiveType(name);
  if (primitive === undefined || typeof value !== primitive.json)
    return `Must be a JSON ${primitive?.json} (${name})`;
  const text = String(value);
  if (!primitive.pattern.test(text)) return `${JSON.stringify(value)} is not a ${name}`;
  if ((name === 'date' || name === 'dateTime' || name === 'instant') && !isCalendarDate(text)) {
    return `${JSON.stringify(value)} is not a day of the calendar`;
  }
  if (name === 'xhtml' && !/^\s*<div[\s>]/.test(text)) return 'A narrative must be one div element';
  if (codes.length > 0 && !codes.includes(text))
    return `${JSON.stringify(value)} is not one of ${codes.join(', ')}`;
  return undefined;
}

/** The pattern allows 30 February. */
function isCalendarDate(text: string): boolean {
  const [year = 0, month = 1, day] = text.slice(0, 10).split('-').map(Number);
  return day === undefined || new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
