import { createFileRoute } from '@tanstack/react-router';
import { patientRecord } from '#src/features/patients/patient-queries.ts';
import { PatientScreen } from '#src/screens/chart/PatientScreen.tsx';

export const Route = createFileRoute('/patients/$patientId')({
  loader: ({ context: { queryClient, clinic }, params: { patientId } }) => {
    void queryClient.prefetchQuery(patientRecord(clinic, patientId));
    // The parts travel in their own chunk, with the screen that shows them; both start now.
    void import('#src/screens/chart/patient-record-query.ts').then(({ patientRecordParts }) =>
      queryClient.prefetchQuery(patientRecordParts(clinic, patientId)),
    );
  },
  component: PatientScreen,
});
