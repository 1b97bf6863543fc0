/** `_include` for servers without it: where the parameter's references stand in a resource. */
import { localReference } from './local-reference.ts';
import type { RawResource } from './resource.ts';

/** Search parameter → path of elements. */
const PATHS: Readonly<Record<string, string>> = {
  'AdverseEvent:subject': 'subject',
  'Appointment:patient': 'participant.actor',
  'Appointment:practitioner': 'participant.actor',
  'Appointment:supporting-info': 'supportingInformation',
  'CarePlan:condition': 'addresses',
  'CarePlan:patient': 'subject',
  'Composition:encounter': 'encounter',
  'Composition:patient': 'subject',
  'Condition:patient': 'subject',
  'Encounter:patient': 'subject',
  'Task:based-on': 'basedOn',
  'Task:encounter': 'encounter',
  'Task:focus': 'focus',
  'Task:patient': 'for',
};

/** Parameters that follow references to one type only, though the element holds others too. */
const TARGETS: Readonly<Record<string, string>> = { patient: 'Patient', practitioner: 'Practitioner' };

/**
 * The ids that the resources refer to, by type, for `_include` values such as `Task:patient` or `Task:focus:Appointment`.
 * References to other servers are left out, as a server does. Throws a TypeError for a parameter that is not known.
 */
export function includedIds(
  resources: readonly RawResource[],
  includes: readonly string[],
  baseUrl: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  for (const include of includes) {
    const [source = '', parameter = '', target = TARGETS[parameter]] = include.split(':');
    const path = PATHS[`${source}:${parameter}`];
    if (path === undefined)
      throw new TypeError(`_include=${include} is not known on a server without _include`);
    for (const resource of resources) {
      if (resource.resourceType !== source) continue;
      for (const reference of valuesAt(resource, `${path}.reference`.split('.'))) {
        const found = localReference(String(reference), baseUrl);
        if (!found || (target && target !== found.type)) continue;
        ids.set(found.type, (ids.get(found.type) ?? new Set()).add(found.id));
      }
    }
  }
  return ids;
}

/** Everything that stands at a path; lists on the way are gone through. */
function valuesAt(value: unknown, [head, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item) => valuesAt(item, head === undefined ? [] : [head, ...rest]));
  if (head === undefined) return value === undefined ? [] : [value];
  return typeof value === 'object' && value !== null
    ? valuesAt(new Map(Object.entries(value)).get(head), rest)
    : [];
}
