import type { MedicationAdministration, Observation } from 'fhir/r4';
import { KETAMINE } from '#src/fhir/codes.ts';
import type { Incident } from './adverse-event-records.ts';
import { observation, quantity, tenths } from './observation-parts.ts';
import type { SessionFacts } from './session-facts.ts';

/** A time at one rate; `to` is when it ends or would. */
interface Segment {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** mg/h, at 1 mg/mL also mL/h. */
  readonly rate: number;
  /** Why it ended before the dose was in. */
  readonly note?: string;
  readonly aborted?: boolean;
}

/** The infusion of a session as it goes, whatever of it has passed. */
export interface Infusion {
  readonly orderId: string | undefined;
  /** Worked out from order and weight, capped. */
  readonly plannedMg: number;
  readonly kg: number;
  readonly segments: readonly Segment[];
  readonly ends: number;
  readonly totalMg: number;
}

interface OrderedDose {
  readonly id: string;
  readonly dose: number;
  readonly maximumMg: number;
}

const MEDICATION = { coding: [KETAMINE], text: 'Ketamine' };
const ROUTE = { text: 'Intravenous' };
const STOP_REASONS = [
  'Patient asked to stop',
  'Blood pressure stayed high',
  'Distressing dissociation',
  'Cannula came out',
] as const;

/** How a session's dose runs in: order × weight, capped, at a rate that the pump can be set to. */
export function infusionOf(
  session: SessionFacts,
  order: OrderedDose | undefined,
  kg: number,
  incident: Incident | undefined,
): Infusion {
  const { protocol } = session;
  const minutes = protocol.infusionMinutes;
  const perKg = order?.dose ?? protocol.dose.default;
  const hours = protocol.dose.unit === 'mg/kg/h' ? minutes / 60 : 1;
  const plannedMg = Math.min(perKg * kg * hours, order?.maximumMg ?? protocol.dose.maximumMg);
  const rate = floorTenths((plannedMg / minutes) * 60);
  const segments = segmentsOf(session, rate, incident);
  return {
    orderId: order?.id,
    plannedMg: floorTenths(plannedMg),
    kg,
    segments,
    ends: segments.at(-1)?.to ?? session.visit.begins,
    totalMg: tenths(segments.reduce((sum, segment) => sum + givenMg(segment), 0)),
  };
}

/** The segment that runs at a minute, or the last before it. */
export function segmentAt({ segments }: Infusion, minute: number): Segment | undefined {
  return segments.findLast(({ from }) => from <= minute);
}

/** What was given, segment by segment; a running one has its rate and no dose yet. */
export function doseRecords(session: SessionFacts, infusion: Infusion): MedicationAdministration[] {
  return infusion.segments
    .filter(({ from }) => session.has(from))
    .map((segment) => segmentRecord(session, infusion, segment));
}

/** The total of a signed session. */
export function doseTotal(session: SessionFacts, { totalMg }: Infusion): Observation[] {
  const { signedAt } = session.visit;
  return session.signed && signedAt !== undefined
    ? [observation(session, 'dose', session.key, session.at(signedAt), totalMg)]
    : [];
}

function segmentsOf(session: SessionFacts, rate: number, incident: Incident | undefined): Segment[] {
  const { visit, protocol, key } = session;
  const random = session.random('infusion');
  const from = visit.begins;
  const to = from + protocol.infusionMinutes;
  const id = (number: number) => `segment-${key}-${number}`;
  const whole = { id: id(1), from, to, rate };
  if (visit.outcome === 'stopped') {
    const stops = Math.max(from + 5, visit.leaves - protocol.recoveryMinutes - 4);
    return [{ ...whole, to: Math.min(to, stops), note: random.pick(STOP_REASONS), aborted: true }];
  }
  if (incident !== undefined && incident.pausedMinutes > 0) {
    const { minute, pausedMinutes } = incident;
    const note = `Paused ${pausedMinutes} min: ${incident.what.text.toLowerCase()}`;
    return [
      { ...whole, to: minute + 1, note },
      { ...whole, id: id(2), from: minute + 1 + pausedMinutes, to: to + pausedMinutes },
    ];
  }
  if (!random.chance(0.1)) return [whole];
  const change = from + Math.round(protocol.infusionMinutes * (0.25 + 0.2 * random.next()));
  const slow = floorTenths(rate * 0.6);
  const rest = (rate * protocol.infusionMinutes - slow * (change - from)) / (to - change);
  return [
    { ...whole, to: change, rate: slow, note: 'Rate raised: the slow start was borne well' },
    { ...whole, id: id(2), from: change, rate: floorTenths(rest) },
  ];
}

function segmentRecord(
  session: SessionFacts,
  { orderId }: Infusion,
  segment: Segment,
): MedicationAdministration {
  const { from, to, rate, note, aborted } = segment;
  const over = session.has(to);
  return {
    resourceType: 'MedicationAdministration',
    id: segment.id,
    status: statusOf(session, over, aborted === true),
    ...(over && aborted === true && note !== undefined && { statusReason: [{ text: note }] }),
    medicationCodeableConcept: MEDICATION,
    subject: session.subject,
    context: session.encounter,
    effectivePeriod: { start: session.at(from), ...(over && { end: session.at(to) }) },
    performer: [{ actor: session.nurse }],
    ...(orderId && { request: { reference: `MedicationRequest/${orderId}` } }),
    ...(over && aborted !== true && note !== undefined && { note: [{ text: note }] }),
    dosage: {
      text: `${rate} mL/h of 1 mg/mL`,
      route: ROUTE,
      ...(over && { dose: quantity(givenMg(segment), 'mg') }),
      rateQuantity: quantity(rate, 'mg/h'),
    },
  };
}

function statusOf(
  { voided }: SessionFacts,
  over: boolean,
  aborted: boolean,
): MedicationAdministration['status'] {
  if (voided) return 'entered-in-error';
  if (!over) return 'in-progress';
  return aborted ? 'stopped' : 'completed';
}

function givenMg({ from, to, rate }: Segment): number {
  return floorTenths((rate * (to - from)) / 60);
}

/** Down to one decimal, forgiving what binary fractions lack. */
function floorTenths(value: number): number {
  return Math.floor(value * 10 + 1e-6) / 10;
}
