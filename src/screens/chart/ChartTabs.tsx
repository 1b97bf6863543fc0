import { Link, useParams } from '@tanstack/react-router';
import { CHART_SECTIONS, type ChartSectionName } from './chart-search.ts';
import type { RecordPart, RecordParts } from './patient-record-query.ts';
import styles from './ChartTabs.module.css';

interface ChartTabsProps {
  readonly current: ChartSectionName;
  readonly parts: RecordParts | undefined;
}

const WORDS: Readonly<Record<ChartSectionName, string>> = {
  overview: 'Overview',
  sessions: 'Sessions',
  appointments: 'Appointments',
  due: 'Due list and calls',
  scores: 'Scores',
  orders: 'Orders and consent',
};

/** The sections of a chart as links, with how much is in those that gather over time. */
export function ChartTabs({ current, parts }: ChartTabsProps) {
  const { patientId } = useParams({ from: '/patients/$patientId' });
  const counted: Readonly<Partial<Record<ChartSectionName, readonly RecordPart<unknown>[]>>> =
    parts === undefined
      ? {}
      : {
          sessions: [parts.sessions],
          appointments: [parts.appointments],
          due: [parts.reminders, parts.calls],
        };
  return (
    <nav className={styles.tabs} aria-label="Sections of the chart">
      {CHART_SECTIONS.map((section) => (
        <Link
          key={section}
          to="/patients/$patientId"
          params={{ patientId }}
          search={{ section }}
          activeOptions={{ exact: true }}
          className={styles.tab}
          aria-current={section === current ? 'page' : undefined}
        >
          {WORDS[section]}
          <span className={styles.count}>{countText(counted[section] ?? [])}</span>
        </Link>
      ))}
    </nav>
  );
}

/** How many there are; with a plus where the server did not say how many more. Nothing where it is not known. */
function countText(parts: readonly RecordPart<unknown>[]): string {
  if (parts.length === 0 || parts.some(({ answeredAt }) => answeredAt === undefined)) return '';
  const known = parts.reduce(
    (sum, { items, more, total }) => sum + (more ? (total ?? items.length) : items.length),
    0,
  );
  return ` ${known}${parts.some(({ more, total }) => more && total === undefined) ? '+' : ''}`;
}
