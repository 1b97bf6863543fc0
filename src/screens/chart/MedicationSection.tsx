import { useClinic } from '#src/config/clinic.ts';
import type { Medication } from '#src/features/patients/medication.ts';
import { mmeText, totalMme, type Mme } from '#src/features/patients/mme.ts';
import { numberText } from '#src/features/scores/score-words.ts';
import { formatDay, formatPartialDate, parseDay } from '#src/lib/time.ts';
import { isWhole, type RecordPart } from './patient-record-query.ts';
import { TableSection, type SectionColumn } from './TableSection.tsx';
import styles from './orders.module.css';

interface MedicationSectionProps {
  readonly part: RecordPart<Medication> | undefined;
  readonly failed: boolean;
}

const STANDING_WORDS = { current: 'Current', past: 'Past', mistake: 'Entered in error' } as const;

function columnsOf(timeZone: string): readonly SectionColumn<Medication>[] {
  return [
    { id: 'drug', header: 'Drug', cell: ({ drug }) => <span className={styles.drug}>{drug}</span> },
    { id: 'dose', header: 'A day', align: 'end', cell: (medication) => <DailyDose {...medication} /> },
    {
      id: 'mme',
      header: 'MME a day',
      align: 'end',
      cell: ({ mme, standing }) => mme !== undefined && standing === 'current' && <MmeText mme={mme} />,
    },
    {
      id: 'standing',
      header: 'Taken',
      selfEvident: true,
      neverStruck: true,
      cell: ({ standing }) => (
        <span className={styles[standing === 'current' ? 'now' : 'past']}>{STANDING_WORDS[standing]}</span>
      ),
    },
    { id: 'since', header: 'Since', cell: ({ since }) => sinceText(since, timeZone) },
  ];
}

/** What a patient takes: opioids first, each with its dose in MME or why that was not computed, then the rest. */
export function MedicationSection({ part, failed }: MedicationSectionProps) {
  const { timeZone } = useClinic().config.clinic;
  const all = (part?.items ?? []).toSorted((a, b) => rankOf(a) - rankOf(b));
  const opioids = all.filter(({ opioid, standing }) => opioid && standing === 'current');
  return (
    <TableSection
      title="Medication"
      note={part && isWhole(part) && totalText(opioids)}
      part={part}
      failed={failed}
      columns={columnsOf(timeZone)}
      rows={all}
      rowKey={({ id }) => id}
      struck={({ standing }) => standing === 'mistake'}
      none="No medication recorded."
    />
  );
}

/** Current opioids, other current drugs, then what is over and what never was. */
function rankOf({ opioid, standing }: Medication): number {
  if (standing === 'mistake') return 3;
  return standing === 'past' ? 2 : opioid ? 0 : 1;
}

function DailyDose({ daily, words }: Medication) {
  if (daily === undefined) return words ?? 'not recorded';
  return (
    <>
      {numberText(daily.value)}{' '}
      <span className="cs-unit">{daily.unit === 'mg/d' ? 'mg' : 'ug/h, patch'}</span>
    </>
  );
}

function MmeText({ mme }: { readonly mme: Mme }) {
  return mme.computed ? (
    <strong>{mmeText(mme.value)}</strong>
  ) : (
    <span className={styles.past}>not computed: {mme.reason}</span>
  );
}

/** All current opioids together, and which of them stands there twice and may be counted twice. Without any nothing is said: a list of what was told need not name them all. */
function totalText(opioids: readonly Medication[]): string | undefined {
  const total = totalMme(opioids.flatMap(({ mme }) => mme ?? []));
  if (total === undefined) return undefined;
  if (!total.computed) return 'opioids: MME not computed';
  const entries = Map.groupBy(opioids, ({ ingredient }) => ingredient);
  const repeated = [...entries].flatMap(([name, { length }]) =>
    name !== undefined && length > 1 ? [`, ${name} in ${length} entries`] : [],
  );
  return `opioids ${mmeText(total.value)} MME a day${repeated.join('')}`;
}

function sinceText(since: string | undefined, timeZone: string): string {
  const day = parseDay(since, timeZone);
  if (day !== undefined) return formatDay(day);
  return since === undefined ? 'not recorded' : formatPartialDate(since);
}
