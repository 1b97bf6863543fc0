import { minutesLate } from '#src/features/appointments/appointment.ts';
import { fold } from '#src/lib/text.ts';
import { formatDay } from '#src/lib/time.ts';
import type { BadgeTone } from '#src/ui/Badge.tsx';
import { isUnknown, type FactKind, type FactsOfPage } from './patient-facts.ts';
import type { PatientsRow } from './patients-query.ts';

export interface PatientAlert {
  readonly tone: BadgeTone;
  readonly kind: 'consent' | 'allergy' | 'unsigned' | 'late' | 'surname' | 'unknown';
  readonly text: string;
}

/** What an alert is made of: where one of these is missing, that none is shown means nothing. */
const ALERTING: readonly FactKind[] = [
  'allergies',
  'consents',
  'appointments',
  'appointments of today',
  'unsigned sessions',
];

const RANK: Readonly<Record<BadgeTone, number>> = { block: 0, risk: 1, late: 2, info: 3 };

/** What has to be known before the patient is met, the worst first. `facts`: undefined while they are on their way. */
export function alertsOf(
  row: Extract<PatientsRow, { kind: 'record' }>,
  facts: FactsOfPage | 'failed' | undefined,
  now: Temporal.Instant,
): readonly PatientAlert[] {
  if (facts === undefined) return [];
  if (facts === 'failed') return [NOT_LOADED];
  const { missing } = facts;
  const known = facts.byPatient.get(row.patient.id);
  const course = row.item.course ?? known?.course;
  const infused = course?.phase === 'induction' || course?.phase === 'maintenance';
  const alerts: PatientAlert[] = [];
  if (known !== undefined && infused && !isUnknown(facts, 'consents')) {
    if (known.consent.kind === 'refused') {
      alerts.push({ tone: 'block', kind: 'consent', text: 'Treatment refused' });
    }
    if (known.consent.kind === 'none') alerts.push({ tone: 'block', kind: 'consent', text: 'No consent' });
    if (known.consent.kind === 'ends') {
      alerts.push({ tone: 'late', kind: 'consent', text: `Consent ends ${shortDay(known.consent.on)}` });
    }
  }
  if (known?.allergies.kind === 'known') {
    for (const { name } of known.allergies.allergies) {
      alerts.push({ tone: 'risk', kind: 'allergy', text: name });
    }
  }
  if (known?.allergies.kind === 'notAsked' && infused && !isUnknown(facts, 'allergies')) {
    alerts.push({ tone: 'info', kind: 'unknown', text: 'Allergies not asked' });
  }
  const late = [known?.nextSession, known?.nextConsultation].flatMap(
    (one) => (one && minutesLate(one, now)) ?? [],
  );
  if (late.length > 0) alerts.push({ tone: 'late', kind: 'late', text: lateText(Math.max(...late)) });
  for (const day of known?.unsigned ?? []) {
    alerts.push({ tone: 'late', kind: 'unsigned', text: `Unsigned ${shortDay(day)}` });
  }
  const bearers = facts.surnamesToday.get(fold(row.patient.name.surname));
  if (bearers !== undefined && bearers.size > 1 && bearers.has(row.patient.id)) {
    alerts.push({ tone: 'late', kind: 'surname', text: 'Same surname' });
  }
  if (ALERTING.some((kind) => missing.has(kind))) alerts.push(NOT_LOADED);
  // Recorded twice, it is still one thing to know.
  const distinct = alerts.filter(
    ({ text }, index) => alerts.findIndex((other) => other.text === text) === index,
  );
  return distinct.toSorted((a, b) => RANK[a.tone] - RANK[b.tone]);
}

const NOT_LOADED: PatientAlert = { tone: 'info', kind: 'unknown', text: 'Alerts not loaded' };

function shortDay(day: Temporal.PlainDate): string {
  return formatDay(day).replace(/ \d{4}$/, '');
}

function lateText(minutes: number): string {
  return minutes < 90 ? `${minutes} min late` : `${Math.floor(minutes / 60)} h late`;
}
