import type { ReactNode } from 'react';
import { useMantineColorScheme } from '@mantine/core';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useIdentity } from '#src/identity/identity-context.ts';
import type { Patient } from '#src/features/patients/patient.ts';
import { PatientName } from '#src/features/patients/PatientName.tsx';
import { typedSearch } from '#src/features/patients/typed-search.ts';
import { rememberAt } from '#src/lib/history-memory.ts';
import { matchesWords } from '#src/lib/text.ts';
import { formatPartialDate } from '#src/lib/time.ts';
import type { DialogName } from '../dialogs.ts';
import { THEMES } from '../themes.ts';
import styles from './Palette.module.css';

/** One line of the palette. */
export interface PaletteItem {
  readonly key: string;
  readonly content: ReactNode;
  /** Called when the palette has gone. */
  readonly run: () => void;
}

interface NamedItem extends PaletteItem {
  readonly content: string;
}

const VIEWS = [
  ['all', 'Patients'],
  ['induction', 'Patients: In induction'],
  ['maintenance', 'Patients: In maintenance'],
  ['due', 'Patients: Due'],
  ['diagnosis', 'Patients: By diagnosis'],
  ['recent', 'Patients: Recent'],
] as const;

/** Pages whose words begin as typed. */
export function usePages(typed: string): readonly PaletteItem[] {
  const navigate = useNavigate();
  return fitting(
    VIEWS.map(([view, word]) => ({
      key: `page ${view}`,
      content: word,
      run: () => void navigate({ to: '/patients', search: { view } }),
    })),
    typed,
  );
}

/** What can be done from anywhere, where its words begin as typed. */
export function useActions(typed: string, onOpen: (name: DialogName) => void): readonly PaletteItem[] {
  const identity = useIdentity();
  const { setColorScheme } = useMantineColorScheme();
  const action = (content: string, run: () => void) => ({ key: `action ${content}`, content, run });
  return fitting(
    [
      action('Lock this screen', () => identity.lock()),
      action('Sign out', () => void identity.signOut()),
      ...THEMES.map(({ value, word }) => action(`Theme: ${word}`, () => setColorScheme(value))),
      action('Shortcuts', () => onOpen('shortcuts')),
      ...(__STANDALONE__
        ? [action('Made-up clinic: scenario, clock and reset', () => onOpen('madeUp'))]
        : []),
    ],
    typed,
  );
}

function fitting(items: readonly NamedItem[], typed: string): readonly NamedItem[] {
  return typed.trim() === '' ? items : items.filter(({ content }) => matchesWords(content, typed));
}

/** A line per patient. */
export function usePatientItems(patients: readonly Patient[]): readonly PaletteItem[] {
  const navigate = useNavigate();
  return patients.map((patient) => ({
    key: `patient ${patient.id}`,
    content: <PatientLine patient={patient} />,
    run: () => void navigate({ to: '/patients/$patientId', params: { patientId: patient.id } }),
  }));
}

function PatientLine({ patient }: { readonly patient: Patient }) {
  const { name, birthDate, mrn, active, deceased } = patient;
  return (
    <>
      <span className={styles.name}>
        <PatientName name={name} />
        {deceased !== false && <span className={styles.mark}> deceased</span>}
        {!active && <span className={styles.mark}> inactive</span>}
      </span>{' '}
      <span className={styles.born}>
        {birthDate === undefined ? 'birth date unknown' : formatPartialDate(birthDate)}
      </span>{' '}
      <span className={styles.mrn}>
        {mrn === undefined ? (
          'no MRN'
        ) : (
          <>
            <span className="cs-unit">MRN</span> {mrn}
          </>
        )}
      </span>
    </>
  );
}

/** Leads to the list with the same text in its search. */
export function useAllResults(typed: string, total: number | undefined): PaletteItem {
  const router = useRouter();
  return {
    key: 'all results',
    content:
      total === 1
        ? 'The one result in Patients'
        : `All ${total === undefined ? '' : `${total} `}results in Patients`,
    run: () => {
      const text = typed.trim();
      const { publicHref } = router.buildLocation({ to: '/patients', search: { view: 'all' } });
      // Behind the router's own listener, which forgets what the entries of this place held before.
      const stop = router.history.subscribe(({ action, location }) => {
        if (action.type !== 'PUSH') return;
        stop();
        if (location.href !== publicHref) return;
        rememberAt(typedSearch, location.state.__TSR_index, { now: text, settled: text });
      });
      // Another entry also where the list is on screen already: the text that stands there can be gone back to.
      router.history.push(publicHref);
    },
  };
}
