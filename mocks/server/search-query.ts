import type { ServerBehaviour } from './behaviour.ts';
import { type FhirError, invalid, notSupported } from './outcome.ts';
import { isSortable, type SortRule } from './search-order.ts';
import { searchParameter, searchParameters, type SearchParameter } from './search-parameters.ts';
import {
  isStringModifier,
  parseValue,
  splitValues,
  type SearchValue,
  type StringModifier,
} from './search-values.ts';
import type { ResourceType } from './supported-types.ts';

/** One parameter of a search. A resource matches when one of the values does; every clause must match. */
export interface Clause {
  readonly code: string;
  readonly parameter: SearchParameter;
  readonly modifier: StringModifier | undefined;
  readonly values: readonly SearchValue[];
}

export interface SearchQuery {
  readonly type: ResourceType;
  readonly clauses: readonly Clause[];
  readonly sort: readonly SortRule[];
  /** Matches on one page; 0: only how many there are. */
  readonly count: number;
  readonly total: boolean;
  /** Reference parameters of the type whose targets come along. */
  readonly includes: readonly string[];
}

const CONTROLS: ReadonlySet<string> = new Set(['_sort', '_count', '_total', '_summary', '_format']);

const DEFAULT_COUNT = 20;
/** A larger `_count` is capped, as the specification allows: the client follows `next`. */
export const MOST_COUNT = 500;

/** Parameters of the specification, of any type, that a portable client does without. */
const REFUSED = new Set([
  '_revinclude',
  '_has',
  '_filter',
  '_elements',
  '_text',
  '_content',
  '_list',
  '_query',
  '_contained',
  '_containedType',
  '_profile',
  '_security',
  '_source',
]);

/** How a search is to be understood. */
export interface QueryRules {
  readonly base: string;
  readonly behaviour: ServerBehaviour;
  /** Whether an unknown parameter is refused, or ignored. */
  readonly strict: boolean;
}

/**
 * Understands a search: whatever is ill-formed throws 400 and is named, and unless the rules say otherwise whatever is
 * unknown or unsupported, too.
 */
export function parseQuery(
  type: ResourceType,
  parameters: Iterable<[string, string]>,
  rules: QueryRules,
): SearchQuery {
  const clauses: Clause[] = [];
  const includes: string[] = [];
  const controls = new Map<string, string>();
  for (const [name, text] of parameters) {
    const colon = name.indexOf(':');
    const code = colon < 0 ? name : name.slice(0, colon);
    const modifier = colon < 0 ? undefined : name.slice(colon + 1);
    if (isUnknown(type, code, rules)) {
      if (rules.strict) throw unknown(type, code);
    } else if (code === '_include') {
      includes.push(parseInclude(type, modifier, text));
    } else if (CONTROLS.has(name)) {
      if (controls.has(name)) throw invalid(`${name} is given twice`, name);
      controls.set(name, text);
    } else {
      clauses.push(parseClause(type, code, modifier, text, rules));
    }
  }
  checkFormat(controls.get('_format'));
  const summary = oneOf('_summary', controls.get('_summary'), ['count']) === 'count';
  return {
    type,
    clauses,
    sort: parseSort(type, controls.get('_sort'), rules),
    count: summary ? 0 : parseCount(controls.get('_count')),
    total: oneOf('_total', controls.get('_total'), ['none', 'accurate']) === 'accurate',
    includes,
  };
}

/** JSON is the only format. Throws 400 for another one. */
export function checkFormat(format: string | undefined): void {
  // A plus sign that was not percent-encoded arrives as a blank.
  oneOf('_format', format?.replace(' ', '+'), ['json', 'application/json', 'application/fhir+json']);
}

/** `_count`, capped. Throws 400 when it is not a whole number. */
export function parseCount(text: string | undefined): number {
  if (text === undefined) return DEFAULT_COUNT;
  if (!/^\d{1,9}$/.test(text)) throw invalid(`${JSON.stringify(text)} of _count is not a number`, '_count');
  return Math.min(Number(text), MOST_COUNT);
}

function parseClause(
  type: ResourceType,
  code: string,
  modifier: string | undefined,
  text: string,
  rules: QueryRules,
): Clause {
  if (code.includes('.') || modifier?.includes('.'))
    throw notSupported(`Chained search is not supported: ${code}`, code);
  const parameter = searchParameter(type, code);
  if (parameter === undefined) throw unknown(type, code);
  if (modifier !== undefined && !(parameter.type === 'string' && isStringModifier(modifier))) {
    throw notSupported(`Modifier :${modifier} of ${code} is not supported`, `${code}:${modifier}`);
  }
  const values = splitValues(text, code).map((value) => parseValue(parameter, code, value, rules));
  return {
    code,
    parameter,
    modifier: modifier !== undefined && isStringModifier(modifier) ? modifier : undefined,
    values,
  };
}

/** Chained parameters are left to `parseClause`, which says what is wrong with them. */
function isUnknown(type: ResourceType, code: string, { behaviour: { lacks } }: QueryRules): boolean {
  if (REFUSED.has(code) || lacks.includes(code) || lacks.includes(`${type}.${code}`)) return true;
  if (CONTROLS.has(code) || code === '_include' || code.includes('.')) return false;
  return searchParameter(type, code) === undefined;
}

function unknown(type: ResourceType, code: string): FhirError {
  if (code.startsWith('_')) return notSupported(`${code} is not supported`, code);
  const known = Object.keys(searchParameters(type)).join(', ');
  return invalid(`Unknown search parameter ${code} of ${type}; known are ${known}`, code);
}

function parseInclude(type: ResourceType, modifier: string | undefined, text: string): string {
  if (modifier !== undefined) throw notSupported(`_include:${modifier} is not supported`, '_include');
  const [source, code = '', ...rest] = text.split(':');
  if (source !== type || rest.length > 0 || searchParameter(type, code)?.type !== 'reference') {
    throw invalid(`${JSON.stringify(text)} of _include is not ${type}:<reference parameter>`, '_include');
  }
  return code;
}

function parseSort(
  type: ResourceType,
  text: string | undefined,
  { behaviour: { sortKeys, sortsTokens }, strict }: QueryRules,
): SortRule[] {
  const keys = text?.split(',') ?? [];
  if (strict && keys.length > sortKeys) throw notSupported(`_sort takes at most ${sortKeys} keys`, '_sort');
  return keys.slice(0, sortKeys).map((key) => {
    const descending = key.startsWith('-');
    const code = descending ? key.slice(1) : key;
    const parameter = searchParameter(type, code);
    if (parameter === undefined || !isSortable(parameter) || (parameter.type === 'token' && !sortsTokens))
      throw invalid(`${type} cannot be sorted by ${code}`, '_sort');
    return { code, parameter, descending };
  });
}

function oneOf(name: string, value: string | undefined, allowed: readonly string[]): string | undefined {
  if (value !== undefined && !allowed.includes(value)) {
    throw notSupported(`${name}=${value} is not supported, only ${allowed.join(', ')}`, name);
  }
  return value;
}
