import { useEffect, useState, type ComponentType } from 'react';

/**
 * A component whose code comes later; undefined until then. What does not come is asked for again with the next
 * `attempt`: an application that cannot fetch its lock stays up.
 */
export function useLateComponent<P>(
  load: () => Promise<ComponentType<P>>,
  attempt = 0,
): { readonly Part: ComponentType<P> | undefined; readonly failed: boolean } {
  const [loaded, setLoaded] = useState<ComponentType<P>>();
  const [failedAttempt, setFailedAttempt] = useState<number>();
  useEffect(() => {
    let wanted = true;
    load().then(
      (part) => {
        if (wanted) setLoaded(() => part);
      },
      () => {
        if (wanted) setFailedAttempt(attempt);
      },
    );
    return () => {
      wanted = false;
    };
  }, [load, attempt]);
  return { Part: loaded, failed: failedAttempt === attempt };
}
