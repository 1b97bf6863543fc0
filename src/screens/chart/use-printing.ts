import { useSyncExternalStore } from 'react';

const query = () => window.matchMedia('print');

/** Whether the page is being laid out for paper: then it shows all that it has, not only the section that is open. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = query();
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => query().matches,
  );
}
