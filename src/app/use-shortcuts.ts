import { useEffect, useEffectEvent } from 'react';
import { isMac, shortcutMatcher, type ShortcutId } from './shortcuts.ts';
import { singleKeysOn } from './single-keys.ts';

/** Fields whose keys write, or choose by letter. */
const WRITES =
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), textarea, select, [contenteditable]:not([contenteditable="false"])';

interface ShortcutActions {
  readonly run: (id: ShortcutId) => void;
  /** ⌘ or Ctrl is down: what it may lead to can be made ready. */
  readonly onMod: () => void;
}

/** Listens to the shortcuts of the application while the page is there. */
export function useShortcuts({ run, onMod }: ShortcutActions): void {
  const onShortcut = useEffectEvent(run);
  const onModifier = useEffectEvent(onMod);
  useEffect(() => {
    const mac = isMac(navigator.platform);
    const match = shortcutMatcher(mac);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === (mac ? 'Meta' : 'Control')) onModifier();
      const target = event.target instanceof Element ? event.target : undefined;
      const shortcut = match(event, target?.closest(WRITES) != null);
      if (shortcut === undefined) return;
      if (!shortcut.mod && !singleKeysOn()) {
        // Switched off, so that a voice or a slip of the hand triggers nothing: the page does not hear of it either.
        event.stopPropagation();
        return;
      }
      // A dialog has the keyboard to itself; the one that a shortcut opens, it closes again.
      if (!shortcut.mod && document.querySelector('dialog:modal') !== null) return;
      event.preventDefault();
      onShortcut(shortcut.id);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
