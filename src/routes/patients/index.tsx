import { createFileRoute, stripSearchParams } from '@tanstack/react-router';
import { patientsCounts, patientsPage } from '#src/screens/patients/patients-query.ts';
import { patientsSearch } from '#src/screens/patients/patients-search.ts';
import { PatientsScreen } from '#src/screens/patients/PatientsScreen.tsx';

export const Route = createFileRoute('/patients/')({
  validateSearch: patientsSearch,
  search: { middlewares: [stripSearchParams({ view: 'all' })] },
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, clinic }, deps: search }) => {
    void queryClient.prefetchQuery(patientsCounts(clinic));
    if (search.view === 'recent') return;
    void queryClient.prefetchQuery(patientsPage(clinic, { search, typed: '', link: undefined, recent: [] }));
  },
  component: PatientsScreen,
});
