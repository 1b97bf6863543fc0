import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { IDENTIFIER_TYPE } from '#src/fhir/codes.ts';
import { concept, conceptText, period, says, text, type Concept, type Period } from '#src/fhir/datatypes.ts';
import type { PartialDate } from '#src/lib/time.ts';
import { covers, periodDay } from './period.ts';
import type { Reading } from './reading.ts';

/** A patient as the application sees one. Whatever else the record holds stays with the resource as read. */
export interface Patient {
  readonly id: string;
  readonly name: PatientNameParts;
  /** As recorded: a day, a month, a year, or text of another system that is no date. */
  readonly birthDate: PartialDate | undefined;
  /** The code as recorded; a code that FHIR does not know is shown as it came. */
  readonly sex: string | undefined;
  readonly mrn: string | undefined;
  readonly identifiers: readonly ShownIdentifier[];
  readonly phones: readonly ContactPoint[];
  readonly emails: readonly ContactPoint[];
  readonly addresses: readonly string[];
  readonly languages: readonly string[];
  readonly contacts: readonly {
    readonly name: string;
    readonly relationship: string;
    readonly phone: string;
  }[];
  readonly active: boolean;
  readonly deceased: false | { readonly on: string | undefined };
}

/** The name as it is shown: SURNAME in capitals, given name as written. Both empty: the record has no name. */
export interface PatientNameParts {
  readonly surname: string;
  readonly given: string;
  /** What the patient wants to be called, where it differs from the given name. */
  readonly preferred: string | undefined;
}

export interface ContactPoint {
  readonly value: string;
  readonly use: string | undefined;
}

export interface ShownIdentifier {
  readonly type: string;
  readonly value: string;
}

const humanName = z.object({
  use: text,
  text,
  family: text,
  given: z.optional(z.array(z.nullable(z.string()))),
  period: z.optional(period),
});
const telecom = z.object({
  system: text,
  value: text,
  use: text,
  rank: z.optional(z.number()),
  period: z.optional(period),
});

const patientRecord = z.object({
  id: z.string(),
  active: z.optional(z.boolean()),
  name: z.optional(z.array(humanName)),
  birthDate: text,
  gender: text,
  identifier: z.optional(
    z.array(z.object({ use: text, type: z.optional(concept), system: text, value: text })),
  ),
  telecom: z.optional(z.array(telecom)),
  address: z.optional(
    z.array(
      z.object({
        use: text,
        period: z.optional(period),
        text,
        line: z.optional(z.array(z.nullable(z.string()))),
        city: text,
        state: text,
        postalCode: text,
        country: text,
      }),
    ),
  ),
  communication: z.optional(z.array(z.object({ language: concept }))),
  contact: z.optional(
    z.array(
      z.object({
        name: z.optional(humanName),
        relationship: z.optional(z.array(concept)),
        telecom: z.optional(z.array(telecom)),
        period: z.optional(period),
      }),
    ),
  ),
  deceasedBoolean: z.optional(z.boolean()),
  deceasedDateTime: text,
});

type HumanName = z.infer<typeof humanName>;

/**
 * Reads a `Patient`. Only identifiers of the allowed types are taken over, so that no view can show another one, and
 * of names, addresses, phones and contacts those that are in use today. Throws a zod error where a field has a shape that FHIR does not allow.
 */
