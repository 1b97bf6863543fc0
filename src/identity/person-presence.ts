/** Signs of a person in front of the browser. */
import type { PersonPresence } from './inactivity-watch.ts';

/**
 * A scroll alone is none: the page scrolls by itself, and a person does it by one of these. Who dictates, or works by a
 * screen reader, is heard by `input` and `click` alone.
 */
const USES = [
  'pointerdown',
  'pointermove',
  'keydown',
  'wheel',
  'touchstart',
  'touchmove',
  'input',
  'click',
] as const;
const CHECK_MS = 1_000;

/** What a person does in this tab; refetches, timers and scripts are nobody. */
export function browserPresence(): PersonPresence {
  return {
    onUse(listener) {
      let place = '';
      const used = (event: Event) => {
        if (!event.isTrusted) return;
        if (event instanceof PointerEvent && event.type === 'pointermove') {
          // A pointer that rests is said to move when what lies under it does.
          const next = `${event.screenX} ${event.screenY}`;
          if (next === place) return;
          place = next;
        }
        listener();
      };
      for (const use of USES) window.addEventListener(use, used, { capture: true, passive: true });
    },
    onCheck(listener) {
      setInterval(listener, CHECK_MS);
      // Timers stand still in the background and while the machine sleeps: looked at before it is seen again.
      for (const type of ['focus', 'pageshow']) window.addEventListener(type, listener, { capture: true });
      for (const type of ['visibilitychange', 'resume']) document.addEventListener(type, listener);
    },
  };
}
