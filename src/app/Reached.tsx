import { queryOptions, useQuery } from '@tanstack/react-query';
import { Check, CircleAlert } from 'lucide-react';
import { useClinic, type Clinic } from '#src/config/clinic.ts';
import { clockHere } from '#src/lib/time.ts';
import { useNow } from '#src/lib/use-now.ts';
import styles from './SignInPage.module.css';

const ASK_AGAIN_MS = 60_000;
const TIMEOUT_MS = 10_000;

/** When the clinic's server last answered, asked without a sign-in: anything but a failure of its own will do. */
function reachedQuery({ config, now }: Clinic) {
  return queryOptions({
    queryKey: ['CapabilityStatement', 'reached'],
    queryFn: async ({ signal }) => {
      const { status } = await fetch(`${config.fhirBaseUrl}/metadata?_summary=true`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        cache: 'no-store',
        credentials: 'omit',
      });
      if (status >= 500) throw new Error(`The server answered ${status}`);
      return now();
    },
    refetchInterval: ASK_AGAIN_MS,
  });
}

/** Whether the clinic system answers, renewed every minute while the page is in sight. */
export function Reached() {
  const clinic = useClinic();
  const { data: last, isError, isPending } = useQuery(reachedQuery(clinic));
  const now = useNow(clinic.now);
  return (
    <div>
      <dt>Reached</dt>
      <dd aria-live="polite" data-wrong={isError}>
        {isPending && '…'}
        {!isError && last !== undefined && (
          <>
            <Check size={14} aria-hidden className={styles.check} /> {age(last, now)}
          </>
        )}
        {isError && (
          <>
            <CircleAlert size={14} aria-hidden /> no answer
            {last !== undefined && ` since ${clockHere(last, clinic.config.clinic.timeZone)}`}: check the
            network
          </>
        )}
      </dd>
    </div>
  );
}

/** A page that was out of sight shows an old answer until the next one comes. */
function age(last: Temporal.Instant, now: Temporal.Instant): string {
  const minutes = Math.floor((now.epochMilliseconds - last.epochMilliseconds) / 60_000);
  return minutes < 1 ? 'just now' : `${minutes} min ago`;
}
