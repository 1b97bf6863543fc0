import * as z from 'zod/mini';
import { text } from '#src/fhir/datatypes.ts';
import type { DailyAmount } from './mme.ts';

const quantity = z.object({ value: z.optional(z.number()), unit: text, code: text });

/** A `Dosage` as far as a day's amount follows from it. */
export const dosage = z.object({
  text,
  sequence: z.optional(z.number()),
  asNeededBoolean: z.optional(z.boolean()),
  asNeededCodeableConcept: z.optional(z.unknown()),
  timing: z.optional(
    z.object({
      repeat: z.optional(
        z.object({
          frequency: z.optional(z.number()),
          frequencyMax: z.optional(z.number()),
          period: z.optional(z.number()),
          periodMax: z.optional(z.number()),
          periodUnit: text,
          count: z.optional(z.number()),
          dayOfWeek: z.optional(z.array(z.string())),
          timeOfDay: z.optional(z.array(z.string())),
          when: z.optional(z.array(z.string())),
        }),
      ),
    }),
  ),
  doseAndRate: z.optional(
    z.array(z.object({ doseQuantity: z.optional(quantity), rateQuantity: z.optional(quantity) })),
  ),
});

type Dosage = z.infer<typeof dosage>;

const DAYS: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, wk: 7 };
const MILLIGRAMS: Readonly<Record<string, number>> = { mg: 1, g: 1000, ug: 0.001, mcg: 0.001 };

/**
 * What is taken over a day, all lines of a dosage together; a patch by its rate an hour. Nothing where one of them
 * leaves it open: taken as needed, "one or two", without a rhythm, or one after the other, as when a dose is tapered.
 */
export function dailyAmountOf(dosages: readonly Dosage[]): DailyAmount | undefined {
  const amounts = dosages.map(amountOf);
  const [first] = amounts;
  if (new Set(dosages.map(({ sequence }) => sequence)).size > 1) return undefined;
  if (first === undefined || amounts.some((one) => one?.unit !== first.unit)) return undefined;
  const value = amounts.reduce((sum, one) => sum + (one?.value ?? 0), 0);
  return { value: Math.round(value * 1000) / 1000, unit: first.unit };
}

function amountOf({
  asNeededBoolean = false,
  asNeededCodeableConcept,
  timing,
  doseAndRate = [],
}: Dosage): DailyAmount | undefined {
  const [only] = doseAndRate;
  if (
    asNeededBoolean ||
    asNeededCodeableConcept !== undefined ||
    only === undefined ||
    doseAndRate.length > 1
  ) {
    return undefined;
  }
  const rate = only.rateQuantity ?? only.doseQuantity;
  const rateUnit = rate?.code ?? rate?.unit ?? '';
  if (isAmount(rate?.value)) {
    if (['ug/h', 'mcg/h', 'µg/h'].includes(rateUnit)) return { value: rate.value, unit: 'ug/h' };
    if (['mg/d', 'mg/day'].includes(rateUnit)) return { value: rate.value, unit: 'mg/d' };
  }
  const dose = only.doseQuantity;
  const milligrams = MILLIGRAMS[dose?.code ?? dose?.unit ?? ''];
  const times = timesADay(timing?.repeat);
  return isAmount(dose?.value) && milligrams !== undefined && times !== undefined
    ? { value: dose.value * milligrams * times, unit: 'mg/d' }
    : undefined;
}

function isAmount(value: number | undefined): value is number {
  return value !== undefined && value > 0 && Number.isFinite(value);
}

function timesADay(repeat: NonNullable<Dosage['timing']>['repeat']): number | undefined {
  if (repeat === undefined || repeat.frequencyMax !== undefined || repeat.periodMax !== undefined) {
    return undefined;
  }
  // Named days or hours may be several times of the period, and a count ends it: a rhythm alone says too much or too little.
  if ([repeat.count, repeat.dayOfWeek, repeat.timeOfDay, repeat.when].some((one) => one !== undefined)) {
    return undefined;
  }
  const days = DAYS[repeat.periodUnit ?? ''];
  const { period, frequency = 1 } = repeat;
  return days === undefined || !isAmount(period) || !isAmount(frequency)
    ? undefined
    : frequency / (period * days);
}