export function toPatient(resource: RawResource, reading: Reading): Patient {
  const { identifierTypes, mrnSystem } = reading;
  const record = z.parse(patientRecord, resource);
  const languages = record.communication?.map(({ language }) => conceptText(language)).filter(says) ?? [];
  const shown = (record.identifier ?? []).flatMap(({ use, type, system, value }) => {
    const code = type?.coding?.find(
      (one) => one.system === IDENTIFIER_TYPE && identifierTypes.includes(one.code ?? ''),
    )?.code;
    return code === undefined || use === 'old' || !says(value) ? [] : [{ type: code, system, value }];
  });
  const points = (record.telecom ?? []).toSorted((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  return {
    id: record.id,
    name: nameParts(record.name ?? [], languageCode(record.communication?.[0]?.language), reading),
    birthDate: record.birthDate,
    sex: record.gender,
    mrn: shown.find(({ type, system }) => type === 'MR' && (mrnSystem === undefined || system === mrnSystem))
      ?.value,
    identifiers: shown.map(({ type, value }) => ({ type, value })),
    phones: contactPoints(points, 'phone', reading),
    emails: contactPoints(points, 'email', reading),
    addresses: (record.address ?? [])
      .filter((one) => isCurrent(one, reading))
      .map((one) =>
        says(one.text)
          ? one.text
          : [...(one.line ?? []), one.city, one.state, one.postalCode, one.country].filter(says).join(', '),
      )
      .filter(says),
    languages,
    contacts: (record.contact ?? [])
      .filter((one) => isCurrent(one, reading))
      .map((one) => ({
        name: one.name === undefined ? '' : plainName(one.name),
        relationship: (one.relationship ?? []).map(conceptText).filter(says).join(', '),
        phone: contactPoints(one.telecom ?? [], 'phone', reading)[0]?.value ?? '',
      })),
    active: record.active ?? true,
    deceased:
      record.deceasedDateTime === undefined && record.deceasedBoolean !== true
        ? false
        : { on: record.deceasedDateTime },
  };
}

/** The surname as it is shown, of a `Patient` whose other fields may be unreadable. */
export function surnameOf(resource: RawResource, reading: Reading): string | undefined {
  const record = z.safeParse(z.pick(patientRecord, { name: true, communication: true }), resource);
  if (!record.success) return undefined;
  const { name, communication } = record.data;
  return nameParts(name ?? [], languageCode(communication?.[0]?.language), reading).surname || undefined;
}

/** `OKONKWO Adaeze`, for a file or an accessible name. */
export function displayName({ surname, given }: PatientNameParts): string {
  return [surname, given].filter((part) => part !== '').join(' ') || 'Name missing';
}

function nameParts(
  all: readonly HumanName[],
  language: string | undefined,
  reading: Reading,
): PatientNameParts {
  const names = all.filter((name) => [name.text, name.family, ...(name.given ?? [])].some(says));
  const current = names.filter((name) => isCurrent(name, reading) && name.use !== 'maiden');
  const chosen =
    current.find(({ use }) => use === 'official') ??
    current.find(({ use }) => use !== 'nickname') ??
    current[0] ??
    names[0];
  if (chosen === undefined) return { surname: '', given: '', preferred: undefined };
  const given = (chosen.given ?? []).filter(says).join(' ').trim();
  const family = chosen.family?.trim() ?? '';
  const called = current.find((name) => name !== chosen && (name.use === 'usual' || name.use === 'nickname'));
  const preferred = [...(called?.given ?? []), called?.text].find(says);
  if (family === '' && given === '') {
    return { surname: capitals(chosen.text?.trim() ?? '', language), given: '', preferred };
  }
  return {
    surname: capitals(family, language),
    given,
    preferred: preferred === given.split(' ')[0] ? undefined : preferred,
  };
}

/**
 * Capitals by the rules of the patient's language (a Turkish i keeps its dot); where it is not known, by those of
 * none, since the browser's language says nothing about the patient.
 */
function capitals(family: string, language: string | undefined): string {
  if (language === undefined) return family.toUpperCase();
  try {
    return family.toLocaleUpperCase(language);
  } catch {
    return family.toUpperCase();
  }
}

function plainName(name: HumanName): string {
  return says(name.text) ? name.text : [...(name.given ?? []), name.family].filter(says).join(' ');
}

/** Whether something is in use today: not called old, begun, not ended. An end that is no date ends nothing. */
function isCurrent(
  one: { readonly use?: string | undefined; readonly period?: Period | undefined },
  { today, timeZone }: Reading,
): boolean {
  const days = {
    from: periodDay('start', one.period?.start, timeZone),
    until: periodDay('end', one.period?.end, timeZone),
  };
  return one.use !== 'old' && covers(days, today);
}

function contactPoints(
  points: readonly z.infer<typeof telecom>[],
  system: string,
  reading: Reading,
): ContactPoint[] {
  return points
    .filter((point) => point.system === system && isCurrent(point, reading))
    .flatMap(({ value, use }) => (says(value) ? [{ value, use }] : []));
}

function languageCode(value: Concept | undefined): string | undefined {
  return value?.coding?.[0]?.code;
}
