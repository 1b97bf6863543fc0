import { createFileRoute, stripSearchParams } from '@tanstack/react-router';
import { patientRecord } from '#src/features/patients/patient-queries.ts';
import { chartSearch } from '#src/screens/chart/chart-search.ts';
import { PatientScreen } from '#src/screens/chart/PatientScreen.tsx';

export const Route = createFileRoute('/patients/$patientId')({
  validateSearch: chartSearch,
  search: { middlewares: [stripSearchParams({ section: 'overview' })] },
  // What surrounds the patient depends on the role, so the screen asks for it: its code comes beside this answer.
  loader: ({ context: { queryClient, clinic }, params: { patientId } }) =>
    void queryClient.prefetchQuery(patientRecord(clinic, patientId)),
  component: PatientScreen,
});
