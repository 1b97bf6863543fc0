import { Link } from '@tanstack/react-router';
import { PageHeader } from '#src/ui/PageHeader.tsx';
import { EmptyState } from '#src/ui/states.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found" pageTitle="Page not found" />
      <EmptyState title="There is no page at this address.">
        The link may be mistyped or out of date. <Link to="/patients">Go to Patients</Link>
      </EmptyState>
    </>
  );
}
