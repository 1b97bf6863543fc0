import type { CarePlan, CarePlanActivity, CarePlanActivityDetail, Reference } from 'fhir/r4';
import { protocolUri } from '#src/fhir/codes.ts';
import type { ClinicTime } from './clinic-time.ts';
import { painConditionId } from './condition-records.ts';
import type { CoursePlan } from './course-desk.ts';
import type { Person } from './person.ts';
import type { Protocol } from './protocols.ts';
import { courseId, localConcept, toPatient, toStaff } from './references.ts';
import { sessionId } from './session-records.ts';
import { clinicianOf } from './staff.ts';
import { isSigned, type Visit } from './visits.ts';

/** The course of a patient: its phase, its plan and the signed sessions in time order. */
export function courseRecord(person: Person, plan: CoursePlan, time: ClinicTime): CarePlan {
  const { protocol } = plan;
  return {
    resourceType: 'CarePlan',
    id: courseId(person, plan),
    ...(protocol && { instantiatesUri: [protocolUri(protocol.id)] }),
    status: plan.status,
    intent: 'plan',
    category: [localConcept('ketamine-course'), localConcept(`phase-${plan.phase}`)],
    subject: toPatient(person),
    period: {
      start: time.midnight(plan.startDay),
      ...(plan.endDay !== undefined && { end: time.midnight(plan.endDay) }),
    },
    created: time.midnight(plan.startDay),
    author: toStaff(clinicianOf(person.number)),
    addresses: [{ reference: `Condition/${painConditionId(person)}` }],
    ...(protocol && plan.phase !== 'consultation' && { activity: activities(person, plan, protocol, time) }),
  };
}

function activities(
  person: Person,
  plan: CoursePlan,
  protocol: Protocol,
  time: ClinicTime,
): CarePlanActivity[] {
  const signed = (service: Visit['service']): Pick<CarePlanActivity, 'outcomeReference'> => {
    const outcomeReference = plan.visits.flatMap((visit, index): Reference[] =>
      visit.service === service && isSigned(visit, time)
        ? [{ reference: `Encounter/${sessionId(person, plan.firstVisit + index)}` }]
        : [],
    );
    return outcomeReference.length === 0 ? {} : { outcomeReference };
  };
  const series = signed('induction');
  const { frequency, period, periodUnit } = protocol.spacing;
  return [
    {
      ...series,
      detail: {
        code: localConcept('induction'),
        status: seriesStatus(plan, series.outcomeReference?.length ?? 0, protocol),
        scheduledTiming: {
          repeat: { count: protocol.sessions, frequency, period, periodUnit: unitOfTime(periodUnit) },
        },
      },
    },
    {
      ...signed('maintenance'),
      detail: {
        code: localConcept('maintenance'),
        status: maintenanceStatus(plan),
        // The interval in force, and the protocol's that it may not exceed.
        scheduledTiming: {
          repeat: {
            frequency: 1,
            period: plan.intervalDays,
            periodMax: protocol.maintenanceIntervalDays,
            periodUnit: 'd',
          },
        },
      },
    },
  ];
}

function seriesStatus(
  plan: CoursePlan,
  done: number,
  { sessions }: Protocol,
): CarePlanActivityDetail['status'] {
  if (done >= sessions) return 'completed';
  if (plan.phase === 'ended') return 'stopped';
  if (plan.status === 'on-hold') return 'on-hold';
  return done === 0 ? 'scheduled' : 'in-progress';
}

function maintenanceStatus({ phase, status }: CoursePlan): CarePlanActivityDetail['status'] {
  if (phase === 'ended') return status === 'completed' ? 'completed' : 'stopped';
  if (phase !== 'maintenance') return 'not-started';
  return status === 'on-hold' ? 'on-hold' : 'in-progress';
}

function unitOfTime(unit: string): 'd' | 'wk' {
  return unit === 'wk' ? 'wk' : 'd';
}
