/** A treatment protocol as the clinic configures it: every clinical number is the clinic's, with its source. */
import * as z from 'zod/mini';

import { formatPartialDate } from '#src/lib/time.ts';

import { day, group, list, numeric, oneOf, text, whole, yesNo } from './config-fields.ts';

export const protocolSchema = group({
  id: text('a short name of small letters, digits and hyphens', (value) => /^[a-z0-9-]{1,40}$/.test(value)),
  name: text(),
  source: text('where the numbers come from'),
  approvedBy: z.exactOptional(text('the name of the clinician who approved it')),
  effectiveFrom: z.exactOptional(day()),
  /** Infusions of the series. */
  sessions: whole(1, 60),
  /** How the series is spaced: `frequency` sessions every `period` days or weeks. */
  spacing: group({
    frequency: whole(1, 7),
    period: whole(1, 12),
    periodUnit: oneOf(['d', 'wk']),
    /** Calendar days from one session to the next, at least. */
    minimumDays: whole(1, 60),
    weekdaysOnly: yesNo(),
  }),
  maintenanceIntervalDays: whole(1, 730),
  /** No maintenance session is ever due earlier than this after the last session. */
  minimumIntervalDays: whole(1, 730),
  infusionMinutes: whole(1, 1440),
  recoveryMinutes: whole(0, 1440),
  turnoverMinutes: whole(0, 240),
  dose: group({
    unit: oneOf(['mg/kg', 'mg/kg/h']),
    low: numeric(0.001, 10),
    high: numeric(0.001, 10),
    default: z.exactOptional(numeric(0.001, 10)),
    /** Of one session. */
    maximumMg: numeric(1, 2000),
    source: z.exactOptional(text()),
  }),
  /** In the order of the session; the last has no end and lasts until discharge. */
  vitalsIntervals: list(
    group({ everyMinutes: whole(1, 240), forMinutes: z.exactOptional(whole(1, 1440)) }),
    'at least one interval',
    1,
  ),
  vitalsSource: z.exactOptional(text()),
  limits: group({
    fastingHours: z.exactOptional(numeric(0, 24)),
    reviewSystolicAbove: z.exactOptional(whole(60, 300)),
    reviewDiastolicAbove: z.exactOptional(whole(30, 200)),
    notifySystolicAbove: z.exactOptional(whole(60, 300)),
    notifySystolicRisePercent: z.exactOptional(numeric(1, 200)),
    notifySpo2Below: z.exactOptional(whole(50, 100)),
    notifyRassAtOrBelow: z.exactOptional(whole(-5, 4)),
    source: z.exactOptional(text()),
  }),
  followUpCalls: list(group({ name: text(), afterDays: whole(1, 365) }), 'a list of calls'),
});

export type Protocol = z.output<typeof protocolSchema>;

export interface ProtocolApproval {
  readonly approved: boolean;
  /** For the screen, with the reason. */
  readonly sentence: string;
}

/** Whether a protocol may be used on the clinic's day `today`, and the sentence that says so. */
export function protocolApproval(
  protocol: Pick<Protocol, 'approvedBy' | 'effectiveFrom'>,
  today: Temporal.PlainDate,
): ProtocolApproval {
  const { approvedBy, effectiveFrom } = protocol;
  if (approvedBy === undefined) {
    return { approved: false, sentence: 'Not approved by a clinician' };
  }
  if (effectiveFrom === undefined) {
    return { approved: false, sentence: `Approved by ${approvedBy}, without an effective date` };
  }
  const approved = Temporal.PlainDate.compare(effectiveFrom, today) <= 0;
  const sentence = approved
    ? `Approved by ${approvedBy}, in effect since ${formatPartialDate(effectiveFrom)}`
    : `Approved by ${approvedBy}, not in effect before ${formatPartialDate(effectiveFrom)}`;
  return { approved, sentence };
}
