import { PAGES } from './pages.ts';

type GoTo = (typeof PAGES)[number]['to'];

/** What a shortcut does; that of a page is its address. */
export type ShortcutId = 'find' | 'searchList' | 'help' | GoTo;

export interface Shortcut {
  readonly id: ShortcutId;
  /** With ⌘ on a Mac and Ctrl elsewhere, and then also while somebody types. */
  readonly mod: boolean;
  /** One key, or two one after the other, as the layout of the keyboard names them. */
  readonly keys: readonly [string] | readonly [string, string];
  readonly does: string;
}

/** Every key that does something wherever one is: what they do and what is told of them both come from here. */
export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'find', mod: true, keys: ['k'], does: 'Find a patient, a page or an action' },
  { id: 'searchList', mod: false, keys: ['/'], does: 'Search the list on screen' },
  ...PAGES.map(({ to, word, goKey }): Shortcut => ({
    id: to,
    mod: false,
    keys: ['g', goKey],
    does: `Go to ${word}`,
  })),
  { id: 'help', mod: false, keys: ['?'], does: 'Show the shortcuts' },
];

/** How long the second key of two may take. */
const SEQUENCE_MS = 1_000;

export type KeyPress = Pick<
  KeyboardEvent,
  | 'key'
  | 'code'
  | 'ctrlKey'
  | 'metaKey'
  | 'altKey'
  | 'shiftKey'
  | 'repeat'
  | 'isComposing'
  | 'timeStamp'
  | 'getModifierState'
>;

/** Tells, press by press, which shortcut was pressed. `typing`: the press goes into a field. */
export function shortcutMatcher(mac: boolean): (press: KeyPress, typing: boolean) => Shortcut | undefined {
  let first: { readonly key: string; readonly at: number } | undefined;
  return (press, typing) => {
    if (press.isComposing || press.repeat || MODIFIERS.has(press.key)) return undefined;
    const before = first;
    first = undefined;
    if (hasMod(press, mac)) {
      return SHORTCUTS.find(({ mod, keys }) => mod && latinKey(press) === keys[0]);
    }
    if (typing || !isPlain(press)) return undefined;
    const begun = before !== undefined && press.timeStamp - before.at <= SEQUENCE_MS ? before.key : undefined;
    const single = SHORTCUTS.filter(({ mod }) => !mod);
    const found =
      single.find(({ keys }) => keys.length === 2 && keys[0] === begun && keys[1] === press.key) ??
      single.find(({ keys }) => keys.length === 1 && keys[0] === press.key);
    if (found === undefined && single.some(({ keys }) => keys.length === 2 && keys[0] === press.key)) {
      first = { key: press.key, at: press.timeStamp };
    }
    return found;
  };
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/** ⌘ alone on a Mac, Ctrl alone elsewhere. */
function hasMod({ ctrlKey, metaKey, altKey, shiftKey }: KeyPress, mac: boolean): boolean {
  return (mac ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey;
}

/** No modifier, but for what the layout needs to write the character: Shift, or AltGr (which may show as Ctrl and Alt). */
function isPlain(press: KeyPress): boolean {
  if (press.metaKey) return false;
  return (!press.ctrlKey && !press.altKey) || press.getModifierState('AltGraph');
}

/** The letter that was pressed; on a keyboard of another script, that of its place. */
function latinKey({ key, code }: KeyPress): string {
  const letter = key.toLowerCase();
  return /^[^\p{ASCII}]$/u.test(letter) ? code.replace(/^Key/, '').toLowerCase() : letter;
}

/** Whether this machine has ⌘. */
export function isMac(platform: string): boolean {
  return /^(mac|ip(hone|ad|od))/i.test(platform);
}

/** The keys as they stand on the keyboard: `⌘` `K`, `Ctrl` `K`, `g` `p`. */
export function keyNames({ mod, keys }: Shortcut, mac: boolean): readonly string[] {
  return mod ? [mac ? '⌘' : 'Ctrl', ...keys.map((key) => key.toUpperCase())] : keys;
}
