import { useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useClinic, type Clinic } from '#src/config/clinic.ts';
import type { ListPage } from '#src/features/patients/list-page.ts';
import type { Patient } from '#src/features/patients/patient.ts';
import { patientPage, patientsById } from '#src/features/patients/patient-queries.ts';
import { answersSearch, understandSearch } from '#src/features/patients/patient-search.ts';
import { useRecentPatients } from '#src/features/patients/recent-patients.ts';
import { clinicDay } from '#src/lib/time.ts';
import { fold } from '#src/lib/text.ts';

const SETTLE_MS = 200;
const MOST_SHOWN = 8;
const MOST_RECENT = 5;

/** Fewer letters than this are no question: too many patients would answer. */
const FEWEST_LETTERS = 2;

/** Whether a text is long enough to look for patients. */
export function asksForPatients(typed: string): boolean {
  return fold(typed).length >= FEWEST_LETTERS;
}

function searchQuery(clinic: Clinic, typed: string) {
  const day = clinicDay(clinic.now(), clinic.config.clinic.timeZone).toString();
  return {
    queryKey: ['Patient', 'list', 'find', { typed, day }],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
      patientPage(clinic, { sort: 'family', record: undefined, sex: undefined, typed }, { signal }),
    enabled: asksForPatients(typed),
    placeholderData: (previous: ListPage<undefined> | undefined) => previous,
  };
}

function recentQuery(clinic: Clinic, ids: readonly string[]) {
  return {
    queryKey: ['Patient', 'list', 'find-recent', ids],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => patientsById(clinic, ids, signal),
    enabled: ids.length > 0,
  };
}

/** The patients whom a text asks for, as the clinic's server knows them; without a text, those opened last. */
export function usePatientsFound(typed: string) {
  const clinic = useClinic();
  const text = typed.trim();
  const [settled] = useDebouncedValue(text, SETTLE_MS);
  const asked = asksForPatients(text);
  const search = useQuery(searchQuery(clinic, settled));
  const recent = useQuery(recentQuery(clinic, useRecentPatients().slice(0, MOST_RECENT)));
  const again = search.isError && search.isFetching;
  const busy = asked && (text !== settled || search.isPlaceholderData || search.isPending || again);
  const understood = understandSearch(text, clinic.config.clinic.locale);
  const page = asked ? search.data : text === '' ? recent.data : undefined;
  const patients = patientsOf(page).filter((patient) => !busy || answersSearch(patient, understood));
  return {
    kind: asked ? ('search' as const) : ('recent' as const),
    /** The answer to what is typed is not here yet: shown are those of the answer before that fit. */
    busy,
    patients: patients.slice(0, MOST_SHOWN),
    /** As the server counted; unknown while it is asked, and where it would not say. */
    total: busy ? undefined : page?.total,
    unreadable: busy ? 0 : (page?.rows.filter(({ kind }) => kind === 'unreadable').length ?? 0),
    understood,
    failure:
      asked && !busy && search.isError ? { error: search.error, at: search.errorUpdatedAt } : undefined,
    retry: () => void search.refetch(),
  };
}

function patientsOf(page: ListPage<undefined> | undefined): readonly Patient[] {
  return (page?.rows ?? []).flatMap((row) => (row.kind === 'record' ? [row.patient] : []));
}
