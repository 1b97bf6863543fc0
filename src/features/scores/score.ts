import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { concept, conceptText, hasCode, localId, period, reference, text } from '#src/fhir/datatypes.ts';
import { daysOf, parseDay, parseInstant } from '#src/lib/time.ts';
import type { Reading } from '../patients/reading.ts';
import { SCORE_KINDS, type ScoreKind } from './score-kind.ts';
import { SCORES } from './score-kinds.ts';

/** When a score was taken, as seen from a session. */
export type Taken = 'beforeSession' | 'during' | 'afterSession' | 'followUp' | 'unknown';

/** One value of a patient on a scale of the clinic, or a weight in kilograms. */
export interface Score {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly kind: ScoreKind;
  /** In the unit of its kind; nothing where the record says why there is none. */
  readonly value: number | undefined;
  /** Why there is no value, in words. */
  readonly absent: string | undefined;
  /** The value in the words of the record, where its unit is another one: `135 [lb_av]`. */
  readonly asRecorded: string | undefined;
  readonly taken: Taken;
  /** One of the vitals: never counts as a score of pain. */
  readonly vital: boolean;
  readonly sessionId: string | undefined;
  /** `mistake`: entered in error; `cancelled`: never finished. Neither counts, both stay to be seen. */
  readonly status: 'current' | 'mistake' | 'cancelled';
  /** As recorded: a moment, a day, or a month or year alone. */
  readonly date: string | undefined;
  /** The moment, and the clinic's day, as far as they are known. */
  readonly at: Temporal.Instant | undefined;
  readonly day: Temporal.PlainDate | undefined;
}

const VITAL_SIGNS = 'http://terminology.hl7.org/CodeSystem/observation-category';

const quantity = z.object({ value: z.optional(z.number()), comparator: text, unit: text, code: text });

const scoreRecord = z.object({
  id: z.string(),
  status: text,
  category: z.optional(z.array(concept)),
  code: concept,
  subject: z.optional(reference),
  encounter: z.optional(reference),
  effectiveDateTime: text,
  effectiveInstant: text,
  effectivePeriod: z.optional(period),
  valueQuantity: z.optional(quantity),
  valueInteger: z.optional(z.number()),
  dataAbsentReason: z.optional(concept),
});

type ScoreRecord = z.infer<typeof scoreRecord>;

/**
 * Reads an `Observation` of one of our kinds. Throws a zod error where a shape is not FHIR's, and an Error where the
 * value cannot be meant: beyond its scale, of another unit, only a limit, or of a day ahead. A mistake may say anything.
 */
export function toScore(resource: RawResource, { fhirBaseUrl, timeZone, today }: Reading): Score {
  const record = z.parse(scoreRecord, resource);
  const kind = kindOf(record);
  const status = statusOf(record.status);
  const date = record.effectiveDateTime ?? record.effectiveInstant ?? record.effectivePeriod?.start;
  const day = parseDay(date, timeZone);
  const from = day ?? daysOf(date ?? '')?.first;
  if (
    status === 'current' &&
    from !== undefined &&
    Temporal.PlainDate.compare(from, today.add({ days: 1 })) > 0
  ) {
    throw new Error(`its day ${from.toString()} lies ahead`);
  }
  return {
    id: record.id,
    patientId: localId(record.subject, 'Patient', fhirBaseUrl),
    kind,
    ...(status === 'current' ? checked(kind, record) : unchecked(kind, record)),
    taken: takenOf(record),
    vital: record.category?.some((one) => hasCode(one, VITAL_SIGNS, ['vital-signs'])) ?? false,
    sessionId: localId(record.encounter, 'Encounter', fhirBaseUrl),
    status,
    date,
    at: parseInstant(date),
    day,
  };
}

function kindOf({ code }: ScoreRecord): ScoreKind {
  const kinds = SCORE_KINDS.filter((kind) =>
    SCORES[kind].codings.some((coding) => hasCode(code, coding.system, [coding.code])),
  );
  const [kind] = kinds;
  if (kind === undefined) throw new Error('its code is none of the clinic’s scores');
  if (kinds.length > 1) throw new Error('its codes are those of several scores');
  return kind;
}

function statusOf(status: string | undefined): Score['status'] {
  if (status === 'entered-in-error') return 'mistake';
  return status === 'cancelled' ? 'cancelled' : 'current';
}

