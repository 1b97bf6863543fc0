import type { ReactNode } from 'react';
import { CircleHelp, Clock, FileX, Pencil, TriangleAlert, Users } from 'lucide-react';
import { minutesLate } from '#src/features/appointments/appointment.ts';
import { formatDay } from '#src/lib/time.ts';
import { Badge, type BadgeTone } from '#src/ui/Badge.tsx';
import type { ColumnContext } from './patient-columns.tsx';
import type { PatientFacts } from './patient-facts.ts';
import type { PatientsRow } from './patients-query.ts';
import styles from './PatientAlerts.module.css';

export interface PatientAlert {
  readonly tone: BadgeTone;
  readonly kind: keyof typeof ICONS;
  readonly text: string;
}

const ICONS = {
  consent: FileX,
  allergy: TriangleAlert,
  unsigned: Pencil,
  late: Clock,
  surname: Users,
  unknown: CircleHelp,
} as const;

/** At most so many stand in a row; the others are counted, and read out. */
const SHOWN = 2;

/** What has to be known before the patient is met, the worst first. */
export function alertsOf(
  row: Extract<PatientsRow, { kind: 'record' }>,
  facts: PatientFacts | undefined,
  context: ColumnContext,
): readonly PatientAlert[] {
  const { missing } = context.facts ?? { missing: new Set() };
  const alerts: PatientAlert[] = [];
  const course = row.item.course ?? facts?.course;
  const underTreatment = course !== undefined && course.phase !== 'ended' && course.phase !== 'consultation';
  if (facts !== undefined && underTreatment && !missing.has('consents')) {
    if (facts.consent.kind === 'none') alerts.push({ tone: 'block', kind: 'consent', text: 'No consent' });
    if (facts.consent.kind === 'ends') {
      alerts.push({ tone: 'late', kind: 'consent', text: `Consent ends ${shortDay(facts.consent.on)}` });
    }
  }
  for (const { noneKnown, name } of facts?.allergies ?? []) {
    if (!noneKnown) alerts.push({ tone: 'risk', kind: 'allergy', text: name });
  }
  const late = facts?.nextAppointment && minutesLate(facts.nextAppointment, context.now);
  if (late !== undefined) alerts.push({ tone: 'late', kind: 'late', text: lateText(late) });
  for (const day of facts?.unsigned ?? []) {
    alerts.push({ tone: 'late', kind: 'unsigned', text: `Unsigned ${shortDay(day)}` });
  }
  const bearers = context.facts?.surnamesToday.get(row.patient.name.surname);
  if (bearers !== undefined && bearers.size > 1 && bearers.has(row.patient.id)) {
    alerts.push({ tone: 'late', kind: 'surname', text: 'Same surname' });
  }
  if (context.factsFailed || missing.has('allergies') || missing.has('consents')) {
    alerts.push({ tone: 'info', kind: 'unknown', text: 'Alerts not loaded' });
  }
  return alerts.toSorted((a, b) => RANK[a.tone] - RANK[b.tone]);
}

const RANK: Readonly<Record<BadgeTone, number>> = { block: 0, risk: 1, late: 2, info: 3 };

/** The alerts of a row as badges: two, and the number of the rest. */
export function AlertBadges({ alerts }: { readonly alerts: readonly PatientAlert[] }): ReactNode {
  if (alerts.length === 0) return null;
  const rest = alerts.slice(SHOWN);
  return (
    <span className={styles.alerts}>
      {alerts.slice(0, SHOWN).map(({ tone, kind, text }) => {
        const Icon = ICONS[kind];
        return (
          <Badge key={`${kind} ${text}`} tone={tone} icon={<Icon size={12} aria-hidden />}>
            {text}
          </Badge>
        );
      })}
      {rest.length > 0 && (
        <span className={styles.more} title={rest.map(({ text }) => text).join(', ')}>
          +{rest.length}
          <span className="cs-visually-hidden"> more: {rest.map(({ text }) => text).join(', ')}</span>
        </span>
      )}
    </span>
  );
}

function shortDay(day: Temporal.PlainDate): string {
  return formatDay(day).replace(/ \d{4}$/, '');
}

function lateText(minutes: number): string {
  return minutes < 90 ? `${minutes} min late` : `${Math.floor(minutes / 60)} h late`;
}
