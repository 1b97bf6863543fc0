import type { Resource } from 'fhir/r4';
import type { ServerBehaviour } from './behaviour.ts';
import { dateRange, periodRange, type DateRange } from './date-range.ts';
import { isRecord, type JsonRecord } from './json.ts';
import { relativeReference } from './references.ts';
import type { SearchParameter } from './search-parameters.ts';

/** The elements that a path of the search table leads to; arrays on the way are walked through. */
type ElementReader = (resource: Resource) => readonly unknown[];

const readers = new Map<string, ElementReader>();

function readerOf(path: string): ElementReader {
  const known = readers.get(path);
  if (known !== undefined) return known;
  const alternatives = path.split(' | ').map((alternative) => alternative.split('.').map(parseStep));
  const reader: ElementReader = (resource) => {
    const found: unknown[] = [];
    for (const steps of alternatives) collect(resource, steps, 0, found);
    return found;
  };
  readers.set(path, reader);
  return reader;
}

interface Step {
  readonly name: string;
  readonly where: { readonly name: string; readonly value: string } | undefined;
}

function parseStep(text: string): Step {
  const [, name = text, key, value] = /^(\w+)(?:\[(\w+)=(\w+)\])?$/.exec(text) ?? [];
  return { name, where: key === undefined || value === undefined ? undefined : { name: key, value } };
}

function collect(value: unknown, steps: readonly Step[], at: number, found: unknown[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, steps, at, found);
    return;
  }
  const where = steps[at - 1]?.where;
  if (where !== undefined && !(isRecord(value) && value[where.name] === where.value)) return;
  const step = steps[at];
  if (step === undefined) {
    if (value !== undefined && value !== null) found.push(value);
  } else if (typeof value === 'object' && value !== null) {
    collect(Reflect.get(value, step.name), steps, at + 1, found);
  }
}

/** `system|code` of every coding, identifier, contact point, code or boolean; `|code` without a system. */
export function tokensOf({ path, asBoolean = false }: SearchParameter, resource: Resource): string[] {
  const elements = readerOf(path)(resource);
  if (asBoolean) return [elements.some((element) => element !== false) ? '|true' : '|false'];
  // The system of a contact point says phone or email; it is no namespace of the value.
  const isContact = path.startsWith('telecom');
  return elements.flatMap((element) => {
    if (!isRecord(element)) return [`|${String(element)}`];
    const { coding, value } = element;
    if (isContact) return typeof value === 'string' ? [`|${value}`] : [];
    if (Array.isArray(coding)) return coding.flatMap((item) => (isRecord(item) ? codedToken(item) : []));
    return codedToken(element);
  });
}

function codedToken({ system, code, value }: JsonRecord): string[] {
  const text = code ?? value;
  return typeof text === 'string' ? [`${typeof system === 'string' ? system : ''}|${text}`] : [];
}

/** `Type/id` of every reference to a target of the parameter, absolute URLs of other servers and canonicals whole. */
export function referencesOf({ path, targets }: SearchParameter, resource: Resource, base: string): string[] {
  return readerOf(path)(resource).flatMap((element) => {
    const text = isRecord(element) ? element['reference'] : element;
    if (typeof text !== 'string') return [];
    const [unversioned = text] = relativeReference(text, base).split('/_history/');
    const type = /^([A-Z][A-Za-z]+)\//.exec(unversioned)?.[1];
    return type === undefined || targets.length === 0 || targets.includes(type) ? [unversioned] : [];
  });
}

export function urisOf({ path }: SearchParameter, resource: Resource): string[] {
  return readerOf(path)(resource).filter((element) => typeof element === 'string');
}

/** The texts of strings, of the parts of names and of the lines of addresses. */
export function stringsOf({ path }: SearchParameter, resource: Resource): string[] {
  return readerOf(path)(resource).flatMap((element) => {
    if (typeof element === 'string') return [element];
    return isRecord(element) ? STRING_PARTS.flatMap((part) => texts(element[part])) : [];
  });
}

/** Parts of HumanName and of Address that a string search looks at. */
const STRING_PARTS = [
  'family',
  'given',
  'prefix',
  'suffix',
  'text',
  'line',
  'city',
  'district',
  'state',
  'postalCode',
  'country',
];

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The stretches of dates, instants and periods; of periods the start alone where the server knows no more of them. */
export function rangesOf(
  { path }: SearchParameter,
  resource: Resource,
  periods: ServerBehaviour['periods'],
): DateRange[] {
  return readerOf(path)(resource).flatMap((element) => {
    const range =
      typeof element === 'string'
        ? dateRange(element)
        : isRecord(element)
          ? ofPeriod(element, periods)
          : undefined;
    return range === undefined ? [] : [range];
  });
}

function ofPeriod({ start, end }: JsonRecord, periods: ServerBehaviour['periods']): DateRange | undefined {
  if (periods === 'start') return typeof start === 'string' ? dateRange(start) : undefined;
  return periodRange(
    typeof start === 'string' ? start : undefined,
    typeof end === 'string' ? end : undefined,
  );
}
