import { useSyncExternalStore } from 'react';

const print = () => window.matchMedia('print');

/** From `beforeprint` on: only what is rendered by then is counted into pages and comes on paper. */
let announced = false;

/** Whether the page is being laid out for paper: then it shows all that it has, not only the section that is open. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => announced || print().matches);
}

function subscribe(listener: () => void): () => void {
  const announce = (printing: boolean) => () => {
    announced = printing;
    listener();
  };
  const [before, after, media] = [announce(true), announce(false), print()];
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  media.addEventListener('change', listener);
  return () => {
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
    media.removeEventListener('change', listener);
  };
}