const TAKEN: readonly (readonly [Exclude<Taken, 'unknown'>, string])[] = [
  ['beforeSession', 'pain-before-session'],
  ['during', 'pain-during'],
  ['afterSession', 'pain-after-session'],
  ['followUp', 'pain-follow-up'],
];

/** By our second coding; unknown without one, and where several contradict each other. */
function takenOf({ code }: ScoreRecord): Taken {
  const named = TAKEN.filter(([, one]) => hasCode(code, LOCAL_SYSTEM, [one]));
  return named.length === 1 && named[0] !== undefined ? named[0][0] : 'unknown';
}

type Value = Pick<Score, 'value' | 'absent' | 'asRecorded'>;

function checked(kind: ScoreKind, record: ScoreRecord): Value {
  const value = valueOf(kind, record);
  if (value.value === undefined && value.absent === undefined) throw new Error('it has no value');
  const { comparator } = record.valueQuantity ?? {};
  if (comparator !== undefined) throw new Error(`its value is only a limit (${comparator})`);
  const { range, rangeText } = SCORES[kind];
  if (value.value !== undefined && !(value.value >= range[0] && value.value <= range[1])) {
    throw new Error(
      `its value ${value.asRecorded ?? value.value} cannot be meant: ${SCORES[kind].label}, ${rangeText}`,
    );
  }
  return value;
}

function unchecked(kind: ScoreKind, record: ScoreRecord): Value {
  try {
    return valueOf(kind, record);
  } catch {
    return { value: undefined, absent: undefined, asRecorded: quantityText(record) };
  }
}

function valueOf(kind: ScoreKind, record: ScoreRecord): Value {
  const { valueQuantity, valueInteger, dataAbsentReason } = record;
  const value = valueInteger ?? valueQuantity?.value;
  if (value === undefined) {
    return { value, absent: conceptText(dataAbsentReason), asRecorded: undefined };
  }
  const factor = valueInteger === undefined ? factorOf(kind, valueQuantity) : 1;
  return {
    // To the gram, so that a converted value does not carry digits that nobody weighed.
    value: factor === 1 ? value : Math.round(value * factor * 1000) / 1000,
    absent: undefined,
    asRecorded: factor === 1 ? undefined : quantityText(record),
  };
}

/** How many of the kind's unit one of the record's is. A value without a unit has that of its kind, a weight never. */
function factorOf(kind: ScoreKind, { code, unit }: NonNullable<ScoreRecord['valueQuantity']> = {}): number {
  const { units } = SCORES[kind];
  const named = [code, unit].filter((one) => one !== undefined && one.trim() !== '');
  if (named.length === 0 && kind !== 'weight') return 1;
  const [factor, ...others] = new Set(
    named.flatMap((one) => (one !== undefined && Object.hasOwn(units, one) ? (units[one] ?? []) : [])),
  );
  if (others.length > 0) throw new Error(`its units ${named.join(' and ')} contradict each other`);
  if (factor !== undefined) return factor;
  // `{score}`, `{points}`: UCUM's way to write words that are no unit.
  if (Object.hasOwn(units, '1') && /^\{[^}]*\}$/.test(named[0] ?? '')) return 1;
  throw new Error(
    named.length === 0 ? 'its value has no unit' : `its unit ${named[0]} is not one of ${SCORES[kind].label}`,
  );
}

function quantityText({ valueQuantity: { value, unit, code } = {} }: ScoreRecord): string | undefined {
  return value === undefined ? undefined : `${value} ${unit ?? code ?? ''}`.trim();
}

/** Whether a score is what the patient had: neither a mistake nor without a value. */
export function isValid(score: Score): score is Score & { readonly value: number } {
  return score.status === 'current' && score.value !== undefined;
}

/** Orders scores in time, the oldest first; a month or year counts from its first day, no date at all comes first. */
export function compareInTime(one: Score, other: Score): number {
  const [a, b] = [firstDay(one), firstDay(other)];
  const byDay = a === b ? 0 : a < b ? -1 : 1;
  if (byDay !== 0) return byDay;
  // Of one day, those without a time come before the others.
  return (one.at?.epochMilliseconds ?? 0) - (other.at?.epochMilliseconds ?? 0);
}

function firstDay({ day, date }: Score): string {
  return (day ?? daysOf(date ?? '')?.first)?.toString() ?? '';
}
