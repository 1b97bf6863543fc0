import type { ReactNode } from 'react';
import { CircleHelp, Clock, FileX, Pencil, TriangleAlert, Users } from 'lucide-react';
import { Badge } from '#src/ui/Badge.tsx';
import type { PatientAlert } from './patient-alerts.ts';
import styles from './AlertBadges.module.css';

const ICONS = {
  consent: FileX,
  allergy: TriangleAlert,
  unsigned: Pencil,
  late: Clock,
  surname: Users,
  unknown: CircleHelp,
} as const satisfies Record<PatientAlert['kind'], unknown>;

/** At most so many stand in a row; the others are counted, and read out. */
const SHOWN = 2;

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
