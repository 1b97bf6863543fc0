import type { MedicationRequest } from 'fhir/r4';
import { KETAMINE } from '#src/fhir/codes.ts';
import config from '../config.json' with { type: 'json' };
import type { ClinicTime } from './clinic-time.ts';
import { painConditionId } from './condition-records.ts';
import type { CoursePlan } from './course-desk.ts';
import { clamp, quantity } from './observation-parts.ts';
import { recordId, type Person } from './person.ts';
import type { Random } from './random.ts';
import { toPatient, toStaff } from './references.ts';
import type { FullProtocol, SessionFacts } from './session-facts.ts';
import { clinicianOf } from './staff.ts';

/** What a clinician ordered for a course, from one session on. */
interface Order {
  readonly id: string;
  /** In the unit of the protocol: mg/kg or mg/kg/h. */
  readonly dose: number;
  readonly maximumMg: number;
  readonly day: number;
  readonly minute: number;
  readonly replaces: string | undefined;
  readonly replaced: boolean;
}

interface Orders {
  readonly records: readonly MedicationRequest[];
  /** The order under which a session was given. */
  of(session: SessionFacts): Order | undefined;
}

const DOSE_STEP = 0.05;

/** The orders of all courses; now and then one is replaced by another dose between two sessions. */
export function orders(
  person: Person,
  courses: readonly CoursePlan[],
  sessions: readonly SessionFacts[],
  time: ClinicTime,
): Orders {
  const under = new Map<SessionFacts, Order>();
  let written = 0;
  const records = courses.flatMap((plan) => {
    const own = sessions.filter((session) => session.plan === plan);
    const planned = coursesOrders(person, plan, own, written, time);
    written += planned.length;
    for (const session of own) {
      const order = planned.findLast(
        ({ day, minute }) =>
          day < session.visit.slot.day || (day === session.visit.slot.day && minute < session.visit.begins),
      );
      if (order !== undefined) under.set(session, order);
    }
    return planned.map((order) => orderRecord(person, plan, order, time));
  });
  return { records, of: (session) => under.get(session) };
}

function coursesOrders(
  person: Person,
  plan: CoursePlan,
  sessions: readonly SessionFacts[],
  written: number,
  time: ClinicTime,
): Order[] {
  const protocol = config.protocols.find(({ id }) => id === plan.protocol?.id);
  const first = plan.visits.find(({ service }) => service !== 'consultation');
  const random = person.random(`order/${plan.ordinal}`);
  // Somebody who is about to start may still wait for the order.
  if (protocol === undefined || first === undefined || (sessions.length === 0 && random.chance(0.15))) {
    return [];
  }
  const { maximumMg } = protocol.dose;
  const day = Math.max(plan.startDay, time.openUntil(Math.min(-1, first.slot.day - 1)));
  const id = (number: number) => recordId('order', person, written + number);
  const dose = firstDose(protocol, random);
  const changed = sessions.length >= 3 && random.chance(0.15) ? random.pick(sessions.slice(1)) : undefined;
  const minute = random.whole(8 * 60 + 30, 16 * 60 + 30);
  const original = { id: id(1), dose, maximumMg, day, minute, replaces: undefined };
  if (changed === undefined) return [{ ...original, replaced: false }];
  const other = dose > protocol.dose.low ? dose - DOSE_STEP : dose + DOSE_STEP;
  return [
    { ...original, replaced: true },
    {
      id: id(2),
      dose: hundredths(clamp(other, protocol.dose.low, protocol.dose.high)),
      maximumMg,
      day: changed.visit.slot.day,
      minute: changed.visit.begins - 12,
      replaces: original.id,
      replaced: false,
    },
  ];
}

function firstDose({ dose }: FullProtocol, random: Random): number {
  if (random.chance(0.72)) return dose.default;
  const steps = Math.round((dose.high - dose.low) / DOSE_STEP);
  return hundredths(dose.low + DOSE_STEP * random.whole(0, steps));
}

function orderRecord(person: Person, plan: CoursePlan, order: Order, time: ClinicTime): MedicationRequest {
  const protocol = config.protocols.find(({ id }) => id === plan.protocol?.id);
  const minutes = protocol?.infusionMinutes ?? 0;
  const perHour = protocol?.dose.unit === 'mg/kg/h';
  const unit = perHour ? 'mg/kg/h' : 'mg/kg';
  const amount = quantity(order.dose, unit);
  return {
    resourceType: 'MedicationRequest',
    id: order.id,
    ...statusOf(plan, order),
    intent: 'order',
    medicationCodeableConcept: { coding: [KETAMINE], text: 'Ketamine' },
    subject: toPatient(person),
    authoredOn: time.at(order.day, order.minute),
    requester: toStaff(clinicianOf(person.number)),
    reasonReference: [{ reference: `Condition/${painConditionId(person)}` }],
    dosageInstruction: [
      {
        text: `${order.dose} ${unit} intravenously over ${minutes} min, at most ${order.maximumMg} mg`,
        timing: { repeat: { duration: minutes, durationUnit: 'min' } },
        route: { text: 'Intravenous' },
        doseAndRate: [perHour ? { rateQuantity: amount } : { doseQuantity: amount }],
        maxDosePerAdministration: quantity(order.maximumMg, 'mg'),
      },
    ],
    ...(order.replaces && { priorPrescription: { reference: `MedicationRequest/${order.replaces}` } }),
  };
}

function statusOf(plan: CoursePlan, { replaced }: Order): Pick<MedicationRequest, 'status' | 'statusReason'> {
  if (replaced) return { status: 'stopped', statusReason: { text: 'Replaced: dose changed' } };
  switch (plan.status) {
    case 'active':
    case 'on-hold':
    case 'completed':
      return { status: plan.status };
    case 'revoked':
      return { status: 'stopped', statusReason: { text: 'Course ended' } };
  }
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
