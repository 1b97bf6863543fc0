import type { Resource } from 'fhir/r4';
import { isRecord, type JsonRecord } from './json.ts';
import { PRIMITIVES, TYPES } from './structure.generated.ts';

/** What a property may hold: a primitive, a data type, a nested element (`Task.restriction`) or any resource. */
export interface PropertyType {
  readonly name: string;
  /** Allowed codes; empty: any. */
  readonly codes: readonly string[];
  /** Allowed types of the target of a reference; empty: any. */
  readonly targets: readonly string[];
}

export interface Property {
  readonly name: string;
  readonly type: PropertyType;
  readonly required: boolean;
  readonly repeats: boolean;
  /** `value[x]` when the property is one form of a choice. */
  readonly choice: string | undefined;
}

export interface Primitive {
  readonly json: 'string' | 'number' | 'boolean';
  readonly pattern: RegExp;
}

const TYPE_LINES = new Map(
  TYPES.trim()
    .split('\n')
    .map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)] as const;
    }),
);

const PRIMITIVE_TYPES = new Map<string, Primitive>(
  PRIMITIVES.trim()
    .split('\n')
    .map((line) => {
      const [name = '', json = ''] = line.split(' ', 2);
      const pattern = new RegExp(`^(?:${line.slice(name.length + json.length + 2)})$`, 'u');
      return [name, { json: json === 'number' || json === 'boolean' ? json : 'string', pattern }];
    }),
);

const parsed = new Map<string, ReadonlyMap<string, Property>>();

/** The primitive type of that name, or undefined for a complex type. */
export function primitiveType(name: string): Primitive | undefined {
  return PRIMITIVE_TYPES.get(name);
}

/** The properties of a type, each form of a choice as one of its own. Throws for a type that the table lacks. */
export function propertiesOf(typeName: string): ReadonlyMap<string, Property> {
  const known = parsed.get(typeName);
  if (known !== undefined) return known;
  const line = TYPE_LINES.get(typeName);
  if (line === undefined) throw new Error(`No structure of type ${typeName}`);
  const properties = new Map(
    line
      .split(' ')
      .flatMap(parseProperty)
      .map((item) => [item.name, item]),
  );
  parsed.set(typeName, properties);
  return properties;
}

function parseProperty(text: string): Property[] {
  const colon = text.indexOf(':');
  const declared = text.slice(0, colon);
  const name = declared.replace(/[!*]+$/, '');
  const required = declared.includes('!');
  const repeats = declared.includes('*');
  const types = text.slice(colon + 1);
  if (!name.endsWith('[x]')) return [{ name, type: parseType(types), required, repeats, choice: undefined }];
  const stem = name.slice(0, -'[x]'.length);
  return (types === 'any' ? (TYPE_LINES.get('OPEN') ?? '') : types).split('|').map((form) => {
    const type = parseType(form);
    const formName = `${stem}${type.name.charAt(0).toUpperCase()}${type.name.slice(1)}`;
    return { name: formName, type, required, repeats, choice: name };
  });
}

function parseType(text: string): PropertyType {
  const [, name = text, codes = '', targets = ''] = /^([\w.]+)(?:\{(.*)\})?(?:\((.*)\))?$/.exec(text) ?? [];
  return { name, codes: codes.split(',').filter(Boolean), targets: targets.split(',').filter(Boolean) };
}

/** Visits every complex element of a resource of sound structure, the resource and contained ones included. */
export function walkElements(
  resource: Resource,
  visit: (value: JsonRecord, typeName: string, path: string) => void,
): void {
  const walk = (value: unknown, typeName: string, path: string): void => {
    if (!isRecord(value)) return;
    const type = typeName === 'Resource' ? String(value['resourceType']) : typeName;
    visit(value, type, path);
    const properties = propertiesOf(type);
    for (const [key, child] of Object.entries(value)) {
      const childType = key.startsWith('_') ? 'Element' : properties.get(key)?.type.name;
      if (childType === undefined || primitiveType(childType) !== undefined) continue;
      if (Array.isArray(child))
        child.forEach((item, index) => walk(item, childType, `${path}.${key}[${index}]`));
      else walk(child, childType, `${path}.${key}`);
    }
  };
  walk(resource, resource.resourceType, resource.resourceType);
}
