import { DATE_PREFIXES, dateRange, type DatePrefix, type DateRange } from './date-range.ts';
import type { ServerBehaviour } from './behaviour.ts';
import { invalid, notSupported } from './outcome.ts';
import { parseReference, relativeReference } from './references.ts';
import type { SearchParameter } from './search-parameters.ts';

/** One value of a search parameter, understood. */
export type SearchValue =
  | { readonly kind: 'text'; readonly text: string }
  /** `undefined`: any system, or any code. */
  | { readonly kind: 'token'; readonly system: string | undefined; readonly code: string | undefined }
  | { readonly kind: 'date'; readonly prefix: DatePrefix; readonly range: DateRange }
  /** A reference as `Type/id`, or a URI: compared whole. */
  | { readonly kind: 'key'; readonly key: string };

export type StringModifier = 'exact' | 'contains';

/** What follows the name of a string parameter; every other modifier of the specification is refused. */
export function isStringModifier(modifier: string): modifier is StringModifier {
  return modifier === 'exact' || modifier === 'contains';
}

/** More values than this in one parameter are refused, as servers with a limited URL or query do. */
const MOST_VALUES = 100;

/** The values of `a,b\,c`: an unescaped comma separates. The escapes stay in, for the next split. */
export function splitValues(text: string, code: string): string[] {
  const values = splitUnescaped(text, ',');
  if (values.length > MOST_VALUES)
    throw invalid(`At most ${MOST_VALUES} values of ${code}, not ${values.length}`, code);
  return values;
}

/** Understands one value by the type of its parameter. Throws 400 naming the parameter when it is ill-formed. */
export function parseValue(
  parameter: SearchParameter,
  code: string,
  text: string,
  { base, behaviour: { shortValues } }: { readonly base: string; readonly behaviour: ServerBehaviour },
): SearchValue {
  if (text === '') throw invalid(`Empty value of ${code}`, code);
  switch (parameter.type) {
    case 'string':
      return { kind: 'text', text: unescape(text) };
    case 'token':
      return parseToken(code, text);
    case 'date':
      return parseDate(code, text, shortValues || parameter.path === 'birthDate');
    case 'reference':
      return { kind: 'key', key: parseTarget(parameter, code, unescape(text), base, shortValues) };
    case 'uri':
      return { kind: 'key', key: unescape(text) };
  }
}

function parseToken(name: string, text: string): SearchValue {
  const parts = splitUnescaped(text, '|').map(unescape);
  const [first = '', second] = parts;
  if (parts.length > 2 || (first === '' && second === ''))
    throw invalid(`Ill-formed token ${text} of ${name}`, name);
  if (second === undefined) return { kind: 'token', system: undefined, code: first };
  return { kind: 'token', system: first, code: second === '' ? undefined : second };
}

const SEARCHED_DATE =
  /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/;

/** Without `wholeDays` a day that stands alone is found nowhere. */
function parseDate(code: string, text: string, wholeDays: boolean): SearchValue {
  const [, written, value = ''] = /^([a-z]{2})?(.*)$/.exec(text) ?? [];
  const prefix = written === undefined ? 'eq' : DATE_PREFIXES.find((known) => known === written);
  if (prefix === undefined) throw invalid(`Unknown prefix ${written} of ${code}`, code);
  const range = SEARCHED_DATE.test(value) ? dateRange(value) : undefined;
  // A plus sign that was not percent-encoded arrives as a blank.
  const hint = value.includes(' ') ? '; is the + of its offset percent-encoded?' : '';
  if (range === undefined) throw invalid(`${JSON.stringify(value)} of ${code} is not a date${hint}`, code);
  if (!wholeDays && written === undefined && value.length <= 10) {
    return { kind: 'date', prefix, range: { low: NaN, high: NaN } };
  }
  return { kind: 'date', prefix, range };
}

function parseTarget(
  { targets, path }: SearchParameter,
  code: string,
  text: string,
  base: string,
  bareIds: boolean,
): string {
  const parsed = parseReference(text, base);
  if (parsed.kind === 'local') {
    if (parsed.versionId !== undefined) throw notSupported(`A version cannot be searched by ${code}`, code);
    if (targets.length > 0 && !targets.includes(parsed.type)) {
      throw invalid(`${code} refers to ${targets.join(', ')}, never to ${parsed.type}`, code);
    }
    return relativeReference(text, base);
  }
  if (parsed.kind === 'external') return text;
  const [target] = targets;
  if (target !== undefined && targets.length === 1 && /^[A-Za-z0-9\-.]{1,64}$/.test(text))
    // A bare id is the key of no reference.
    return bareIds ? `${target}/${text}` : text;
  throw invalid(`${JSON.stringify(text)} of ${code} is not a reference of the form Type/id (${path})`, code);
}

function splitUnescaped(text: string, separator: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') parts.push((parts.pop() ?? '') + character + text.charAt(++at));
    else if (character === separator) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts;
}

function unescape(text: string): string {
  return text.replace(/\\([,|$\\])/g, '$1');
}
