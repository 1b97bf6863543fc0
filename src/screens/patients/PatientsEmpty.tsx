import { useNavigate } from '@tanstack/react-router';
import { EmptyState } from '#src/ui/states.tsx';
import type { PatientsViewName } from './patients-search.ts';
import type { usePatientsList } from './use-patients-list.ts';

const NOTHING: Readonly<Record<PatientsViewName, readonly [title: string, next: string]>> = {
  all: ['No patients yet.', 'The clinic’s system holds no patient records.'],
  induction: ['Nobody is in induction.', 'A course enters induction with its first infusion.'],
  maintenance: ['Nobody is in maintenance.', 'A course enters maintenance when its series is done.'],
  due: ['Nobody is due now.', 'Reminders appear here on the day of their next action.'],
  diagnosis: ['No patient has one of these diagnoses.', 'Diagnoses are recorded on the patient’s page.'],
  recent: ['Nobody opened yet.', 'Patients whose record you open stand here until you sign out or reload.'],
};

/** Why a list has no rows, and how to get some. */
export function PatientsEmpty({ list }: { readonly list: ReturnType<typeof usePatientsList> }) {
  const navigate = useNavigate({ from: '/patients/' });
  const { search, typed, setTyped } = list;
  const { view, sort: _sort, ...filters } = search;
  if (list.onPrevious !== undefined) {
    return (
      <EmptyState
        title="This page has no rows any more."
        action={{ label: 'Previous page', onClick: list.onPrevious }}
      />
    );
  }
  if (typed.trim() !== '') {
    return (
      <EmptyState
        title={`No patient answers “${typed.trim().slice(0, 60)}”.`}
        action={{ label: 'Clear the search', onClick: () => setTyped('') }}
      >
        Names are found by how their words begin; birth dates as 4 Mar 1979 or 1979-03-04; MRN and phone
        whole.
        {view === 'all'
          ? ' In some clinic systems accents and hyphens count: try the name as it is spelled, or the birth date.'
          : ' Only this view is searched.'}
      </EmptyState>
    );
  }
  if (Object.values(filters).some((value) => value !== undefined)) {
    return (
      <EmptyState
        title="Nothing passes these filters."
        action={{ label: 'Clear filters', onClick: () => void navigate({ search: { view }, replace: true }) }}
      />
    );
  }
  const [title, next] = NOTHING[view];
  return <EmptyState title={title}>{next}</EmptyState>;
}
