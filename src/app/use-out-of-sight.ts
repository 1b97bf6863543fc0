import { useLayoutEffect, type RefObject } from 'react';

/**
 * Makes an element inert, which its stylesheet takes out of sight, before the browser paints; afterwards focus and
 * scrolling are where they were.
 */
export function useOutOfSight(ref: RefObject<HTMLElement | null>, hidden: boolean): void {
  useLayoutEffect(() => {
    const element = ref.current;
    if (!hidden || element === null) return;
    const putBack = placeIn(element);
    element.inert = true;
    return () => {
      element.inert = false;
      putBack();
    };
  }, [ref, hidden]);
}

/** Remembers what has the focus and how far everything is scrolled; gives what puts it back. */
function placeIn(element: HTMLElement): () => void {
  const focused = document.activeElement;
  const { scrollX, scrollY } = window;
  const scrolled = [...element.querySelectorAll('*')].flatMap((part) =>
    part.scrollTop === 0 && part.scrollLeft === 0
      ? []
      : [{ part, left: part.scrollLeft, top: part.scrollTop }],
  );
  return () => {
    for (const { part, left, top } of scrolled) part.scrollTo({ left, top, behavior: 'instant' });
    window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
    if (focused === document.body) return;
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    // What had the focus may have closed, as popovers do.
    if (document.activeElement !== focused)
      document.getElementById('content')?.focus({ preventScroll: true });
  };
}
