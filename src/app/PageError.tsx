import { useRouter } from '@tanstack/react-router';
import { PageHeader } from '#src/ui/PageHeader.tsx';
import { ErrorState } from '#src/ui/states.tsx';

/** A page whose code failed, or whose part of the application could not be fetched. No stack: it helps nobody here. */
export function PageError() {
  const router = useRouter();
  return (
    <>
      <PageHeader title="This page failed" pageTitle="Page failed" />
      <ErrorState
        title="The page could not be shown."
        action={{ label: 'Load it again', onClick: () => void router.invalidate() }}
      >
        Nothing that was saved is lost. If it happens again, reload the browser’s window.
      </ErrorState>
    </>
  );
}
